using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// When a group's calls are sent to a second deployment: those that have waited longer than 95 % of the calls lately, as
/// far as the budget goes, so that a slow provider, or a slow day of all of them, does not double the bill.
/// </summary>
/// <remarks>The rule is that of "The Tail at Scale" (Dean, Barroso 2013): defer the second request to the 95th percentile.</remarks>
internal sealed class Hedging(double limit)
{
    private const double Quantile = 0.95;
    private const int FewestSamples = 20;
    private const double LeastHeadroom = 0.1;
    private const int Token = 1_000_000;
    private const int Full = 10 * Token; // A burst of ten after a quiet time.

    private readonly CallBudget _budget = new(Token, perCall: (int)(limit * Token), Full, start: Token);
    private readonly RecentLatencies _streams = new();
    private readonly RecentLatencies _calls = new();

    /// <summary>A call came: its share of a hedge is put aside.</summary>
    public void Deposit() => _budget.Deposit();

    /// <summary>An attempt brought an answer, or its first content, after so long.</summary>
    public void Note(bool isStreaming, TimeSpan latency) => Window(isStreaming).Add((float)latency.TotalMilliseconds);

    /// <summary>How long an attempt may take before it is hedged; null while too few have been seen.</summary>
    public TimeSpan? Delay(bool isStreaming)
    {
        RecentLatencies window = Window(isStreaming);
        return window.Count < FewestSamples ? null : window.Quantile(Quantile);
    }

    /// <summary>Pays for a hedge at a deployment.</summary>
    public bool TryTake(Deployment second, long now) => second.HeadroomAt(now) >= LeastHeadroom && _budget.TryTake();

    private RecentLatencies Window(bool isStreaming) => isStreaming ? _streams : _calls;
}
