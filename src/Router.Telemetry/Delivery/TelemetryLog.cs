using Microsoft.Extensions.Logging;

namespace RouterGen;

/// <summary>All that sinks log. No entry holds a key or what was asked and answered.</summary>
internal static partial class TelemetryLog
{
    [LoggerMessage(50, LogLevel.Warning, "Telemetry to {Sink} fails; calls go on: {Reason}")]
    public static partial void Failed(ILogger logger, string sink, string reason);

    [LoggerMessage(51, LogLevel.Information, "Telemetry to {Sink} works again; {Dropped} entries were lost so far")]
    public static partial void Recovered(ILogger logger, string sink, long dropped);

    [LoggerMessage(52, LogLevel.Warning, "Telemetry to {Sink} is lost from now on ({Cause}); RouterTelemetrySink.Dropped counts it")]
    public static partial void Dropping(ILogger logger, string sink, string cause);

    [LoggerMessage(53, LogLevel.Warning, "Telemetry to {Sink} ended before all was sent: {Count} entries are lost")]
    public static partial void Unsent(ILogger logger, string sink, long count);
}
