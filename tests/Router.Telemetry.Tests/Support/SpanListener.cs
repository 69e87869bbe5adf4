using System.Collections.Concurrent;
using System.Diagnostics;

namespace RouterGen.Telemetry.Tests;

/// <summary>Records the spans of one source, in the order in which they end.</summary>
internal sealed class SpanListener : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public SpanListener(string source = RouterTelemetry.SourceName, ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = heard => heard.Name == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
            {
                Seen.Enqueue(options.Tags?.ToDictionary(static tag => tag.Key, static tag => tag.Value) ?? []);
                return sampling;
            },
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>What a sampler sees of each span before it starts.</summary>
    public ConcurrentQueue<Dictionary<string, object?>> Seen { get; } = new();

    public IReadOnlyList<Activity> Ended => [.. _ended];

    public Activity Call => Assert.Single(Ended, static span => span.Kind is ActivityKind.Internal);

    public IReadOnlyList<Activity> Attempts => [.. Ended.Where(static span => span.Kind is ActivityKind.Client)];

    public void Dispose() => _listener.Dispose();
}
