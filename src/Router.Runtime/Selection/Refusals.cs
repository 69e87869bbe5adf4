namespace RouterGen;

/// <summary>What a policy of the user's refused for a call in one look at a group.</summary>
internal struct Refusals
{
    /// <summary>What <see cref="SelectionPolicy.Pick"/> of a guarded policy returns where it failed: it threw, or its index was out of range.</summary>
    public const int Failed = int.MinValue;

    /// <summary>The deployments that were offered and not taken.</summary>
    public DeploymentSet Deployments;

    /// <summary>Whether the policy failed: nothing is known of what it would have refused, so all is.</summary>
    public bool HasFailed;

    /// <summary>Adds deployments that were offered.</summary>
    /// <param name="offered">Their indexes.</param>
    /// <param name="answer">What the policy returned.</param>
    public void Add(ReadOnlySpan<int> offered, int answer)
    {
        foreach (int index in offered) Deployments.Add(index);
        HasFailed |= answer != SelectionPolicy.Refuse;
    }

    /// <summary>Adds those of another look.</summary>
    public void Add(in Refusals others)
    {
        Deployments.Add(others.Deployments);
        HasFailed |= others.HasFailed;
    }
}
