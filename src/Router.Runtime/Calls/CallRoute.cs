using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// The way of one call through its group and its fallback groups: the deployments that were asked, those that may still be, and what comes
/// next. <see cref="RetryLoop"/> asks it and sends. Every deployment that can take the call is visited once before any is visited again,
/// and each group is entered once.
/// </summary>
internal sealed partial class CallRoute
{
    private readonly RouterContext _router;
    private List<Attempt>? _failed;         // these two are made when something fails: most calls need neither
    private List<GroupState>? _pending;     // fallback groups that are still to be entered
    private CallProfile _call;
    private GroupVisit[] _visits = new GroupVisit[1];
    private int _visitCount;
    private int _current;           // the visit of the group that is being visited
    private int _retries;           // attempts at deployments that had been asked before
    private bool _retryPaid;        // whether the budget has granted the next of those
    private bool _mayRevisit;       // whether those that were asked before may be waited for
    private long _noRetryBefore;    // the end of the backoff that precedes the next of those
    private long _askedOfCaller;    // until when a provider asks the caller, whose key it was, to wait
    private bool _isOver;           // no deployment would take the request as it is
    private AttemptFailure? _failure;

    public CallRoute(RouterContext router, CallClock clock, GroupState group, CallRequest request, CallOptions routing, ObservedCall? observed = null)
    {
        _router = router;
        _observed = observed;
        Clock = clock;
        _call = new CallProfile(request, routing, Tokens: 0) { Deadline = clock.Deadline };
        Drill = MockDrill.Of(routing, group.Name);
        group.RetryBudget.Deposit();
        Enter(group);
        if (_visits[0].Sticky.Kind is StickyKind.Session && Array.Exists(group.Deployments, static deployment => deployment.Settings.State is ServiceState.Draining))
            _call = _call with { Home = StickyChoice.HomeOf(group.Deployments, _visits[0].Unsuitable, _visits[0].Sticky) };
    }

    public CallClock Clock { get; }

    public CallRequest Request => _call.Request;

    public CallOptions Routing => _call.Routing;

    /// <summary>Gets the call's drill; null where it is none.</summary>
    public MockDrill? Drill { get; }

    /// <summary>Gets the group that the caller asked.</summary>
    public GroupState Requested => _visits[0].Group;

    /// <summary>Gets the group of <see cref="Deployment"/>.</summary>
    public GroupState Group => _visits[_current].Group;

    /// <summary>Gets what bounds attempts in that group.</summary>
    public CallLimits Limits => new(Group.Settings, Routing);

    /// <summary>Gets the attempt that is under way, or the last one.</summary>
    public AttemptScope Attempt { get; private set; } = null!;

    /// <summary>Gets the deployment of <see cref="Attempt"/>.</summary>
    public Deployment Deployment => Attempt.Deployment;

    /// <summary>Gets the groups that were entered.</summary>
    public IEnumerable<GroupState> Groups => _visits.Take(_visitCount).Select(static visit => visit.Group);

    /// <summary>Gets the deployments of those groups that the call suits.</summary>
    public IEnumerable<Deployment> Suited =>
        _visits.Take(_visitCount).SelectMany(static visit => visit.Group.Deployments.Where(deployment => !visit.Unsuitable.Contains(deployment.Index)));

    /// <summary>Gets the tokens of the request's text, as estimated.</summary>
    public int InputTokens => Request.Shape.InputTokens;

    private void Enter(GroupState group)
    {
        group.Hedging?.Deposit();
        if (group.LooksAtRequests && _call.Tokens == 0) _call = _call with { Tokens = Request.Shape.Tokens };

        if (_visitCount == _visits.Length) Array.Resize(ref _visits, _visitCount * 2);
        _visits[_visitCount] = new GroupVisit(group, group.Suitability.Unsuitable(_call), StickyKey.Of(_call, group.Definition));
        _current = _visitCount++;
    }

    private SelectionPolicy PolicyOf(GroupState group) => group.Policy.For(StrategyIn(group));

    private RoutingStrategy? StrategyIn(GroupState group) => Routing.Strategy ?? group.Settings.Strategy;

    /// <summary>One group on the way.</summary>
    private struct GroupVisit(GroupState group, DeploymentSet unsuited, StickyKey sticky)
    {
        public readonly GroupState Group = group;
        public readonly DeploymentSet Unsuitable = unsuited;  // cannot serve the call
        public readonly StickyKey Sticky = sticky;
        public DeploymentSet Tried = unsuited;              // asked already, or never to be
        public DeploymentSet Excluded = unsuited;             // never to be asked (again) in this call
        public DeploymentSet Hopeless = unsuited;            // those of them that would do no better in another call
        public Refusals Refused;        // what the group's policy refused in the last look
        public int LongerThan;          // only deployments that take longer prompts make sense
        public bool IsClosed;           // no other deployment would do better

        /// <summary>The deployments that are not to be asked, once every other one has been.</summary>
        public readonly DeploymentSet NotAgain(bool mayRevisit) => mayRevisit ? Excluded : Tried;

        public readonly PickFilter FilterWithout(in DeploymentSet excluded) => new(excluded, LongerThan) { Sticky = Sticky };
    }
}
