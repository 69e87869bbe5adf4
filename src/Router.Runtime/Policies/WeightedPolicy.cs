namespace RouterGen;

/// <summary>
/// Shares calls in proportion to weights. Not by lot: the n-th call takes the n-th point of the additive recurrence of
/// the golden ratio (a Kronecker sequence), whose points fill the interval evenly, so that observed shares differ from
/// the weights by a few calls at most, where a random draw would be off by the square root of their number. Any regular
/// subset of the calls (every second, every tenth) is spread just as evenly.
/// </summary>
internal sealed class WeightedPolicy(RandomSource random) : SelectionPolicy
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15; // 2^64 / φ

    private ulong _point = random.NextUInt64();

    internal override bool KeepsShares => true;

    public override int Pick(in SelectionContext context)
    {
        if (context.Count == 1) return 0;
        double total = 0;
        for (int i = 0; i < context.Count; i++) total += context[i].Weight;

        double point = Interlocked.Add(ref _point, GoldenRatio) * (total / 18446744073709551616.0);
        for (int i = 0; i < context.Count - 1; i++)
        {
            point -= context[i].Weight;
            if (point < 0) return i;
        }

        return context.Count - 1;
    }
}
