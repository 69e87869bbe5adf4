using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Dialects;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Calls;

/// <summary>
/// Answers a client that wants a WebSocket, as Codex does first. Of all that a server may answer, it takes 426 for final, and asks again by HTTP at
/// once; anything else it tries five more times, over seconds.
/// </summary>
/// <param name="dialect">How clients speak.</param>
internal sealed class UpgradeRefusal(GatewayDialect dialect)
{
    public Task HandleAsync(HttpContext context)
    {
        bool isUpgrade = string.Equals(context.Request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase);
        if (isUpgrade) context.Response.Headers.Upgrade = "HTTP/1.1"; // which a 426 has to name
        else context.Response.Headers.Allow = "POST";
        return ErrorResponse.WriteAsync(context, dialect, isUpgrade
            ? new GatewayError(426, ErrorReason.InvalidRequest, "WebSockets are not served here: send the request with POST; the answer can be streamed.")
            : new GatewayError(405, ErrorReason.InvalidRequest, "Send a request with POST. A response that is kept is at its own path, /v1/responses/{id}."));
    }
}
