namespace RouterGen;

/// <summary>The deployments that a call may still try in one group.</summary>
/// <param name="Excluded">Deployments that must not be used.</param>
/// <param name="LongerThan">The longest prompt that a deployment takes must be longer than this, or not known; 0 where any will do.</param>
internal readonly record struct PickFilter(DeploymentSet Excluded, int LongerThan)
{
    /// <summary>Gets what keeps the call to the deployment of others before it.</summary>
    public StickyKey Sticky { get; init; }
}
