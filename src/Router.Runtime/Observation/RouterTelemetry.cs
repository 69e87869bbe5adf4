using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RouterGen;

/// <summary>
/// The source of the router's spans and its meter. <see cref="SourceName"/> is the name of both: <c>tracing.AddSource("RouterGen")</c>, <c>metrics.AddMeter("RouterGen")</c>.
/// Where nothing listens, a call pays a look at whether something does.
/// </summary>
public static class RouterTelemetry
{
    /// <summary>The name of the source of spans, and of the meter.</summary>
    public const string SourceName = "RouterGen";

    // Durations and tokens in the boundaries that the conventions state: https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/gen-ai-metrics.md
    private static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] };
    private static readonly InstrumentAdvice<long> TokenCounts = new() { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864] };

    private static readonly string? Version = typeof(RouterTelemetry).Assembly.GetName().Version?.ToString(3);

    internal static readonly ActivitySource Source = new(SourceName, Version);
    internal static readonly Meter Meter = new(SourceName, Version);

    internal static readonly Histogram<double> OperationDuration = Meter.CreateHistogram("gen_ai.client.operation.duration", "s", "GenAI operation duration.", null, Seconds);
    internal static readonly Histogram<long> TokenUsage = Meter.CreateHistogram("gen_ai.client.token.usage", "{token}", "Number of input and output tokens used.", null, TokenCounts);
    internal static readonly Histogram<double> TimeToFirstChunk = Meter.CreateHistogram("gen_ai.client.operation.time_to_first_chunk", "s", "Time to the first chunk of a stream.", null, Seconds);
    internal static readonly Histogram<double> TimePerOutputChunk = Meter.CreateHistogram("gen_ai.client.operation.time_per_output_chunk", "s", "Time between two chunks of a stream.", null, Seconds);

    internal static readonly Histogram<double> CallDuration = Meter.CreateHistogram("routergen.call.duration", "s", "Duration of calls, failed attempts and waits included.", null, Seconds);
    internal static readonly Counter<long> Attempts = Meter.CreateCounter<long>("routergen.attempts", "{attempt}", "Attempts at deployments.");
    internal static readonly Counter<long> Failovers = Meter.CreateCounter<long>("routergen.failovers", "{failover}", "Attempts that were made because another one of the call had failed.");
    internal static readonly Counter<long> Cooldowns = Meter.CreateCounter<long>("routergen.cooldowns", "{cooldown}", "Cooldowns of deployments.");
    internal static readonly Histogram<double> QueueWait = Meter.CreateHistogram("routergen.queue.wait", "s", "Time that calls waited for a deployment.", null, Seconds);
    internal static readonly Counter<double> Cost = Meter.CreateCounter<double>("routergen.cost", "{USD}", "Cost of attempts, as far as it is known.");

    /// <summary>Gets whether anything listens: to spans, or to what is measured of calls.</summary>
    internal static bool IsListenedTo => Source.HasListeners() || AreMetricsListenedTo;

    private static bool AreMetricsListenedTo =>
        OperationDuration.Enabled || TokenUsage.Enabled || TimeToFirstChunk.Enabled || TimePerOutputChunk.Enabled
        || CallDuration.Enabled || Attempts.Enabled || Failovers.Enabled || QueueWait.Enabled || Cost.Enabled;
}
