namespace RouterGen;

// What comes next: the first deployment that can take the call, those after it, other groups, those that were asked before, or a wait.
internal sealed partial class CallRoute
{
    /// <summary>Gets when the first deployment returns, where the call gives up; null where none will, or the time is not known.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>Gets whether as many attempts have been made as there may be.</summary>
    public bool HasMadeAllAttempts { get; private set; }

    /// <summary>Gets whether no deployment was asked again because as many were as may be.</summary>
    public bool HasMadeAllRetries { get; private set; }

    /// <summary>Gets whether no deployment was asked again because there was no budget for it.</summary>
    public bool FoundRetryBudgetEmpty { get; private set; }

    /// <summary>Whether a deployment could not take the call now.</summary>
    public bool MustWaitFor(Deployment deployment)
    {
        long now = _router.Clock.Now;
        return deployment.ReturnsAt(now, _call) > now;
    }

    /// <summary>Gets what the caller demands and no deployment meets, in words, where that is why none was asked.</summary>
    public string? UnmetDemand => Groups.Select(group => group.Suitability.UnmetDemand(_call.Routing)).FirstOrDefault(static demand => demand is not null);

    /// <summary>Gets whether another deployment could take the call now, should <see cref="Deployment"/> not answer.</summary>
    public bool AnotherCouldAnswer
    {
        get
        {
            if (!MayAskAgain) return false;
            ref GroupVisit visit = ref _visits[_current];
            DeploymentSet others = visit.Tried;
            others.Add(Deployment.Index);
            return _pending is { Count: > 0 } || HasFallbackFor(FailureKind.Timeout) || visit.Group.Picker.HasEligible(_call, visit.FilterWithout(others), _router.Clock.Now);
        }
    }

    /// <summary>Decides what comes next.</summary>
    public NextStep Next()
    {
        if (_isOver) return NextStep.GiveUp;
        HasMadeAllAttempts = FailedAttempts >= MaxAttempts;
        if (HasMadeAllAttempts || Clock.Remaining <= TimeSpan.Zero) return GiveUp();
        do
        {
            if (TryVisit(_current, Sparing(_current, _visits[_current].Tried))) return FoundBeside();
        }
        while (!HasRefusals && TryEnterFallback()); // What a policy refused is for no other group either.

        return Revisit();
    }

    /// <summary>Whether another group is asked instead, where <see cref="Deployment"/> has failed in this way.</summary>
    public bool HandsOver(FailureKind kind) => MayAskAgain && HasFallbackFor(kind);

    /// <summary>Gets whether there may be an attempt beside or after the one at <see cref="Deployment"/>.</summary>
    private bool MayAskAgain => FailedAttempts + 1 < MaxAttempts;

    /// <summary>Gets how many attempts there may be, in all groups that were entered.</summary>
    public int MaxAttempts
    {
        get
        {
            if ((Routing.MaxAttempts ?? Requested.Settings.MaxAttempts) is var stated and > 0) return stated;
            if (Requested.Settings.MaxRetries is not null) return int.MaxValue; // Each deployment once, and the retries: these are bounded.
            int deployments = 0;
            for (int i = 0; i < _visitCount; i++) deployments += Routing.Deployment is null ? _visits[i].Group.Deployments.Length : 1;
            return Routing.UsualAttempts(deployments);
        }
    }

    /// <summary>Whether there are groups to turn to for this failure, if only such as are to be entered anyway.</summary>
    private bool HasFallbackFor(FailureKind kind) => !HasRefusals && Array.Exists(FallbacksOf(FailureRule.For(kind).Fallback), group => !Groups.Contains(group));

    private GroupState[] FallbacksOf(FallbackList list) => Routing.StaysInGroup ? [] : Group.FallbacksFor(list);

    /// <summary>Enters a deployment of a group, if one can take the call and is not claimed by calls that wait for it already.</summary>
    private bool TryVisit(int index, DeploymentSet excluded)
    {
        ref GroupVisit visit = ref _visits[index];
        if (visit.IsClosed) return false;
        if (visit.Group.Queue.Length > 0) excluded.Add(ClaimsToRespect(index, visit.Group.Queue.ClaimedAheadOf(Rank)));
        return TryEnter(index, PolicyOf(visit.Group), excluded, out _);
    }

    private bool TryEnter(int index, SelectionPolicy policy, in DeploymentSet excluded, out long returnsAt)
    {
        ref GroupVisit visit = ref _visits[index];
        long now = _router.Clock.Now;
        visit.Refused = default;
        if (!visit.Group.Picker.TryPickOrRefuse(policy, _call, visit.FilterWithout(excluded), now, out Deployment picked, out Lease lease, out returnsAt, ref visit.Refused)) return false;
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
        NoteFallback(next);
        return true;
    }

    /// <summary>All groups are exhausted for now: asks a deployment again, or waits for the first that returns.</summary>
    private NextStep Revisit()
    {
        bool mayHelp = FailedAttempts > 0 && CouldRevisit;
        HasMadeAllRetries = mayHelp && !MayRetry;
        mayHelp &= MayRetry;
        if (mayHelp) _retryPaid = _retryPaid || Requested.RetryBudget.TryTake();
        FoundRetryBudgetEmpty = mayHelp && !_retryPaid;
        _mayRevisit = FailedAttempts == 0 || (mayHelp && _retryPaid);
        TakePatience(_router.Clock.Now);
        bool backsOff = BacksOff(_router.Clock.Now);
        for (bool sparing = SparesAny; ; sparing = false)
        {
            for (int i = 0; i < _visitCount; i++)
            {
                DeploymentSet excluded = _visits[i].NotAgain(_mayRevisit && !backsOff);
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

    /// <summary>Gets whether the group's <see cref="ModelGroupAttribute.MaxRetries"/> allows another retry.</summary>
    private bool MayRetry => Requested.Settings.MaxRetries is not { } most || _retries < most;

    /// <summary>Gets whether any of those that were asked might be asked again; what is never retried is not to be paid for.</summary>
    private bool CouldRevisit
    {
        get
        {
            for (int i = 0; i < _visitCount; i++)
            {
                if (!_visits[i].IsClosed && !_visits[i].Excluded.Contains(_visits[i].Tried)) return true;
            }

            return false;
        }
    }

    /// <summary>A deployment that had been asked before is asked again, which the retry budget has granted.</summary>
    private void NoteRevisit()
    {
        if (!_visits[_current].Tried.Contains(Deployment.Index)) return;
        _retries++;
        _retryPaid = false;
    }

    /// <summary>Tells when another call may succeed, which this one's own limits on retries do not concern.</summary>
    private NextStep GiveUp()
    {
        long now = _router.Clock.Now;
        long first = long.MaxValue;
        CallProfile another = _call with { Patience = 0, Deadline = 0 };
        for (int i = 0; i < _visitCount; i++)
        {
            if (_visits[i].IsClosed) continue;
            DeploymentSet useless = _visits[i].Hopeless;
            useless.Add(_visits[i].Refused.Deployments);
            first = Math.Min(first, _visits[i].Group.Picker.FirstReturn(another, _visits[i].FilterWithout(useless), now));
        }

        if (first < CircuitBreaker.OnSignal) RetryAfter = new TimeSpan(Math.Max(0, Math.Max(first, _askedOfCaller) - now));
        return NextStep.GiveUp;
    }

    /// <summary>The pause before a deployment is asked again, where so many have been.</summary>
    private TimeSpan Backoff(int retries)
    {
        TimeSpan first = Requested.Settings.RetryBackoff;
        TimeSpan longest = Requested.Settings.MaxRetryBackoff;
        double seconds = first.TotalSeconds * Math.Pow(2, Math.Min(retries, 20));
        return first >= longest ? first : seconds < longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : longest;
    }
}
