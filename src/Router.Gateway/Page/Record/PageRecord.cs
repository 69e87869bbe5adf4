using RouterGen.Gateway.Page.Content;
using RouterGen.Gateway.Page.Figures;
using RouterGen.Gateway.Page.Log;

namespace RouterGen.Gateway.Page.Record;

/// <summary>What the page shows of requests: the latest, what happens now, and the figures of a day. Bounded, and in memory alone. Thread-safe.</summary>
/// <param name="options">How much is kept.</param>
/// <param name="time">The clock.</param>
internal sealed class PageRecord(PageOptions options, TimeProvider time)
{
    private const string NoGroup = "(no group)";

    private readonly Lock _gate = new();
    private readonly RequestLog _log = new(options.KeptRequests, options.ContentBytes);
    private readonly LiveFigures _live = new();
    private readonly MinuteSeries _groups = new();
    private readonly MinuteSeries _deployments = new();
    private readonly MinuteSeries _models = new();
    private readonly MinuteSeries _keys = new();
    private int _inFlight;

    /// <summary>Gets when it began.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>Gets the time.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Gets what is kept.</summary>
    public PageOptions Options => options;

    /// <summary>Gets what keeps content; null where that is not switched on.</summary>
    public ContentCapture? Content { get; } = options.KeepsContent ? new ContentCapture(options.ContentBytesPerRequest) : null;

    /// <summary>Gets how many requests are under way.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Returns what all endpoints of a gateway keep together; null where it has no page.</summary>
    public static PageRecord? Of(GatewayOptions gateway) => gateway.Page is { } page ? gateway.Shared(() => new PageRecord(page, gateway.TimeProvider)) : null;

    private long Second => time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>A request has begun.</summary>
    public void Started() => Interlocked.Increment(ref _inFlight);

    /// <summary>A request has ended.</summary>
    public void Ended(RequestEntry entry)
    {
        Interlocked.Decrement(ref _inFlight);
        long second = Second;
        int minute = (int)(second / 60);
        var sample = new Sample(entry.IsError, entry.Duration, entry.IsStreaming ? entry.FirstByte : null, entry.InputTokens + entry.OutputTokens, entry.Cost ?? 0);
        lock (_gate)
        {
            _log.Add(entry);
            _live.Add(second, sample);
            _groups.Add(minute, entry.Group ?? NoGroup, sample);
            if (entry.Key is { } key) _keys.Add(minute, key, sample);
            foreach (RequestAttempt attempt in entry.Attempts)
            {
                if (!attempt.IsUnderWay) Add(minute, attempt);
            }
        }
    }

    /// <summary>An attempt that lost a race has ended after its request.</summary>
    /// <param name="id">The request's id.</param>
    /// <param name="group">The group that the request asked.</param>
    /// <param name="attempt">The attempt.</param>
    public void EndedLate(string id, string? group, RequestAttempt attempt)
    {
        long second = Second;
        int minute = (int)(second / 60);
        var late = new Sample(false, default, null, attempt.Tokens, attempt.Cost ?? 0) { IsLate = true };
        lock (_gate)
        {
            _log.EndLate(id, attempt);
            _live.Add(second, late);
            _groups.Add(minute, group ?? NoGroup, late);
            Add(minute, attempt);
        }
    }

    /// <summary>Returns the requests that have ended, latest first.</summary>
    /// <param name="after">Those that ended after this one alone.</param>
    /// <param name="most">How many at most.</param>
    public RequestEntry[] Latest(long after = 0, int most = int.MaxValue)
    {
        lock (_gate) return _log.Latest(after, most);
    }

    /// <summary>Returns the last whole seconds, oldest first.</summary>
    public SecondFigures[] Seconds()
    {
        lock (_gate) return _live.Read(Second);
    }

    /// <summary>Returns how long requests of the last five minutes took, and to the first content of streams.</summary>
    public (LatencyHistogram Durations, LatencyHistogram FirstTokens) Latencies()
    {
        lock (_gate) return _live.Latencies(Second);
    }

    /// <summary>Returns the figures of a span that ends now; null where there are none by that property.</summary>
    /// <param name="by"><c>group</c>, <c>deployment</c>, <c>model</c> or <c>key</c>.</param>
    /// <param name="steps">How many steps; 1 or more.</param>
    /// <param name="step">How many minutes each step has; 1 or more.</param>
    public IReadOnlyList<(string Name, StepFigures[] Steps)>? Series(string by, int steps, int step)
    {
        MinuteSeries? series = by switch
        {
            "group" => _groups,
            "deployment" => _deployments,
            "model" => _models,
            "key" => _keys,
            _ => null,
        };
        lock (_gate) return series?.Read((int)(Second / 60), steps, step);
    }

    private void Add(int minute, RequestAttempt attempt)
    {
        var one = new Sample(attempt.Outcome is not null and not nameof(FailureKind.Canceled), attempt.Duration, attempt.FirstToken, attempt.Tokens, attempt.Cost ?? 0);
        _deployments.Add(minute, $"{attempt.Group} / {attempt.Deployment}", one);
        _models.Add(minute, attempt.Model, one);
    }
}
