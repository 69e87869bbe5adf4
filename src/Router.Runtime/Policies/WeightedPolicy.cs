namespace RouterGen;

/// <summary>
/// Shares calls in proportion to weights. Not by lot: the n-th call takes the n-th point of an <see cref="LowDiscrepancySequence"/>, so
/// that observed shares differ from the weights by a few calls at most.
/// </summary>
internal sealed class WeightedPolicy(RandomSource random) : SelectionPolicy
{
    private LowDiscrepancySequence _points = new(random.NextUInt64());

    internal override bool KeepsShares => true;

    public override int Pick(in SelectionContext context)
    {
        if (context.Count == 1) return 0;
        DeploymentTable table = context.Table;
        double point = _points.Next() * Total(context, table);
        ReadOnlySpan<int> eligible = context.Eligible;
        for (int i = 0; i < eligible.Length - 1; i++)
        {
            point -= table.Weight(eligible[i]);
            if (point < 0) return i;
        }

        return eligible.Length - 1;
    }

    private static double Total(in SelectionContext context, DeploymentTable table)
    {
        if (context.Count == table.Count) return table.TotalWeight;
        double total = 0;
        foreach (int index in context.Eligible) total += table.Weight(index);
        return total;
    }
}
