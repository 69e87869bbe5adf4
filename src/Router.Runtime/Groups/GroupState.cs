using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What a group is to the calls that go through it: its definition, its deployments, and the groups that take over from it.</summary>
internal sealed class GroupState : IGauged
{
    private readonly Func<FallbackList, GroupState[]> _fallbacks;

    public GroupState(RouterContext router, GroupDefinition definition, IBackgroundCalls calls, Func<FallbackList, GroupState[]> fallbacks, Func<SelectionPolicy?> createPolicy)
    {
        _fallbacks = fallbacks;
        Router = router;
        Definition = definition;
        Queue = new CallQueue(router, definition.MaxQueueLength);
        Spend = new BudgetMeter(definition.Budget, definition.BudgetPeriod, router.Clock.Provider, Deployment.ShareOfBudget(router.Fleet, FleetScopes.OfGroup(definition.Name), definition.BudgetPeriod));
        Settings = new LiveGroupSettings(definition);
        Deployments = Deployment.Create(router, definition, Queue, Spend, Settings);
        Picker = new DeploymentPicker(Deployments);
        Suitability = new Suitability(Deployments);
        Policy = new GroupPolicy(router, definition, Deployments, calls, createPolicy);
        Hedging = definition.HedgeLimit > 0 ? new HedgeBudget(definition.HedgeLimit) : null;
        Recovery = new RecoveryProber(router, Deployments, calls);
        Mirroring = new Mirroring(router, Settings, Deployments, calls, routing => Policy.For(routing.Strategy ?? Settings.Strategy));
        GroupGauges.Add(this);
    }

    public string Name => Definition.Name;

    public RouterContext Router { get; }

    public GroupDefinition Definition { get; }

    public Deployment[] Deployments { get; }

    public DeploymentPicker Picker { get; }

    /// <summary>Gets which deployments can serve a given call.</summary>
    public Suitability Suitability { get; }

    /// <summary>Gets what all deployments have spent.</summary>
    public BudgetMeter Spend { get; }

    /// <summary>Gets the calls that wait for one of the deployments.</summary>
    public CallQueue Queue { get; }

    /// <summary>Gets what chooses among the deployments that can take a call.</summary>
    public GroupPolicy Policy { get; }

    /// <summary>Gets when calls are sent to a second deployment; null where never.</summary>
    public HedgeBudget? Hedging { get; }

    /// <summary>Gets what finds out whether deployments work again that have kept calls waiting in vain.</summary>
    public RecoveryProber Recovery { get; }

    /// <summary>Gets what copies calls to shadow deployments.</summary>
    public Mirroring Mirroring { get; }

    int IGauged.Waiting => Queue.Length;

    public RetryBudget RetryBudget { get; } = new();

    /// <summary>Gets what of the group can be changed at run time.</summary>
    public LiveGroupSettings Settings { get; }

    /// <summary>Gets whether it matters how large requests are or what they hold: there is a token limit, or deployments differ in what they take.</summary>
    public bool LooksAtRequests
    {
        get
        {
            if (Suitability.LooksAtRequests) return true;
            foreach (Deployment deployment in Deployments)
            {
                if (deployment.Settings.Tokens is not null) return true;
            }

            return false;
        }
    }

    /// <summary>The deployment of that name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Deployment Find(string name, string parameter) =>
        Array.Find(Deployments, deployment => deployment.Name == name)
        ?? throw new ArgumentException($"Model group '{Name}' has no deployment '{name}'; it has {string.Join(", ", Deployments.Select(static deployment => $"'{deployment.Name}'"))}.", parameter);

    /// <summary>The groups that take over; resolved when they are needed, since groups may name each other in any order.</summary>
    public GroupState[] FallbacksFor(FallbackList list) => list is FallbackList.None ? [] : _fallbacks(list);
}
