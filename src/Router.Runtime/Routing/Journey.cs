using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What a call does next.</summary>
internal enum NextStep
{
    /// <summary>Ask <see cref="Journey.Deployment"/>.</summary>
    Try,

    /// <summary>Wait for <see cref="Journey.WaitFor"/> or a signal, then look again.</summary>
    Wait,

    /// <summary>The call has failed.</summary>
    GiveUp,
}

/// <summary>
/// The way of one call through its group and its fallback groups: who was asked, who may still be, and what comes next.
/// It decides; <see cref="RetryLoop"/> acts. Every deployment that can take the call is visited once before any is
/// visited again, and each group is entered once.
/// </summary>
internal sealed class Journey
{
    private readonly RouterContext _router;
    private List<Attempt>? _failed;         // these two are made when something fails: most calls need neither
    private Queue<GroupState>? _pending;    // fallback groups that are still to be entered
    private CallProfile _call;
    private Leg[] _legs = new Leg[1];
    private int _legCount;
    private int _current;           // the leg of the group that is being visited
    private int _retries;           // attempts at deployments that had been asked before
    private bool _retryPaid;        // whether the budget has granted the next of those
    private long _noRetryBefore;    // the end of the backoff that precedes the next of those
    private bool _isOver;           // nobody would take the request as it is
    private AttemptFailure? _failure;

    public Journey(RouterContext router, CallClock clock, GroupState group, ChatRequest request)
    {
        _router = router;
        Clock = clock;
        _call = new CallProfile(request, RoutingOptions.Of(request.Options), Tokens: 0);
        group.RetryBudget.Deposit();
        group.Hedging?.Deposit();
        Enter(group);
    }

    public CallClock Clock { get; }

    public ChatRequest Request => _call.Request;

    /// <summary>The group that the caller asked.</summary>
    public GroupState Requested => _legs[0].Group;

    /// <summary>The group of <see cref="Deployment"/>.</summary>
    public GroupState Group => _legs[_current].Group;

    /// <summary>Whom to ask next; entered.</summary>
    public Deployment Deployment { get; private set; } = null!;

    /// <summary>What <see cref="RouterGen.Deployment.Leave"/> wants back.</summary>
    public Lease Lease { get; private set; }

    /// <summary>When the attempt at <see cref="Deployment"/> started.</summary>
    public long AttemptStarted => Lease.Entered;

    /// <summary>How long to wait.</summary>
    public TimeSpan WaitFor { get; private set; }

    /// <summary>When the first deployment returns, where the call gives up; null where none will.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>What the last attempt failed of; null where none was made.</summary>
    public AttemptFailure? LastFailure => _failure;

    public Attempt[] Attempts => _failed?.ToArray() ?? [];

    /// <summary>The groups that were entered.</summary>
    public IEnumerable<GroupState> Groups => _legs.Take(_legCount).Select(static leg => leg.Group);

    /// <summary>Whether somebody else could take the call now, should <see cref="Deployment"/> not answer.</summary>
    public bool AnotherCouldAnswer
    {
        get
        {
            ref Leg leg = ref _legs[_current];
            DeploymentSet others = leg.Tried;
            others.Add(Deployment.Index);
            return _pending is { Count: > 0 } || HasFallbackFor(FailureKind.Timeout) || leg.Group.Picker.HasEligible(_call, leg.ChoiceWithout(others), _router.Clock.Now);
        }
    }

    /// <summary>What a wait is for: the groups that were entered.</summary>
    public object[] Topics => [.. Groups.Select(static group => group.Definition)];

    /// <summary>Wakes another call that waits for what this one was woken for.</summary>
    public void WakeAnother()
    {
        foreach (GroupState group in Groups) _router.Signal.WakeOne(group.Definition);
    }

    /// <summary>The deployment has begun to answer: whatever becomes of the answer, it works.</summary>
    public void ConfirmLease() => Lease = Deployment.Confirm(Lease);

    /// <summary>How long the attempt may take before it is hedged; null where it is not.</summary>
    public TimeSpan? HedgeDelay => Group.Hedging?.Delay(Request.Stream);

    /// <summary>Finds and enters a deployment to ask beside <see cref="Deployment"/>, where the group's budget for that allows it.</summary>
    public bool TryHedge(out Deployment second, out Lease lease)
    {
        ref Leg leg = ref _legs[_current];
        DeploymentSet others = leg.Tried;
        others.Add(Deployment.Index);
        long now = _router.Clock.Now;
        if (!leg.Group.Picker.TryPick(leg.Group.Policy, _call, leg.ChoiceWithout(others), now, out second, out lease, out _)) return false;
        if (!lease.IsProbe && leg.Group.Hedging!.TryTake(second, now)) return true;
        second.Leave(lease, new AttemptReport { NotSent = true });
        return false;
    }

    /// <summary>Goes on with one of two deployments that were asked at once.</summary>
    public void Adopt(Deployment deployment, in Lease lease)
    {
        Deployment = deployment;
        Lease = lease;
    }

    /// <summary>Notes that a deployment was asked beside the one that answered, and too slow.</summary>
    public void NoteSuperseded(Deployment deployment, in Lease lease)
    {
        TimeSpan waited = _router.Clock.Since(lease.Entered);
        (_failed ??= []).Add(Describe(deployment, waited, new AttemptFailure(FailureKind.Superseded, "Another deployment answered first.")));
        Group.Hedging!.Note(Request.Stream, waited);
    }

    /// <summary>Notes that <see cref="Deployment"/> has answered, or begun to.</summary>
    public void NoteAnswer() => Group.Hedging?.Note(Request.Stream, _router.Clock.Since(AttemptStarted));

    /// <summary>Decides what comes next.</summary>
    public NextStep Next()
    {
        if (_isOver) return NextStep.GiveUp;
        if (FailedAttempts >= MaxAttempts) return GiveUp();
        if (Clock.Remaining <= TimeSpan.Zero) return GiveUp();
        do
        {
            if (TryVisit(ref _legs[_current], _legs[_current].Tried, out _)) return NextStep.Try;
        }
        while (TryEnterFallback());

        return Revisit();
    }

    /// <summary>Notes how the attempt at <see cref="Deployment"/> failed.</summary>
    public void Fail(AttemptFailure failure)
    {
        (_failed ??= []).Add(Describe(failure));
        _failure = failure;
        ref Leg leg = ref _legs[_current];
        FailureRule rule = FailureRule.For(failure.Kind);
        leg.Tried.Add(Deployment.Index);
        if (!rule.RetrySame) leg.Barred.Add(Deployment.Index);
        if (!rule.TryAnother)
        {
            leg.IsClosed = true;
            _isOver = !HasFallbackFor(failure.Kind);
        }

        if (failure.Kind is FailureKind.ContextWindowExceeded) leg.LargerThanWindow = Math.Max(leg.LargerThanWindow, Math.Max(1, Deployment.Definition.ContextWindow));
        _noRetryBefore = _router.Clock.Now + _router.Random.Jitter(Backoff(_retries)).Ticks;
    }

    /// <summary>Tells how the answer of <see cref="Deployment"/>, which has now come to its end, came about.</summary>
    public RouteSummary Summarize(UsageDetails? usage, long? firstContentAt) => new(
        Deployment.ModelUsed,
        Deployment.Name,
        Deployment.Prices?.CostOf(usage),
        _router.Clock.Since(Clock.Started),
        firstContentAt is { } at ? new TimeSpan(at - AttemptStarted) : null,
        _failed is null ? [Describe(null)] : [.. _failed, Describe(null)]);

    /// <summary>Whether there are groups to turn to for this failure.</summary>
    public bool HasFallbackFor(FailureKind kind) => Unvisited(Group.FallbacksFor(FailureRule.For(kind).Fallback)).Any();

    private int FailedAttempts => _failed?.Count ?? 0;

    private int MaxAttempts
    {
        get
        {
            if (Requested.Definition.MaxAttempts > 0) return Requested.Definition.MaxAttempts;
            int sum = 2;
            for (int i = 0; i < _legCount; i++) sum += _legs[i].Group.Deployments.Length;
            return sum;
        }
    }

    private bool TryVisit(ref Leg leg, in DeploymentSet excluded, out long returnsAt)
    {
        returnsAt = long.MaxValue;
        if (leg.IsClosed) return false;
        if (!leg.Group.Picker.TryPick(leg.Group.Policy, _call, leg.ChoiceWithout(excluded), _router.Clock.Now, out Deployment picked, out Lease lease, out returnsAt)) return false;
        Deployment = picked;
        Lease = lease;
        return true;
    }

    /// <summary>The current group is exhausted: enters the next one that takes over from it.</summary>
    private bool TryEnterFallback()
    {
        FallbackList list = _failure is null ? FallbackList.General : FailureRule.For(_failure.Kind).Fallback;
        foreach (GroupState group in Unvisited(Group.FallbacksFor(list))) (_pending ??= []).Enqueue(group);
        if (list is FallbackList.None || _pending is null || !_pending.TryDequeue(out GroupState? next)) return false;
        Enter(next);
        return true;
    }

    private IEnumerable<GroupState> Unvisited(GroupState[] groups) =>
        groups.Where(group => !Groups.Contains(group) && _pending?.Contains(group) is not true);

    private void Enter(GroupState group)
    {
        if (group.LimitsTokens && _call.Tokens == 0) _call = _call with { Tokens = RequestSize.EstimateTokens(Request) };
        if (_legCount == _legs.Length) Array.Resize(ref _legs, _legCount * 2);
        _legs[_legCount] = new Leg(group);
        _current = _legCount++;
    }

    /// <summary>All groups are exhausted for now: asks somebody again, or waits for the first who returns.</summary>
    private NextStep Revisit()
    {
        long now = _router.Clock.Now;
        long first = long.MaxValue;
        bool mayRetry = FailedAttempts == 0 || (_retryPaid = _retryPaid || Requested.RetryBudget.TryTake());
        for (int i = 0; i < _legCount; i++)
        {
            ref Leg leg = ref _legs[i];
            DeploymentSet excluded = mayRetry ? leg.Barred : leg.Tried;
            long returnsAt;
            if (FailedAttempts > 0 && now < _noRetryBefore)
            {
                returnsAt = leg.IsClosed ? long.MaxValue : Math.Max(_noRetryBefore, leg.Group.Picker.FirstReturn(_call, leg.ChoiceWithout(excluded), now));
            }
            else
            {
                _current = i;
                if (TryVisit(ref leg, excluded, out returnsAt))
                {
                    if (leg.Tried.Contains(Deployment.Index))
                    {
                        _retries++;
                        _retryPaid = false;
                    }

                    return NextStep.Try;
                }
            }

            first = Math.Min(first, returnsAt);
        }

        return WaitUntil(first, now);
    }

    private NextStep WaitUntil(long first, long now)
    {
        if (first == long.MaxValue) return GiveUp();
        TimeSpan remaining = Clock.Remaining;
        TimeSpan wait = first == CircuitBreaker.OnSignal ? remaining : new TimeSpan(first - now);
        if (wait > remaining)
        {
            RetryAfter = wait;
            return NextStep.GiveUp;
        }

        WaitFor = wait;
        return NextStep.Wait;
    }

    private NextStep GiveUp()
    {
        long now = _router.Clock.Now;
        long first = long.MaxValue;
        for (int i = 0; i < _legCount; i++)
        {
            if (!_legs[i].IsClosed) first = Math.Min(first, _legs[i].Group.Picker.FirstReturn(_call, _legs[i].ChoiceWithout(_legs[i].Barred), now));
        }

        if (first < CircuitBreaker.OnSignal) RetryAfter = new TimeSpan(Math.Max(0, first - now));
        return NextStep.GiveUp;
    }

    private Attempt Describe(AttemptFailure? failure) => Describe(Deployment, _router.Clock.Since(AttemptStarted), failure);

    private Attempt Describe(Deployment deployment, TimeSpan duration, AttemptFailure? failure) => new()
    {
        Group = Group.Name,
        Deployment = deployment.Name,
        Model = deployment.ModelUsed,
        Outcome = failure?.Kind ?? FailureKind.None,
        StatusCode = failure?.StatusCode,
        Message = failure?.Message,
        RetryAfter = failure?.RetryAfter,
        Duration = duration,
    };

    private static TimeSpan Backoff(int retries) => TimeSpan.FromSeconds(Math.Min(8, 0.2 * Math.Pow(2, Math.Min(retries, 10))));

    /// <summary>One group on the way.</summary>
    private struct Leg(GroupState group)
    {
        public readonly GroupState Group = group;
        public DeploymentSet Tried;     // asked already
        public DeploymentSet Barred;    // never to be asked again in this call
        public int LargerThanWindow;    // only deployments with a larger context window make sense
        public bool IsClosed;           // no other deployment would do better

        public readonly Choice ChoiceWithout(in DeploymentSet excluded) => new(excluded, LargerThanWindow);
    }
}
