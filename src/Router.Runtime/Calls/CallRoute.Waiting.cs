namespace RouterGen;

// How a call waits: in the queues of all groups that it has come to, for whichever deployment returns first.
internal sealed partial class CallRoute : IWaitingCall
{
    /// <summary>Gets whether it gave up because too many calls wait already.</summary>
    public bool FoundQueueFull { get; private set; }

    // It outlasts five failures in a row (cooldowns of 0.2, 0.5, 1, 2 and 4 s), and so a blip or a restarted server. In a longer
    // outage deployments cool for up to 30 s: most calls fail at once then, instead of piling up.
    private static readonly TimeSpan UsualMaxWait = TimeSpan.FromSeconds(GroupProperties.DefaultMaxWaitSeconds);

    private long _waitedForReturn; // in all, in ticks; see MaxWait
    private long _waitedForLimits;
    private bool _waitsForUntried; // whether it waits for those alone that were not asked yet

    /// <summary>Gets the longest that the call waits, in all, for deployments that have failed.</summary>
    public TimeSpan MaxWait => StatedMaxWait ?? UsualMaxWait;

    /// <summary>Gets how long the call has waited for deployments that had failed.</summary>
    public TimeSpan WaitedForReturn => new(_waitedForReturn);

    /// <summary>Gets how long the call has waited for limits.</summary>
    public TimeSpan WaitedForLimits => new(_waitedForLimits);

    /// <summary>Gets whether it gave up because a deployment returns later than it may wait for.</summary>
    public bool LostPatience { get; private set; }

    private TimeSpan? StatedMaxWait => Routing.MaxWait ?? Requested.Settings.MaxWait;

    /// <summary>Gets where the call stands. A call that a policy makes while it is asked about another goes before that one, which waits for it.</summary>
    private QueueRank Rank
    {
        get
        {
            var own = new QueueRank(_call.Routing.Priority, Clock.Started, Ticket: long.MaxValue);
            return _router.QueueGate.Asked is { } asked && asked.CompareTo(own) < 0 ? asked with { Started = asked.Started - 1, Ticket = long.MaxValue } : own;
        }
    }

    /// <summary>
    /// Waits for a deployment. Ends with the deadline, and also when the caller cancels: then the next look finds that.
    /// </summary>
    /// <returns>
    /// <see cref="NextStep.Try"/> where <see cref="Deployment"/> was entered, <see cref="NextStep.Wait"/> where the call is
    /// to look again, <see cref="NextStep.GiveUp"/> where too many wait already.
    /// </returns>
    public async ValueTask<NextStep> WaitAsync(bool async)
    {
        long now = _router.Clock.Now;
        bool isForLimits = WaitsForLimits(now);
        long until = isForLimits ? Clock.Deadline : _call.Patience;
        long untried = FirstReturn(_call, now, again: false);
        _waitsForUntried = BacksOff(now) && (untried <= Math.Min(until, _noRetryBefore) || untried == CircuitBreaker.OnSignal);

        // A backoff is that of the deployments that failed. Until it is over the others are waited for, where that makes sense.
        Waiter waiter = _waitsForUntried
            ? new Waiter(this, Math.Min(until, _noRetryBefore), notBefore: 0, async) { Rank = Rank }
            : new Waiter(this, until, BacksOff(now) ? _noRetryBefore : 0, async) { Rank = Rank };
        CallQueue.Place[] places = Places(waiter);
        if (!CallQueue.TryJoin(places))
        {
            FoundQueueFull = true;
            return GiveUp();
        }

        bool hasEntered = false;

        // Before the call goes on, no queue may be left that could release it a second time.
        using (Clock.Caller.UnsafeRegister(static place => CallQueue.Withdraw((CallQueue.Place)place!), places[0]))
        {
            await waiter.WaitAsync().ConfigureAwait(false);
            while (!hasEntered && waiter.Turn is { } place)
            {
                hasEntered = Decide(place);
                await waiter.WaitAsync().ConfigureAwait(false);
            }
        }

        long waited = _router.Clock.Now - now;
        (isForLimits ? ref _waitedForLimits : ref _waitedForReturn) += waited;
        NoteWait(isForLimits ? WaitReason.Limits : WaitReason.Recovery, new TimeSpan(waited));

        if (!hasEntered && !waiter.IsAdmitted) return NextStep.Wait;
        NoteRevisit();
        if (!Clock.Caller.IsCancellationRequested && Clock.Remaining > TimeSpan.Zero) return NextStep.Try;
        Attempt.EndUnasked();
        return NextStep.Wait;
    }

    DeploymentSet IWaitingCall.ClaimsToRespect(int place, DeploymentSet claimed) => ClaimsToRespect(place, claimed);

    Turn IWaitingCall.TakeTurn(int place, in DeploymentSet respected, long now, out long returnsAt)
    {
        GroupState group = _visits[place].Group;
        if (group.Policy.StrategyFor(StrategyIn(group)) is { } strategy) return TryEnterInTurn(place, respected, strategy, out returnsAt) ? Turn.Enter : Turn.Wait;
        returnsAt = group.Picker.FirstReturn(_call, RevisitFilter(place, respected), now);
        return returnsAt <= now ? Turn.Decide : Turn.Wait;
    }

    /// <summary>Asks a policy of the user's about what has returned. The call keeps its places in the queues until it has answered.</summary>
    /// <returns>Whether a deployment was entered.</returns>
    private bool Decide(CallQueue.Place place)
    {
        bool stays = false;
        try
        {
            DeploymentSet refused = _visits[place.Number].Refused.Deployments;
            using (_router.QueueGate.Ask(place.Waiter.Rank))
            {
                if (TryEnterInTurn(place.Number, place.Respected, PolicyOf(_visits[place.Number].Group), out _)) return true;
            }

            // Where what has returned is refused as well, it is no longer known what the call waits for: it looks again.
            stays = refused.Contains(_visits[place.Number].Refused.Deployments);
            return false;
        }
        finally
        {
            CallQueue.Conclude(place, stays);
        }
    }

    /// <summary>Picks and enters a deployment of a group in which one may have returned.</summary>
    private bool TryEnterInTurn(int index, in DeploymentSet respected, SelectionPolicy policy, out long returnsAt)
    {
        ref GroupVisit visit = ref _visits[index];
        Refusals before = visit.Refused;
        DeploymentSet excluded = RevisitFilter(index, respected).Excluded;
        if ((SparesAny && TryEnter(index, policy, Sparing(index, excluded), out returnsAt)) || TryEnter(index, policy, excluded, out returnsAt)) return true;
        visit.Refused.Add(before);
        return false;
    }

    DeploymentSet IWaitingCall.Claims(int place, long now) =>
        _visits[place].Group.Picker.ReturningBy(Clock.Deadline, _call, RevisitFilter(place), now);

    long IWaitingCall.FirstReturn(long now) => _waitsForUntried ? FirstReturn(_call, now, again: false) : FirstReturn(_call, now);

    /// <summary>
    /// Whether a limit is what the call waits for, so that it has until its deadline: its wait makes sense without those that
    /// have failed, or one of these returns in time and is at a limit for longer.
    /// </summary>
    private bool WaitsForLimits(long now) =>
        IsInTime(FirstReturn(_call with { Patience = long.MinValue }, now))
        || (FirstReturn(_call, now) is var first && first > _call.Patience && first != CircuitBreaker.OnSignal);

    /// <summary>Notes until when the call can wait for deployments that have failed, from now on.</summary>
    private void TakePatience(long now)
    {
        long left = Math.Max(0, MaxWait.Ticks - _waitedForReturn);
        _call = _call with { Patience = left < Clock.Deadline - now ? now + left : Clock.Deadline, BoundsRateLimits = StatedMaxWait is not null };
    }

    /// <summary>Whether the call can wait for what returns then.</summary>
    private bool IsInTime(long returnsAt) => returnsAt == CircuitBreaker.OnSignal || returnsAt <= Clock.Deadline; // not what remains: time goes on between two looks at the clock

    /// <summary>When the first deployment returns that the call may turn to and waits for.</summary>
    private long FirstReturn(in CallProfile call, long now)
    {
        long untried = FirstReturn(call, now, again: false);
        if (!_mayRevisit || FailedAttempts == 0) return untried;
        bool isBackoffInTime = _noRetryBefore <= now || _noRetryBefore <= call.PatienceAfter(_failure?.Kind);
        return isBackoffInTime ? Math.Min(untried, Math.Max(_noRetryBefore, FirstReturn(call, now, again: true))) : untried;
    }

    /// <summary>The same of those that were not asked yet, or also of those that may be asked again, whatever the backoff.</summary>
    private long FirstReturn(in CallProfile call, long now, bool again)
    {
        long first = long.MaxValue;
        bool isSignalled = false;
        for (int i = 0; i < _visitCount; i++)
        {
            if (_visits[i].IsClosed) continue;
            DeploymentPicker picker = _visits[i].Group.Picker;
            PickFilter filter = _visits[i].FilterWithout(NotWorthWaitingFor(_visits[i], again, now));
            first = Math.Min(first, picker.FirstInTime(call, filter, now));

            // A time that is known goes before a signal; but where it is too late for the call, a signal may not be.
            if (first > Clock.Deadline) isSignalled |= !picker.ReturningBy(Clock.Deadline, call, filter, now).IsEmpty;
        }

        return first > Clock.Deadline && isSignalled ? CircuitBreaker.OnSignal : first;
    }

    /// <summary>What a wait is not for: deployments that are not to be asked, that the policy refused, or whose key is wrong, however soon it will be tried again.</summary>
    private DeploymentSet NotWorthWaitingFor(in GroupVisit visit, bool again, long now)
    {
        DeploymentSet excluded = visit.NotAgain(again);
        excluded.Add(visit.Refused.Deployments);
        foreach (Deployment deployment in visit.Group.Deployments)
        {
            if (deployment.CoolsLong(_call, now)) excluded.Add(deployment.Index);
        }

        return excluded;
    }

    /// <summary>Whether those that failed are to be left alone for now.</summary>
    private bool BacksOff(long now) => FailedAttempts > 0 && now < _noRetryBefore;

    private PickFilter RevisitFilter(int visit, in DeploymentSet respected = default)
    {
        DeploymentSet excluded = _visits[visit].NotAgain(_mayRevisit && !_waitsForUntried);
        excluded.Add(respected);
        excluded.Add(_visits[visit].Refused.Deployments);
        return _visits[visit].FilterWithout(excluded);
    }

    private CallQueue.Place[] Places(Waiter waiter)
    {
        var places = new List<CallQueue.Place>(_visitCount);
        for (int i = 0; i < _visitCount; i++)
        {
            GroupState group = _visits[i].Group;
            if (!_visits[i].IsClosed) places.Add(new CallQueue.Place(group.Queue, waiter, i, group.Picker.Fitting(_call, RevisitFilter(i))) { Keyed = KeyedIn(group) });
        }

        return [.. places];
    }

    private DeploymentSet KeyedIn(GroupState group)
    {
        DeploymentSet keyed = default;
        if (Routing.ApiKeys.Count == 0) return keyed;
        foreach (Deployment deployment in group.Deployments)
        {
            if (deployment.BringsKey(_call)) keyed.Add(deployment.Index);
        }

        return keyed;
    }

    /// <summary>
    /// Leaves out of what belongs to those ahead of the call what they wait for because of the configured key: a call that brings
    /// one takes nothing from them there.
    /// </summary>
    private DeploymentSet ClaimsToRespect(int visit, DeploymentSet claimed)
    {
        if (Routing.ApiKeys.Count == 0) return claimed;
        foreach (Deployment deployment in _visits[visit].Group.Deployments)
        {
            if (claimed.Contains(deployment.Index) && deployment.IsClosedToConfiguredKey(_call)) claimed.Remove(deployment.Index);
        }

        return claimed;
    }
}
