using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What a group is to the calls that go through it: its definition, its deployments, and who takes over from it.</summary>
internal sealed class GroupState
{
    private readonly Func<FallbackList, GroupState[]> _fallbacks;

    public GroupState(RouterContext router, GroupDefinition definition, Func<FallbackList, GroupState[]> fallbacks, Func<SelectionPolicy?> createPolicy)
    {
        _fallbacks = fallbacks;
        Router = router;
        Definition = definition;
        Queue = new CallQueue(router, definition.MaxQueueLength);
        Deployments = new Deployment[definition.Deployments.Length];
        for (int i = 0; i < Deployments.Length; i++) Deployments[i] = new Deployment(router, definition, definition.Deployments[i], i, Queue);
        Picker = new DeploymentPicker(Deployments);
        Policy = new GroupPolicy(router, definition, Deployments, createPolicy);
        LimitsTokens = Array.Exists(definition.Deployments, static deployment => deployment.Tpm > 0);
    }

    public string Name => Definition.Name;

    public RouterContext Router { get; }

    public GroupDefinition Definition { get; }

    public Deployment[] Deployments { get; }

    public DeploymentPicker Picker { get; }

    /// <summary>The calls that wait for one of the deployments.</summary>
    public CallQueue Queue { get; }

    /// <summary>Who chooses among the deployments that can take a call.</summary>
    public GroupPolicy Policy { get; }

    public RetryBudget RetryBudget { get; } = new();

    /// <summary>Whether any deployment has a token limit, so that requests must be measured.</summary>
    public bool LimitsTokens { get; }

    /// <summary>The groups that take over; resolved when they are needed, since groups may name each other in any order.</summary>
    public GroupState[] FallbacksFor(FallbackList list) => list is FallbackList.None ? [] : _fallbacks(list);
}
