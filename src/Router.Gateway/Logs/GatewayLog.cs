using Microsoft.Extensions.Logging;

namespace RouterGen.Gateway.Logs;

/// <summary>What the gateway logs of itself. No entry has a key, a prompt or an answer: messages of exceptions may quote what they could not read, so that they are left out.</summary>
internal static partial class GatewayLog
{
    /// <summary>The category of all entries but those of requests.</summary>
    public const string Category = "RouterGen.Gateway";

    [LoggerMessage(120, LogLevel.Error, "Request {Id} to {Endpoint} failed unexpectedly: {Exception}\n{Stack}")]
    public static partial void RequestFailed(ILogger logger, string id, string endpoint, string? exception, string? stack);
}
