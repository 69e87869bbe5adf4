namespace RouterGen;

/// <summary>
/// When a group's calls are sent to a second deployment: those that have waited longer than 95 % of the calls lately, as
/// far as the budget goes, so that a slow provider, or a slow day of all of them, does not double the bill.
/// </summary>
/// <remarks>The rule is that of "The Tail at Scale" (Dean, Barroso 2013): defer the second request to the 95th percentile.</remarks>
internal sealed class HedgeBudget(double limit)
{
    private const double Quantile = 0.95;
    private const int FewestSamples = 20;
    private const int Renewal = 8; // samples: an eighth of those that the quantile is of
    private const double LeastHeadroom = 0.1;
    private const int Token = 1_000_000;
    private const int Full = 10 * Token; // A burst of ten after a quiet time.

    private readonly CallBudget _budget = new(Token, perCall: (int)(limit * Token), Full, start: Token);
    private readonly Waits _streams = new();
    private readonly Waits _calls = new();

    /// <summary>A call came: its share of a hedge is put aside.</summary>
    public void Deposit() => _budget.Deposit();

    /// <summary>An attempt brought an answer, or its first content, after so long.</summary>
    public void Note(bool isStreaming, TimeSpan latency) => Of(isStreaming).Note(latency);

    /// <summary>How long an attempt may take before it is hedged; null while too few have been seen.</summary>
    public TimeSpan? Delay(bool isStreaming) => Of(isStreaming).Usual;

    /// <summary>Gets whether a hedge can be paid for, at this moment.</summary>
    public bool CanPay => _budget.HasToken;

    /// <summary>Pays for a hedge at a deployment.</summary>
    public bool TryTake(Deployment second, long now) => second.HeadroomAt(now) >= LeastHeadroom && _budget.TryTake();

    private Waits Of(bool isStreaming) => isStreaming ? _streams : _calls;

    /// <summary>How long attempts have waited for an answer lately. Every attempt asks, so the quantile is found when it may have changed.</summary>
    private sealed class Waits
    {
        private readonly RecentLatencies _recent = new();
        private long _usual; // in ticks; 0 where it is not known

        public TimeSpan? Usual => Volatile.Read(ref _usual) is > 0 and var ticks ? new TimeSpan(ticks) : null;

        public void Note(TimeSpan waited)
        {
            long added = _recent.Add((float)waited.TotalMilliseconds);
            if (added == FewestSamples || (added > FewestSamples && added % Renewal == 0)) Volatile.Write(ref _usual, Math.Max(1, _recent.Quantile(Quantile)!.Value.Ticks));
        }
    }
}
