namespace RouterGen;

/// <summary>Asks the deployment with the fewest calls in flight; of equals, any.</summary>
internal sealed class LeastBusyPolicy(RandomSource random) : SelectionPolicy
{
    public override int Pick(in SelectionContext context)
    {
        DeploymentTable.View table = context.Table.Look();
        ReadOnlySpan<int> eligible = context.Eligible;
        var lowest = new Lowest(random.NextUInt64());
        for (int i = 0; i < eligible.Length; i++) lowest.Offer(i, table.InFlight(eligible[i]));
        return lowest.Index;
    }
}
