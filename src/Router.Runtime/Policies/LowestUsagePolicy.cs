namespace RouterGen;

/// <summary>
/// Asks the deployment of whose limits (requests and tokens a minute, its own and those that its provider reports) the
/// smallest part is used; of equals, any. One without limits is never used up.
/// </summary>
internal sealed class LowestUsagePolicy(DeploymentTable table, RandomSource random) : SelectionPolicy
{
    private readonly FigureCache<UsedPart> _usages = new(table, default);

    public override int Pick(in SelectionContext context)
    {
        var lowest = new MinimumPicker(random.NextUInt64());
        Figures usages = _usages.Of(context);
        for (int i = 0; i < usages.Count; i++) lowest.Offer(i, usages[i]);
        return lowest.Index;
    }

    private readonly struct UsedPart : IFigure
    {
        public float Of(Deployment deployment, long now) => 1 - (float)deployment.HeadroomAt(now);
    }
}
