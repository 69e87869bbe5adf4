using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Access;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Page.Data;

namespace RouterGen.Gateway.Page;

/// <summary>Lets those with the master key, and those who have signed in, see the page's data; no virtual key opens it, and those who guess are slowed as everywhere.</summary>
/// <param name="keys">Checks keys.</param>
/// <param name="people">Finds those who have signed in.</param>
/// <param name="time">The clock.</param>
internal sealed class PageGuard(KeyFilter keys, PersonFilter people, TimeProvider time)
{
    /// <summary>Returns an endpoint that asks for the key.</summary>
    public RequestDelegate Guard(RequestDelegate next) => OfPage(async context =>
    {
        var call = GatewayCall.Begin(context, "/ui", [], time);
        if ((await people.CheckAsync(context).ConfigureAwait(false) ?? await keys.CheckAsync(context, call).ConfigureAwait(false)) is { } refused) await PageJson.SendErrorAsync(context, refused.Status, refused.Message).ConfigureAwait(false);
        else if (call.Caller?.Grant is not null) await PageJson.SendErrorAsync(context, 403, "Only the master key opens this.").ConfigureAwait(false);
        else await next(context).ConfigureAwait(false);
    });

    /// <summary>Returns an endpoint that only the page asks, with or without a key.</summary>
    public static RequestDelegate OfPage(RequestDelegate next) => context =>
    {
        PageHeaders.AddOfData(context.Response.Headers);
        return RequestOrigin.IsOther(context.Request) ? PageJson.SendErrorAsync(context, 403, "Only the page asks here: requests of its own origin, and posts of JSON.") : next(context);
    };
}
