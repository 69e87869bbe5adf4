using System.Net;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Errors;
using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Access;

/// <summary>Lets requests with a key on to an endpoint, and notes whose they are.</summary>
/// <param name="master">The key that opens all.</param>
/// <param name="registry">All other keys.</param>
/// <param name="wrongKeys">Slows those who guess.</param>
/// <param name="time">The clock.</param>
internal sealed class KeyFilter(MasterKey master, KeyRegistry registry, WrongKeys wrongKeys, TimeProvider time)
{
    /// <summary>Returns why a request may not go on; null where it may.</summary>
    /// <param name="context">The request.</param>
    /// <param name="call">The same.</param>
    /// <param name="isForAllKeys">Whether the endpoint is for keys that are limited to others, too.</param>
    public ValueTask<GatewayError?> CheckAsync(HttpContext context, GatewayCall call, bool isForAllKeys = false)
    {
        if (!master.IsSet) return default;
        if (RequestKey.Of(context.Request.Headers) is not { } key) return new(context.Features.Get<PagePerson>() is { } person ? Enter(person, context, call) : Missing());
        IPAddress? address = context.Connection.RemoteIpAddress;
        if (KeyHash.Of(key) is not { } hash) return new(Wrong());
        if (master.Is(hash))
        {
            // A master key is what people choose, and may be guessed: those who guess wait, though they have guessed it by now.
            if (wrongKeys.WaitOf(address) is { } wait) return new(TooMany(wait));
            call.Caller = new Caller(null, registry.Customers);
            CallLabels.Read(context.Request.Headers, call);
            return default;
        }

        return registry.FindKnown(hash, call.StartedAt) is { } grant ? new(Enter(grant, context, call, isForAllKeys)) : FindAsync(hash, address, context, call, isForAllKeys);
    }

    /// <summary>Returns why a request may not go on to what only the master key opens; null where it may. The store is not asked, so that it may be away.</summary>
    /// <param name="context">The request.</param>
    public GatewayError? CheckMaster(HttpContext context)
    {
        if (!master.IsSet) return null;
        if (RequestKey.Of(context.Request.Headers) is not { } key) return Missing();
        IPAddress? address = context.Connection.RemoteIpAddress;
        if (KeyHash.Of(key) is not { } hash) return Wrong();
        if (registry.WasKnown(hash)) return MasterOnly();
        if (wrongKeys.WaitOf(address) is { } wait) return TooMany(wait);
        if (master.Is(hash)) return null;
        if (registry.NoteWrong(hash, time.GetUtcNow())) wrongKeys.Note(address);
        return Wrong();
    }

    /// <summary>Returns the error of a virtual key where only the master key opens anything.</summary>
    public static GatewayError MasterOnly() => new(403, ErrorReason.Forbidden, "Only the master key opens this.");

    private async ValueTask<GatewayError?> FindAsync(KeyHash hash, IPAddress? address, HttpContext context, GatewayCall call, bool isForAllKeys)
    {
        DateTimeOffset now = call.StartedAt;
        if (registry.IsWrong(hash, now)) return Wrong();
        if (!registry.WasKnown(hash) && wrongKeys.WaitOf(address) is { } wait) return TooMany(wait);
        (KeyGrant? grant, GatewayError? error) = await registry.FindAsync(hash, now).ConfigureAwait(false);
        if (error is not null) return error;
        if (grant is not null) return Enter(grant, context, call, isForAllKeys);
        if (registry.NoteWrong(hash, now)) wrongKeys.Note(address);
        return Wrong();
    }

    // A person is in a request where PersonFilter has found one, which it does at the endpoints of the page and of management alone.
    private GatewayError? Enter(PagePerson person, HttpContext context, GatewayCall call)
    {
        call.Caller = new Caller(null, registry.Customers, person);
        CallLabels.Read(context.Request.Headers, call);
        return null;
    }

    private GatewayError? Enter(KeyGrant grant, HttpContext context, GatewayCall call, bool isForAllKeys)
    {
        call.Caller = new Caller(grant, registry.Customers);
        CallLabels.Read(context.Request.Headers, call);
        if (grant.Check(call.StartedAt) is { } refused) return refused;
        return isForAllKeys || grant.AllowsRoute(call.Endpoint) ? null : new GatewayError(403, ErrorReason.Forbidden, $"The key does not open '{call.Endpoint}'.") { Code = "key_route_not_allowed" };
    }

    private static GatewayError Missing() => new(401, ErrorReason.Unauthorized, "This gateway asks for a key: send it as 'Authorization: Bearer …' or 'x-api-key: …'.") { Code = "missing_api_key" };

    private static GatewayError Wrong() => new(401, ErrorReason.Unauthorized, "The key is not one of this gateway's.") { Code = "invalid_api_key" };

    private static GatewayError TooMany(TimeSpan wait) => new(429, ErrorReason.RateLimited, "Too many wrong keys came from this address. Send the right key when the time of Retry-After is over.") { RetryAfter = wait, IsFinal = true };
}
