namespace RouterGen;

/// <summary>
/// Asks the deployment of whose limits (requests and tokens a minute) the smallest part is used; of equals, any. One
/// without limits is never used up.
/// </summary>
internal sealed class LowestUsagePolicy(RandomSource random) : SelectionPolicy
{
    public override int Pick(in SelectionContext context)
    {
        var lowest = new Lowest(random.NextUInt64());
        for (int i = 0; i < context.Count; i++) lowest.Offer(i, 1 - context[i].HeadroomAt(context.Now));
        return lowest.Index;
    }
}
