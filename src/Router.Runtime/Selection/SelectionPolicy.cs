namespace RouterGen;

/// <summary>Picks one of the deployments that can take a call. Allocation-free, lock-free, thread-safe.</summary>
internal abstract class SelectionPolicy
{
    /// <summary>Picks a deployment.</summary>
    /// <param name="deployments">All deployments of the group.</param>
    /// <param name="eligible">Indexes into <paramref name="deployments"/> of those to choose from; at least one.</param>
    /// <returns>An index into <paramref name="eligible"/>.</returns>
    public abstract int Pick(ReadOnlySpan<Deployment> deployments, ReadOnlySpan<int> eligible);
}
