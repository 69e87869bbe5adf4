namespace RouterGen;

/// <summary>
/// Shares calls in proportion to weights. Not by lot: the n-th call takes the n-th point of an <see cref="EvenSequence"/>, so
/// that observed shares differ from the weights by a few calls at most.
/// </summary>
internal sealed class WeightedPolicy(RandomSource random) : SelectionPolicy
{
    private EvenSequence _points = new(random.NextUInt64());

    internal override bool KeepsShares => true;

    public override int Pick(in SelectionContext context)
    {
        if (context.Count == 1) return 0;
        double total = 0;
        for (int i = 0; i < context.Count; i++) total += context[i].Weight;

        double point = _points.Next() * total;
        for (int i = 0; i < context.Count - 1; i++)
        {
            point -= context[i].Weight;
            if (point < 0) return i;
        }

        return context.Count - 1;
    }
}
