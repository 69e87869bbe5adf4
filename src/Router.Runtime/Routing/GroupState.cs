using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What a group is to the calls that go through it: its definition, its deployments, and who takes over from it.</summary>
internal sealed class GroupState
{
    private readonly Func<FallbackList, GroupState[]> _fallbacks;

    public GroupState(RouterContext router, GroupDefinition definition, Func<FallbackList, GroupState[]> fallbacks)
    {
        _fallbacks = fallbacks;
        Router = router;
        Definition = definition;
        Deployments = new Deployment[definition.Deployments.Length];
        for (int i = 0; i < Deployments.Length; i++) Deployments[i] = new Deployment(router, definition, definition.Deployments[i], i);
        Picker = new DeploymentPicker(Deployments);
        Policy = new WeightedPolicy(router.Random);
        Hedging = definition.HedgeLimit > 0 ? new Hedging(definition.HedgeLimit) : null;
        Mirroring = new Mirroring(router, definition, Array.FindAll(Deployments, static deployment => deployment.Definition.MirrorShare > 0));
        LimitsTokens = Array.Exists(definition.Deployments, static deployment => deployment.Tpm > 0);
    }

    public string Name => Definition.Name;

    public RouterContext Router { get; }

    public GroupDefinition Definition { get; }

    public Deployment[] Deployments { get; }

    public DeploymentPicker Picker { get; }

    /// <summary>Who chooses among the deployments that can take a call.</summary>
    public SelectionPolicy Policy { get; }

    /// <summary>When calls are sent to a second deployment; null where never.</summary>
    public Hedging? Hedging { get; }

    /// <summary>What copies calls to shadow deployments.</summary>
    public Mirroring Mirroring { get; }

    public RetryBudget RetryBudget { get; } = new();

    /// <summary>Whether any deployment has a token limit, so that requests must be measured.</summary>
    public bool LimitsTokens { get; }

    /// <summary>The groups that take over; resolved when they are needed, since groups may name each other in any order.</summary>
    public GroupState[] FallbacksFor(FallbackList list) => list is FallbackList.None ? [] : _fallbacks(list);
}
