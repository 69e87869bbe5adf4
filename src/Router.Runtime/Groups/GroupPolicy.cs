using Microsoft.Extensions.Logging;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Finds the policy that chooses among a group's deployments: what code set, else what the group's declaration made, else its strategy.</summary>
/// <param name="router">The router.</param>
/// <param name="group">The group's definition.</param>
/// <param name="deployments">The group's deployments.</param>
/// <param name="calls">What measures latencies, where the group asks for that.</param>
/// <param name="create">Makes the declared policy; null where none is declared.</param>
internal sealed class GroupPolicy(RouterContext router, GroupDefinition group, Deployment[] deployments, IBackgroundCalls calls, Func<SelectionPolicy?> create)
{
    // Made when they are first needed. Should two threads make the same at once, one of them wins.
    private readonly SelectionPolicy?[] _strategies = new SelectionPolicy?[Strategies.Count];
    private readonly Lock _changing = new();
    private readonly LogPause _pause = new();
    private volatile SelectionPolicy? _current; // null until the first pick
    private volatile SelectionPolicy? _set;

    /// <summary>Gets or sets what code set; null where nothing.</summary>
    public SelectionPolicy? Set
    {
        get => _set;
        set
        {
            lock (_changing)
            {
                _set = value;
                Use(value is null ? Declared() : Guard(value));
            }
        }
    }

    /// <summary>Returns the policy that chooses for a call.</summary>
    /// <param name="asked">The strategy that the caller asks for; null where it asks for none.</param>
    public SelectionPolicy For(RoutingStrategy? asked) =>
        asked is { } strategy ? Of(strategy) : _current ?? UseFirst();

    /// <summary>Returns the strategy that chooses for a call; null where code of the user's chooses, or is yet to make what does.</summary>
    /// <param name="asked">The strategy that the caller asks for; null where it asks for none.</param>
    public SelectionPolicy? StrategyFor(RoutingStrategy? asked) =>
        asked is { } strategy ? Of(strategy) : _current is { } current and not GuardedPolicy ? current : null;

    private SelectionPolicy UseFirst()
    {
        lock (_changing) return _current ?? Use(Declared());
    }

    private SelectionPolicy Use(SelectionPolicy policy)
    {
        if (policy is UnmadePolicy)
        {
            _current = null; // so that the next call tries again
            return policy;
        }

        // Only one that is not ours may want to see how attempts go; not those at shadows, among which no policy chooses.
        foreach (Deployment deployment in deployments) deployment.Observer = deployment.IsShadow ? null : policy as GuardedPolicy;
        return _current = policy;
    }

    private SelectionPolicy Declared()
    {
        try
        {
            if (create() is { } own) return Guard(own);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            if (_pause.IsOver(router.Clock.Now))
            {
                RouterLog.PolicyNotMade(router.Logger, group.Name, exception.GetType().Name);
                RouterLog.ForeignException(router.Logger, router.MessageLevel(LogLevel.Error), group.Name, exception);
            }

            return UnmadePolicy.Instance;
        }

        return Of(group.Strategy);
    }

    private GuardedPolicy Guard(SelectionPolicy policy) => new(policy, router, group.Name);

    private SelectionPolicy Of(RoutingStrategy strategy)
    {
        strategy = Strategies.Resolve(strategy, group);
        ref SelectionPolicy? known = ref _strategies[(int)strategy];
        return Volatile.Read(ref known) ?? Make(ref known, strategy);
    }

    private SelectionPolicy Make(ref SelectionPolicy? known, RoutingStrategy strategy)
    {
        SelectionPolicy made = Strategies.Create(strategy, group, deployments[0].Table, router.Random, router.Clock.Provider, group.LatencyProbes ? new LatencyProber(router, group, calls).Measure : null);
        return Interlocked.CompareExchange(ref known, made, null) ?? made;
    }
}
