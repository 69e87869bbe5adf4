namespace RouterGen;

/// <summary>Asks the deployment with the fewest calls in flight; of equals, any.</summary>
internal sealed class LeastBusyPolicy(RandomSource random) : SelectionPolicy
{
    public override int Pick(in SelectionContext context)
    {
        var lowest = new Lowest(random.NextUInt64());
        for (int i = 0; i < context.Count; i++) lowest.Offer(i, context[i].InFlight);
        return lowest.Index;
    }
}
