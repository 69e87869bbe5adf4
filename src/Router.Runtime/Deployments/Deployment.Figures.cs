namespace RouterGen;

// The live figures that policies choose by.
public sealed partial class Deployment
{
    private const decimal CostUnitsPerDollar = 1_000_000_000_000m; // costs are summed up in integers, for want of an atomic decimal

    private const long LongestUsualPrompt = 1_000_000; // where the window is not known

    private long _latencyProbes;
    private long _latencyProbeCost;

    /// <summary>Gets its share of the calls, relative to the weights of the other deployments.</summary>
    public double Weight => _settings.Weight;

    /// <summary>Gets the calls under way, streams included.</summary>
    public int InFlight => Table.InFlight(Index);

    /// <summary>
    /// Gets what is left of its limits of requests and tokens a minute, from 0 (nothing) to 1 (all, or there is none): the smallest
    /// fraction of its own and of those that its provider's headers reported within the last minute. Calls in flight are no part of it.
    /// </summary>
    public double Headroom => HeadroomAt(_context.Clock.Now);

    /// <summary>
    /// Gets the time to the first token of its streams: a moving average in which bad news counts more than good, normalized to
    /// short prompts. Null before the first stream.
    /// </summary>
    public TimeSpan? TimeToFirstToken => AverageOf(_endpoint.FirstTokens);

    /// <summary>Gets the whole time of its calls that are not streamed, averaged as <see cref="TimeToFirstToken"/> is. Null before the first one.</summary>
    public TimeSpan? Latency => AverageOf(_endpoint.WholeAnswers);

    /// <summary>Gets or sets what learns how attempts go; null where nothing does.</summary>
    internal IAttemptObserver? Observer { get; set; }

    /// <summary>What is known of its latency: of the time to the first token of streams, of the whole time of other calls.</summary>
    internal ref LatencyRecord LatencyOf(bool streaming) => ref streaming ? ref _endpoint.FirstTokens : ref _endpoint.WholeAnswers;

    /// <summary>Claims the measurement of a latency that is due; see <see cref="LatencyRecord.TryInvite"/>.</summary>
    internal bool TryInvite(bool streaming, long now, long holds = LatencyRecord.InvitationHolds)
    {
        if (!LatencyOf(streaming).TryInvite(now, holds)) return false;
        InvalidateEndpoint();
        return true;
    }

    /// <summary>Gets the calls under way at its endpoint, from whichever groups: what its latency depends on.</summary>
    internal int LoadOfEndpoint => _endpoint.Sharers.AreSeveral ? _endpoint.Sharers.InFlight : InFlight;

    /// <summary>Gets what is left of its limit of calls in flight, as a fraction; 1 where there is none.</summary>
    internal float FreeConcurrency => Math.Max(0, 1 - (_limits?.InFlight ?? InFlight) * _settings.ConcurrencyOfACall);

    /// <summary>Counts a measurement of the router's own.</summary>
    internal void CountLatencyProbe(in Lease lease, in AttemptReport report)
    {
        Interlocked.Increment(ref _latencyProbes);
        if (Prices?.CostOf(report.Usage, CircumstancesOf(lease, report.Tier)) is { } cost and < 1000) Interlocked.Add(ref _latencyProbeCost, (long)(cost * CostUnitsPerDollar));
    }

    /// <summary>Returns what changes the price of an attempt. Providers bill by the time at which they are asked.</summary>
    /// <param name="lease">The attempt.</param>
    /// <param name="answered">The service tier that the provider named; null where it named none.</param>
    internal CallCircumstances CircumstancesOf(in Lease lease, ServiceTier? answered) => new(
        answered ?? lease.Tier ?? ServiceTier.Standard,
        Prices is { DependsOnTime: true } ? _context.Clock.Provider.GetUtcNow() - _context.Clock.Since(lease.Entered) : default);

    /// <summary>Learns what an attempt says about the deployment's latency.</summary>
    private void NoteLatency(in Lease lease, in AttemptReport report, long now)
    {
        if (lease.IsTimed) return;
        ref LatencyRecord latency = ref LatencyOf(lease.IsStreaming);
        latency.Pending.End(lease.Entered);
        if (report.NotAsked) return;
        long inputTokens = report.Usage?.InputTokenCount is { } counted ? Math.Min(counted, LongestPrompt) : lease.InputTokens;
        if (report.Failure is null && !report.Abandoned)
        {
            long end = lease.IsStreaming ? report.FirstContentAt ?? long.MinValue : now;
            if (end == long.MinValue) return;
            latency.Add(end - lease.Sent, inputTokens, now, lease.InFlight, lease.IsCold);
            _endpoint.NoteAnswer(lease.Entered, lease.InFlight, now);
        }
        else if (report.Failure?.Kind is FailureKind.Timeout && !report.Abandoned)
        {
            latency.AddTimeout(now - lease.Sent, inputTokens, now, lease.InFlight);
        }
        else if (report.Failure is null || FailureRule.For(report.Failure.Kind).Effect is HealthEffect.Count)
        {
            latency.AddSlow(now - lease.Sent, inputTokens, now, lease.InFlight);
        }
    }

    /// <summary>Gets the most tokens that it can have read, whatever it says: that would make any answer look fast.</summary>
    private long LongestPrompt => ModelLimits.LongestPrompt ?? LongestUsualPrompt;

    private AttemptObservation ToObservation(in Lease lease, in AttemptReport report, long now) => new()
    {
        Deployment = this,
        Outcome = report.Failure?.Kind ?? FailureKind.None,
        IsStreaming = lease.IsStreaming,
        Duration = new TimeSpan(now - lease.Sent),
        TimeToFirstToken = report.FirstContentAt is { } first ? new TimeSpan(first - lease.Sent) : null,
        InputTokens = report.Usage?.InputTokenCount,
        OutputTokens = report.Usage?.OutputTokenCount,
    };

    private static TimeSpan? AverageOf(in LatencyRecord latency) =>
        latency.Average.IsKnown ? TimeSpan.FromMilliseconds(latency.Average.Value) : null;
}
