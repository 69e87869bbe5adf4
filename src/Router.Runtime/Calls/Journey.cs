using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// The way of one call through its group and its fallback groups: who was asked, who may still be, and what comes next.
/// It decides; <see cref="RetryLoop"/> acts. Every deployment that can take the call is visited once before any is
/// visited again, and each group is entered once.
/// </summary>
internal sealed partial class Journey
{
    private readonly RouterContext _router;
    private List<Attempt>? _failed;         // these two are made when something fails: most calls need neither
    private List<GroupState>? _pending;     // fallback groups that are still to be entered
    private CallProfile _call;
    private Leg[] _legs = new Leg[1];
    private int _legCount;
    private int _current;           // the leg of the group that is being visited
    private int _retries;           // attempts at deployments that had been asked before
    private bool _retryPaid;        // whether the budget has granted the next of those
    private bool _mayRevisit;       // whether those that were asked before may be waited for
    private long _noRetryBefore;    // the end of the backoff that precedes the next of those
    private long _askedOfCaller;    // until when a provider asks the caller, whose key it was, to wait
    private bool _isOver;           // no deployment would take the request as it is
    private AttemptFailure? _failure;

    public Journey(RouterContext router, CallClock clock, GroupState group, CallRequest request, RoutingOptions routing)
    {
        _router = router;
        Clock = clock;
        _call = new CallProfile(request, routing, Tokens: 0) { Deadline = clock.Deadline };
        group.RetryBudget.Deposit();
        Enter(group);
        if (_legs[0].Sticky.Kind is StickyKind.Session && Array.Exists(group.Deployments, static deployment => deployment.Settings.State is ServiceState.Draining))
            _call = _call with { Home = StickyChoice.HomeOf(group.Deployments, _legs[0].Unsuited, _legs[0].Sticky) };
    }

    public CallClock Clock { get; }

    public CallRequest Request => _call.Request;

    public RoutingOptions Routing => _call.Routing;

    /// <summary>The group that the caller asked.</summary>
    public GroupState Requested => _legs[0].Group;

    /// <summary>The group of <see cref="Deployment"/>.</summary>
    public GroupState Group => _legs[_current].Group;

    /// <summary>The attempt that is under way, or the last one.</summary>
    public AttemptScope Attempt { get; private set; } = null!;

    /// <summary>The deployment of <see cref="Attempt"/>.</summary>
    public Deployment Deployment => Attempt.Deployment;

    /// <summary>When the first deployment returns, where the call gives up; null where none will, or the time is not known.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>Whether as many attempts have been made as there may be.</summary>
    public bool HasMadeAllAttempts { get; private set; }

    /// <summary>Whether no deployment was asked again because there was no budget for it.</summary>
    public bool FoundRetryBudgetEmpty { get; private set; }

    /// <summary>Why the last attempt failed; null where none was made.</summary>
    public AttemptFailure? LastFailure => _failure;

    public Attempt[] Attempts => _failed?.ToArray() ?? [];

    /// <summary>The groups that were entered.</summary>
    public IEnumerable<GroupState> Groups => _legs.Take(_legCount).Select(static leg => leg.Group);

    /// <summary>The deployments of those groups that the call suits.</summary>
    public IEnumerable<Deployment> Suited =>
        _legs.Take(_legCount).SelectMany(static leg => leg.Group.Deployments.Where(deployment => !leg.Unsuited.Contains(deployment.Index)));

    /// <summary>Whether a deployment could not take the call now.</summary>
    public bool MustWaitFor(Deployment deployment)
    {
        long now = _router.Clock.Now;
        return deployment.ReturnsAt(now, _call) > now;
    }

    /// <summary>What the caller demands and no deployment meets, in words, where that is why none was asked.</summary>
    public string? UnmetDemand => Groups.Select(group => group.Suitability.UnmetDemand(_call.Routing)).FirstOrDefault(static demand => demand is not null);

    /// <summary>Whether another deployment could take the call now, should <see cref="Deployment"/> not answer.</summary>
    public bool AnotherCouldAnswer
    {
        get
        {
            if (!MayAskAgain) return false;
            ref Leg leg = ref _legs[_current];
            DeploymentSet others = leg.Tried;
            others.Add(Deployment.Index);
            return _pending is { Count: > 0 } || HasFallbackFor(FailureKind.Timeout) || leg.Group.Picker.HasEligible(_call, leg.ChoiceWithout(others), _router.Clock.Now);
        }
    }

    /// <summary>The tokens of the request's text, as estimated.</summary>
    public int InputTokens => Request.Shape.InputTokens;

    /// <summary>How long the attempt may take before it is hedged; null where it is not.</summary>
    public TimeSpan? HedgeDelay => Group.Hedging?.Delay(Request.IsStreaming);

    /// <summary>Finds and enters a deployment to ask beside <see cref="Deployment"/>, where the group's budget for that allows it.</summary>
    public bool TryHedge([NotNullWhen(true)] out AttemptScope? second)
    {
        ref Leg leg = ref _legs[_current];
        DeploymentSet others = leg.Tried;
        others.Add(Deployment.Index);
        long now = _router.Clock.Now;
        second = null;
        if (!MayAskAgain || !leg.Group.Hedging!.CanPay || leg.Group.Queue.Length > 0) return false; // Those in the queue wait for a first answer.
        if (!leg.Group.Picker.TryPick(PolicyOf(leg.Group), _call, leg.ChoiceWithout(others), now, out Deployment picked, out Lease lease, out _)) return false;
        second = new AttemptScope(picked, picked.CredentialsFor(Routing), lease);
        if (!lease.IsProbe && leg.Group.Hedging.TryTake(picked, now)) return true;
        second.EndUnasked();
        return false;
    }

    /// <summary>Goes on with one of two deployments that were asked at once.</summary>
    public void Adopt(AttemptScope attempt) => Attempt = attempt;

    /// <summary>Notes that a deployment was asked beside the one that answered, and too slow.</summary>
    public void NoteSuperseded(AttemptScope attempt)
    {
        TimeSpan waited = _router.Clock.Since(attempt.Started);
        (_failed ??= []).Add(Describe(attempt.Deployment, waited, new AttemptFailure(FailureKind.Superseded, "Another deployment answered first.")));
        Group.Hedging!.Note(Request.IsStreaming, waited);
    }

    /// <summary>Notes that the caller cancelled while <see cref="Deployment"/> was being asked.</summary>
    public void NoteCanceled() => NoteCanceled(Attempt);

    /// <summary>Notes that the caller cancelled while a deployment was being asked.</summary>
    public void NoteCanceled(AttemptScope attempt) =>
        (_failed ??= []).Add(Describe(attempt.Deployment, _router.Clock.Since(attempt.Started), new AttemptFailure(FailureKind.Canceled, "The caller cancelled the call.")));

    /// <summary>Notes that <see cref="Deployment"/> has answered, or begun to.</summary>
    public void NoteAnswer() => Group.Hedging?.Note(Request.IsStreaming, _router.Clock.Since(Attempt.Started));

    /// <summary>
    /// Whether a failure says nothing about <see cref="Deployment"/>: the deadline ended it, which had left it little time,
    /// or which counts that of a stream's consumer too.
    /// </summary>
    public bool ProvesNothing(AttemptFailure failure) =>
        failure.AtDeadline && (Attempt.Lease.IsTimed || _router.Clock.Since(Attempt.Started) < Requested.Settings.Timeout / 4);

    /// <summary>Decides what comes next.</summary>
    public NextStep Next()
    {
        if (_isOver) return NextStep.GiveUp;
        HasMadeAllAttempts = FailedAttempts >= MaxAttempts;
        if (HasMadeAllAttempts || Clock.Remaining <= TimeSpan.Zero) return GiveUp();
        do
        {
            if (TryVisit(_current, Sparing(_current, _legs[_current].Tried))) return FoundBeside();
        }
        while (!HasRefusals && TryEnterFallback()); // What a policy refused is for no other group either.

        return Revisit();
    }

    /// <summary>Ends an attempt that failed.</summary>
    /// <param name="told">Why it failed, as the provider or the transport told it.</param>
    /// <param name="usage">What the provider had counted; null where it did not say.</param>
    /// <param name="value">What came beside the failure; it may still be handed on.</param>
    public void EndFailed(AttemptFailure told, UsageDetails? usage, object? value)
    {
        if (value is not null) PassOver(value, told.Kind);
        NoteFailure(Attempt.End(new AttemptReport { Failure = told, Abandoned = ProvesNothing(told), Usage = usage, IsCut = true })!);
    }

    /// <summary>Notes how the attempt at <see cref="Deployment"/> failed.</summary>
    public void NoteFailure(AttemptFailure failure)
    {
        (_failed ??= []).Add(Describe(failure));
        _failure = failure;
        ref Leg leg = ref _legs[_current];
        FailureRule rule = FailureRule.For(failure.Kind);
        leg.Tried.Add(Deployment.Index);
        if (!rule.RetrySame) leg.Useless.Add(Deployment.Index);
        if (!rule.RetrySame || !Routing.AllowsAnother(FailuresHere(failure.Kind), failure.Kind)) leg.Barred.Add(Deployment.Index);
        if (!rule.TryAnother)
        {
            leg.IsClosed = true;
            _isOver = !HasFallbackFor(failure.Kind);
        }

        if (failure.Kind is FailureKind.ContextWindowExceeded) leg.LargerThanWindow = Math.Max(leg.LargerThanWindow, Math.Max(1, Deployment.Definition.ContextWindow));
        long now = _router.Clock.Now;
        long asked = Attempt.Lease.AskedOfCaller(failure).Ticks;
        _noRetryBefore = now + Math.Max(_router.Random.Jitter(Backoff(_retries)).Ticks, asked);
        if (asked > 0) _askedOfCaller = Math.Max(_askedOfCaller, now + asked);
    }

    /// <summary>Notes in the usage of a call what it cost, where that may be added to the usage of other calls.</summary>
    public void NoteCost(UsageDetails? usage)
    {
        if (Request.IsPartOfMany) CallCost.Note(usage, Deployment.Prices);
    }

    /// <summary>Tells how the answer of <see cref="Deployment"/>, which has now come to its end, came about.</summary>
    public RouteSummary Summarize(long? firstContentAt) => new(
        Deployment.ModelUsed,
        Deployment.Name,
        Deployment.Prices,
        _router.Clock.Since(Clock.Started),
        firstContentAt is { } at ? new TimeSpan(at - Attempt.Started) : null,
        HandsOnEmpty ? Attempts : _failed is null ? [Describe(null)] : [.. _failed, Describe(null)]);

    /// <summary>Whether another group is asked instead, where <see cref="Deployment"/> has failed in this way.</summary>
    public bool HandsOver(FailureKind kind) => MayAskAgain && HasFallbackFor(kind);

    private int FailedAttempts => _failed?.Count ?? 0;

    /// <summary>Whether there may be an attempt beside or after the one at <see cref="Deployment"/>.</summary>
    private bool MayAskAgain => FailedAttempts + 1 < MaxAttempts;

    /// <summary>How many attempts there may be, in all groups that were entered.</summary>
    public int MaxAttempts
    {
        get
        {
            if ((Routing.MaxAttempts ?? Requested.Settings.MaxAttempts) is var stated and > 0) return stated;
            int deployments = 0;
            for (int i = 0; i < _legCount; i++) deployments += Routing.Deployment is null ? _legs[i].Group.Deployments.Length : 1;
            return Routing.UsualAttempts(deployments);
        }
    }

    /// <summary>Whether there are groups to turn to for this failure, if only such as are to be entered anyway.</summary>
    private bool HasFallbackFor(FailureKind kind) => !HasRefusals && Array.Exists(FallbacksOf(FailureRule.For(kind).Fallback), group => !Groups.Contains(group));

    private GroupState[] FallbacksOf(FallbackList list) => Routing.StaysInGroup ? [] : Group.FallbacksFor(list);

    /// <summary>How often <see cref="Deployment"/> has failed in this way.</summary>
    private int FailuresHere(FailureKind kind) =>
        _failed!.Count(attempt => attempt.Outcome == kind && attempt.Deployment == Deployment.Name && attempt.Group == Group.Name);

    /// <summary>Enters a deployment of a group, if one can take the call and does not belong to those who wait for it already.</summary>
    private bool TryVisit(int index, DeploymentSet excluded)
    {
        ref Leg leg = ref _legs[index];
        if (leg.IsClosed) return false;
        if (leg.Group.Queue.Length > 0) excluded.Add(ClaimsToRespect(index, leg.Group.Queue.ClaimedAheadOf(Rank)));
        return TryEnter(index, excluded, out _);
    }

    private bool TryEnter(int index, in DeploymentSet excluded, out long returnsAt)
    {
        ref Leg leg = ref _legs[index];
        long now = _router.Clock.Now;
        leg.Refused = default;
        if (!leg.Group.Picker.TryPickOrRefuse(PolicyOf(leg.Group), _call, leg.ChoiceWithout(excluded), now, out Deployment picked, out Lease lease, out returnsAt, ref leg.Refused)) return false;
        _current = index;
        Attempt = new AttemptScope(picked, picked.CredentialsFor(Routing), lease);
        return true;
    }

    /// <summary>The current group is exhausted: enters the next one that takes over from it.</summary>
    private bool TryEnterFallback()
    {
        FallbackList list = _failure is null ? FallbackList.General : FailureRule.For(_failure.Kind).Fallback;
        if (list is FallbackList.None) return false;
        List<GroupState> before = _pending ?? [];
        GroupState[] groups = FallbacksOf(list);

        // Those for this very failure go before those that are to take over from an outage.
        IEnumerable<GroupState> inOrder = list is FallbackList.General ? before.Concat(groups) : groups.Concat(before);
        _pending = [.. inOrder.Distinct().Except(Groups)];
        if (_pending.Count == 0) return false;
        GroupState next = _pending[0];
        _pending.RemoveAt(0);
        Enter(next);
        return true;
    }

    private void Enter(GroupState group)
    {
        group.Hedging?.Deposit();
        if (group.LooksAtRequests && _call.Tokens == 0) _call = _call with { Tokens = Request.Shape.Tokens };

        if (_legCount == _legs.Length) Array.Resize(ref _legs, _legCount * 2);
        _legs[_legCount] = new Leg(group, group.Suitability.Unsuited(_call), StickyKey.Of(_call, group.Definition));
        _current = _legCount++;
    }

    /// <summary>All groups are exhausted for now: asks a deployment again, or waits for the first that returns.</summary>
    private NextStep Revisit()
    {
        bool mayHelp = FailedAttempts > 0 && CouldRevisit;
        if (mayHelp) _retryPaid = _retryPaid || Requested.RetryBudget.TryTake();
        FoundRetryBudgetEmpty = mayHelp && !_retryPaid;
        _mayRevisit = FailedAttempts == 0 || (mayHelp && _retryPaid);
        TakePatience(_router.Clock.Now);
        bool backsOff = BacksOff(_router.Clock.Now);
        for (bool sparing = SparesAny; ; sparing = false)
        {
            for (int i = 0; i < _legCount; i++)
            {
                DeploymentSet excluded = _legs[i].NotAgain(_mayRevisit && !backsOff);
                if (!TryVisit(i, sparing ? Sparing(i, excluded) : excluded)) continue;
                NoteRevisit();
                return sparing ? FoundBeside() : NextStep.Try;
            }

            if (!sparing) break;
        }

        long now = _router.Clock.Now;
        if (IsInTime(FirstReturn(_call, now))) return NextStep.Wait;
        LostPatience = IsInTime(FirstReturn(_call with { Patience = Clock.Deadline, BoundsRateLimits = false }, now));
        return GiveUp();
    }

    /// <summary>Whether any of those that were asked might be asked again; what is never retried is not to be paid for.</summary>
    private bool CouldRevisit
    {
        get
        {
            for (int i = 0; i < _legCount; i++)
            {
                if (!_legs[i].IsClosed && !_legs[i].Barred.Contains(_legs[i].Tried)) return true;
            }

            return false;
        }
    }

    /// <summary>A deployment that had been asked before is asked again, which the retry budget has granted.</summary>
    private void NoteRevisit()
    {
        if (!_legs[_current].Tried.Contains(Deployment.Index)) return;
        _retries++;
        _retryPaid = false;
    }

    /// <summary>Tells when another call may succeed, which this one's own limits on retries do not concern.</summary>
    private NextStep GiveUp()
    {
        long now = _router.Clock.Now;
        long first = long.MaxValue;
        CallProfile another = _call with { Patience = 0, Deadline = 0 };
        for (int i = 0; i < _legCount; i++)
        {
            if (_legs[i].IsClosed) continue;
            DeploymentSet useless = _legs[i].Useless;
            useless.Add(_legs[i].Refused.Deployments);
            first = Math.Min(first, _legs[i].Group.Picker.FirstReturn(another, _legs[i].ChoiceWithout(useless), now));
        }

        if (first < CircuitBreaker.OnSignal) RetryAfter = new TimeSpan(Math.Max(0, Math.Max(first, _askedOfCaller) - now));
        return NextStep.GiveUp;
    }

    private SelectionPolicy PolicyOf(GroupState group) => group.Policy.For(Routing.Strategy ?? group.Settings.Strategy);

    private Attempt Describe(AttemptFailure? failure) => Describe(Deployment, _router.Clock.Since(Attempt.Started), failure);

    private Attempt Describe(Deployment deployment, TimeSpan duration, AttemptFailure? failure) => new()
    {
        Group = Group.Name,
        Deployment = deployment.Name,
        Model = deployment.ModelUsed,
        Outcome = failure?.Kind ?? FailureKind.None,
        Scope = failure?.Scope ?? FailureScope.None,
        StatusCode = failure?.StatusCode,
        ErrorCode = failure?.ErrorCode,
        IsUnrecognized = failure is { IsUnrecognized: true },
        Message = failure?.Message,
        RetryAfter = failure?.RetryAfter,
        Duration = duration,
    };

    private static TimeSpan Backoff(int retries) => TimeSpan.FromSeconds(Math.Min(8, 0.2 * Math.Pow(2, Math.Min(retries, 10))));

    /// <summary>One group on the way.</summary>
    private struct Leg(GroupState group, DeploymentSet unsuited, StickyKey sticky)
    {
        public readonly GroupState Group = group;
        public readonly DeploymentSet Unsuited = unsuited;  // cannot serve the call
        public readonly StickyKey Sticky = sticky;
        public DeploymentSet Tried = unsuited;              // asked already, or never to be
        public DeploymentSet Barred = unsuited;             // never to be asked (again) in this call
        public DeploymentSet Useless = unsuited;            // those of them that would do no better in another call
        public Refusals Refused;        // what the group's policy refused in the last look
        public int LargerThanWindow;    // only deployments with a larger context window make sense
        public bool IsClosed;           // no other deployment would do better

        /// <summary>Who is not to be asked, when everybody has been who could.</summary>
        public readonly DeploymentSet NotAgain(bool mayRevisit) => mayRevisit ? Barred : Tried;

        public readonly Choice ChoiceWithout(in DeploymentSet excluded) => new(excluded, LargerThanWindow) { Sticky = Sticky };
    }
}
