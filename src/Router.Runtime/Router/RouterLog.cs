using Microsoft.Extensions.Logging;

namespace RouterGen;

/// <summary>
/// All that the router logs. No entry holds a key. What others wrote (a provider's message, which may quote the prompt, and
/// exceptions of user code) is in entries of level Debug alone, unless <see cref="RouterOptions.LogProviderMessages"/> is set.
/// </summary>
internal static partial class RouterLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Group}: deployment {Deployment} is not used: {Reason}")]
    public static partial void NotConfigured(ILogger logger, string group, string deployment, string reason);

    [LoggerMessage(2, LogLevel.Warning, "{Group}: attempt at {Deployment} failed: {Kind} {StatusCode} {Code}")]
    public static partial void AttemptFailed(ILogger logger, string group, string deployment, FailureKind kind, int? statusCode, string? code);

    [LoggerMessage(3, LogLevel.Error, "{Group}: attempt at {Deployment} failed, and only a change of its key, model or endpoint helps: {Kind} {StatusCode} {Code}")]
    public static partial void AttemptFailedForGood(ILogger logger, string group, string deployment, FailureKind kind, int? statusCode, string? code);

    [LoggerMessage(EventId = 16, Message = "{Group}: the message of the failed attempt at {Deployment}: {Message}")]
    public static partial void AttemptMessage(ILogger logger, LogLevel level, string group, string deployment, string message);

    [LoggerMessage(5, LogLevel.Warning, "The HttpClient in RouterOptions.Transport gives up after {Seconds:F0} s, whatever the groups' limits say; set its Timeout to Timeout.InfiniteTimeSpan")]
    public static partial void ClientHasTimeout(ILogger logger, double seconds);

    [LoggerMessage(6, LogLevel.Error, "{Group}: its selection policy failed, so that no deployment is chosen: {Exception}")]
    public static partial void PolicyFailed(ILogger logger, string group, string exception);

    [LoggerMessage(7, LogLevel.Error, "{Group}: its selection policy chose number {Index} of {Count} deployments (counted from 0), so that none is chosen; -1 refuses a call")]
    public static partial void PolicyOutOfRange(ILogger logger, string group, int index, int count);

    [LoggerMessage(8, LogLevel.Error, "{Group}: its selection policy could not be made, so that no deployment is chosen; it is tried again with the next call: {Exception}")]
    public static partial void PolicyNotMade(ILogger logger, string group, string exception);

    [LoggerMessage(13, LogLevel.Debug, "{Group}: the server of {Deployment} had closed a connection that was to be reused; the request was sent again")]
    public static partial void ConnectionWasStale(ILogger logger, string group, string deployment);

    [LoggerMessage(12, LogLevel.Error, "{Group}: its selection policy failed to observe an attempt: {Exception}")]
    public static partial void PolicyObservationFailed(ILogger logger, string group, string exception);

    [LoggerMessage(20, LogLevel.Information, "{Group}: deployment {Deployment} was changed: {Kind}")]
    public static partial void DeploymentChanged(ILogger logger, string group, string deployment, DeploymentChangeKind kind);

    [LoggerMessage(21, LogLevel.Error, "RouterOptions.DeploymentChanged failed on {Kind} of {Group}: {Deployment}: {Exception}")]
    public static partial void ObserverFailed(ILogger logger, string group, string deployment, DeploymentChangeKind kind, string exception);

    [LoggerMessage(24, LogLevel.Error, "The observer {Observer} failed: {Exception}")]
    public static partial void RouterObserverFailed(ILogger logger, string observer, string exception);

    [LoggerMessage(22, LogLevel.Warning, "Configuration {Path} has no effect: {Reason}")]
    public static partial void ConfigurationIgnored(ILogger logger, string path, string reason);

    [LoggerMessage(23, LogLevel.Error, "The configuration of {Group} could not be read; what held before still does: {Exception}")]
    public static partial void ConfigurationFailed(ILogger logger, string group, string exception);

    [LoggerMessage(EventId = 14, Message = "{Group}: the exception behind the entry before")]
    public static partial void ForeignException(ILogger logger, LogLevel level, string group, Exception exception);

    [LoggerMessage(9, LogLevel.Warning, "{Group}: the latency of {Deployment} could not be measured: {Exception}")]
    public static partial void ProbeFailed(ILogger logger, string group, string deployment, string exception);

    [LoggerMessage(10, LogLevel.Debug, "{Group}: the copy of a call to the shadow {Deployment} failed: {Kind} {StatusCode} {Code}")]
    public static partial void MirrorFailed(ILogger logger, string group, string deployment, FailureKind kind, int? statusCode, string? code);

    [LoggerMessage(15, LogLevel.Debug, "{Group}: {Deployment} did not count the tokens of a request: {Kind} {StatusCode}")]
    public static partial void CountFailed(ILogger logger, string group, string deployment, FailureKind kind, int? statusCode);

    [LoggerMessage(4, LogLevel.Information, "{Group}: deployment {Deployment} cools down for {Seconds:F1} s")]
    public static partial void CoolingDown(ILogger logger, string group, string deployment, double seconds);

    [LoggerMessage(11, LogLevel.Information, "{Group}: deployment {Deployment} works again after {Seconds:F1} s")]
    public static partial void Recovered(ILogger logger, string group, string deployment, double seconds);

    [LoggerMessage(30, LogLevel.Debug, "{Group}: {Deployment} answered after {Milliseconds:F0} ms; attempts that failed before: {FailedAttempts}")]
    public static partial void CallAnswered(ILogger logger, string group, string deployment, double milliseconds, int failedAttempts);

    [LoggerMessage(31, LogLevel.Debug, "{Group}: the call ended without an answer after {Milliseconds:F0} ms: {Outcome}; attempts that failed: {FailedAttempts}")]
    public static partial void CallNotAnswered(ILogger logger, string group, double milliseconds, FailureKind outcome, int failedAttempts);

    [LoggerMessage(32, LogLevel.Information, "{Group}: the call goes on to {Deployment} of {NextGroup}, after {FailedDeployment} of {FailedGroup} failed: {Kind}")]
    public static partial void FailedOver(ILogger logger, string group, string deployment, string nextGroup, string failedDeployment, string failedGroup, FailureKind kind);
}
