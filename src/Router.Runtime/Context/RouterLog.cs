using Microsoft.Extensions.Logging;

namespace RouterGen;

/// <summary>All that the router logs. No message holds a key, nor what users and models wrote.</summary>
internal static partial class RouterLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Group}: deployment {Deployment} is not used: {Reason}")]
    public static partial void NotConfigured(ILogger logger, string group, string deployment, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{Group}: attempt at {Deployment} failed: {Kind} {StatusCode} {Message}")]
    public static partial void AttemptFailed(ILogger logger, string group, string deployment, FailureKind kind, int? statusCode, string message);

    [LoggerMessage(3, LogLevel.Error, "{Group}: attempt at {Deployment} failed and somebody must act: {Kind} {StatusCode} {Message}")]
    public static partial void AttemptFailedForGood(ILogger logger, string group, string deployment, FailureKind kind, int? statusCode, string message);

    [LoggerMessage(5, LogLevel.Warning, "The HttpClient in RouterOptions.Transport gives up after {Seconds:F0} s, whatever the groups' limits say; set its Timeout to Timeout.InfiniteTimeSpan")]
    public static partial void ClientHasTimeout(ILogger logger, double seconds);

    [LoggerMessage(6, LogLevel.Debug, "{Group}: the copy of a call to the shadow {Deployment} failed: {Kind} {Message}")]
    public static partial void MirrorFailed(ILogger logger, string group, string deployment, FailureKind kind, string message);

    [LoggerMessage(4, LogLevel.Information, "{Group}: deployment {Deployment} cools down for {Seconds:F1} s")]
    public static partial void CoolingDown(ILogger logger, string group, string deployment, double seconds);
}
