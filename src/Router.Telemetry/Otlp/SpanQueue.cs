using System.Diagnostics;
using OpenTelemetry;

namespace RouterGen;

/// <summary>The queue of spans: takes in those of the sink's own routers, as far as there is room, and has them exported in batches on a thread of its own.</summary>
/// <param name="exporter">What sends a batch.</param>
/// <param name="destination">What is added to spans, and how they are batched.</param>
/// <param name="key">The name of the mark on spans.</param>
/// <param name="state">What counts them.</param>
internal sealed class SpanQueue(SpanExporter exporter, OtlpDestination destination, string key, DeliveryState state)
    : BatchActivityExportProcessor(exporter, destination.QueueSize, (int)destination.BatchDelay.TotalMilliseconds, (int)destination.Traces!.Timeout.TotalMilliseconds, destination.BatchSize)
{
    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (!data.Recorded || data.GetCustomProperty(key) is not { } observed) return;
        data.SetCustomProperty(key, null); // What was asked and answered must not stay for as long as the span waits.
        destination.Enrich?.Invoke(data, observed);
        long size = observed is ObservedAttempt { CapturedRequest: not null } ? SpanExporter.SizeOf(data) : 0;
        if (!state.TryAdd(size)) return;
        base.OnEnd(data);
    }
}
