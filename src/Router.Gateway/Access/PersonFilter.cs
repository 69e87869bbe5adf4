using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Access;

/// <summary>Lets requests of people who have signed in on to what their role opens, and logs what they change. A request with a key is its key's, whatever else it has.</summary>
/// <param name="signIn">Knows who has signed in; null where people do not.</param>
/// <param name="logger">Where changes are logged.</param>
internal sealed partial class PersonFilter(IPageSignIn? signIn, ILogger logger)
{
    /// <summary>Returns the filter of an application.</summary>
    /// <param name="application">The services of the application.</param>
    public static PersonFilter Of(IServiceProvider application) =>
        new(application.GetService<IPageSignIn>(), application.GetService<ILoggerFactory>()?.CreateLogger("RouterGen.People") ?? NullLogger.Instance);

    /// <summary>Finds who has signed in, and keeps it with the request for <see cref="KeyFilter"/>.</summary>
    /// <returns>Why the person may not go on; null where the person may, or there is none, so that a key is asked for.</returns>
    public async ValueTask<GatewayError?> CheckAsync(HttpContext context)
    {
        if (signIn is null || RequestKey.Of(context.Request.Headers) is not null) return null;
        if (await signIn.FindAsync(context).ConfigureAwait(false) is not { } person) return null;

        // A browser sends the session by itself: what another site makes it send is not the person's.
        if (RequestOrigin.IsOther(context.Request)) return new GatewayError(403, ErrorReason.Forbidden, "Only the page asks here: requests of its own origin, and posts of JSON.");
        bool isReading = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        if (!isReading)
        {
            if (person.Role is not PageRole.Admin) return new GatewayError(403, ErrorReason.Forbidden, "Your role lets you see this gateway and change nothing.");
            LogChange(logger, person.Id, person.Name, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        }

        context.Features.Set(person);
        return null;
    }

    [LoggerMessage(145, LogLevel.Information, "{Id} ({Name}) asked for {Endpoint}")]
    private static partial void LogChange(ILogger logger, string id, string name, string? endpoint);
}
