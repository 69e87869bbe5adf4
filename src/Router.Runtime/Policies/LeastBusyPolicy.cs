namespace RouterGen;

/// <summary>Asks the deployment with the fewest calls in flight; of equals, any.</summary>
internal sealed class LeastBusyPolicy(RandomSource random) : SelectionPolicy
{
    public override int Pick(in SelectionContext context)
    {
        ReadOnlySpan<long> traffic = context.Table.Traffic;
        ReadOnlySpan<int> eligible = context.Eligible;
        var lowest = new MinimumPicker(random.NextUInt64());
        for (int i = 0; i < eligible.Length; i++) lowest.Offer(i, DeploymentTable.InFlightOf(Volatile.Read(in traffic[eligible[i]])));
        return lowest.Index;
    }
}
