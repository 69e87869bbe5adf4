using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Calls;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Endpoints;

/// <summary>Refuses requests for paths that are not there, most of which come of a base address that is wrong.</summary>
internal static class PathRefusal
{
    /// <summary>What such paths are called where requests are counted: clients must not make names.</summary>
    public const string Endpoint = GatewayCall.UnknownEndpoint;

    private const int LongestShown = 100;

    /// <summary>Returns what the client is told.</summary>
    public static GatewayError Of(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        string shown = path.Length <= LongestShown ? path : path[..LongestShown] + "…";
        return new GatewayError(404, ErrorReason.NotFound, $"There is no '{shown}' here. Is the client's base address right? Paths begin with /v1, or with their own name such as /chat/completions.") { Code = "unknown_url" };
    }
}
