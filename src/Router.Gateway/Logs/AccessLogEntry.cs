using Microsoft.Extensions.Logging;

namespace RouterGen.Gateway.Logs;

/// <summary>The form of an entry of the access log: its fields are what a log that keeps structure has.</summary>
internal static partial class AccessLogEntry
{
    [LoggerMessage(121, LogLevel.Information, "{Id} {Endpoint} {Group} {Key}: {Status} {Error} in {DurationMs} ms (first byte {FirstByteMs}, providers {ProviderMs}), {Attempts} attempts, last {AnsweringGroup} {Deployment} {Model}, streamed {Streaming}, tokens {InputTokens} in {OutputTokens} out, {CostUsd} USD, trace {TraceId}", EventName = "Request")]
    public static partial void Write(
        ILogger logger,
        string id,
        string endpoint,
        string group,
        string key,
        string answeringGroup,
        string deployment,
        string model,
        int status,
        string error,
        bool streaming,
        double durationMs,
        double? firstByteMs,
        double providerMs,
        int attempts,
        long inputTokens,
        long outputTokens,
        decimal costUsd,
        string traceId);
}
