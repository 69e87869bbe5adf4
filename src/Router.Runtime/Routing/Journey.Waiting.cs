namespace RouterGen;

// How a call waits: in the queues of all groups that it has come to, for whichever deployment returns first.
internal sealed partial class Journey : IWaitingCall
{
    /// <summary>Whether it gave up because too many calls wait already.</summary>
    public bool FoundQueueFull { get; private set; }

    private bool _waitsForUntried; // whether it waits for those alone that were not asked yet

    private QueueRank Rank => new(_call.Routing.Priority, Clock.Started, Ticket: long.MaxValue);

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
        _waitsForUntried = BacksOff(now) && FirstReturn(now, again: false) is var first && (first <= _noRetryBefore || first == CircuitBreaker.OnSignal);

        // A backoff is that of the deployments that failed. Until it is over the others are waited for, where that makes sense.
        Waiter waiter = _waitsForUntried
            ? new Waiter(this, Math.Min(Clock.Deadline, _noRetryBefore), notBefore: 0, async) { Rank = Rank }
            : new Waiter(this, Clock.Deadline, BacksOff(now) ? _noRetryBefore : 0, async) { Rank = Rank };
        CallQueue.Place[] places = Places(waiter);
        if (!CallQueue.TryJoin(places))
        {
            FoundQueueFull = true;
            return GiveUp();
        }

        // Before the call goes on, nobody must be left who could let it go a second time.
        using (Clock.Caller.UnsafeRegister(static place => CallQueue.Withdraw((CallQueue.Place)place!), places[0]))
        {
            await waiter.WaitAsync().ConfigureAwait(false);
        }

        if (!waiter.IsAdmitted) return NextStep.Wait;
        NoteRevisit();
        if (!Clock.Caller.IsCancellationRequested && Clock.Remaining > TimeSpan.Zero) return NextStep.Try;
        Deployment.Leave(Lease, new AttemptReport { NotAsked = true });
        return NextStep.Wait;
    }

    DeploymentSet IWaitingCall.Heeded(int place, DeploymentSet claimed) => Heeded(place, claimed);

    bool IWaitingCall.TryEnter(int place, in DeploymentSet heeded, long now, out long returnsAt)
    {
        DeploymentSet excluded = _legs[place].NotAgain(_mayRevisit && !_waitsForUntried);
        excluded.Add(heeded);
        return TryEnter(place, excluded, out returnsAt);
    }

    DeploymentSet IWaitingCall.Claims(int place, long now) =>
        _legs[place].Group.Picker.ReturningBy(Clock.Deadline, _call, RevisitChoice(place), now);

    long IWaitingCall.FirstReturn(long now) => _waitsForUntried ? FirstReturn(now, again: false) : FirstReturn(now);

    /// <summary>When the first deployment returns that the call may turn to.</summary>
    private long FirstReturn(long now)
    {
        long untried = FirstReturn(now, again: false);
        return _mayRevisit && FailedAttempts > 0 ? Math.Min(untried, Math.Max(_noRetryBefore, FirstReturn(now, again: true))) : untried;
    }

    /// <summary>The same of those that were not asked yet, or also of those that may be asked again, whatever the backoff.</summary>
    private long FirstReturn(long now, bool again)
    {
        long first = long.MaxValue;
        bool isSignalled = false;
        for (int i = 0; i < _legCount; i++)
        {
            if (_legs[i].IsClosed) continue;
            DeploymentPicker picker = _legs[i].Group.Picker;
            Choice choice = _legs[i].ChoiceWithout(NotWorthWaitingFor(_legs[i], again, now));
            first = Math.Min(first, picker.FirstReturn(_call, choice, now));

            // A time that is known goes before a signal; but where it is too late for the call, a signal may not be.
            if (first > Clock.Deadline) isSignalled |= !picker.ReturningBy(Clock.Deadline, _call, choice, now).IsEmpty;
        }

        return first > Clock.Deadline && isSignalled ? CircuitBreaker.OnSignal : first;
    }

    /// <summary>Whom a wait is not for: who is not to be asked, and one whose key is wrong, however soon it will be tried again.</summary>
    private DeploymentSet NotWorthWaitingFor(in Leg leg, bool again, long now)
    {
        DeploymentSet excluded = leg.NotAgain(again);
        foreach (Deployment deployment in leg.Group.Deployments)
        {
            if (deployment.CoolsLong(_call, now)) excluded.Add(deployment.Index);
        }

        return excluded;
    }

    /// <summary>Whether those that failed are to be left alone for now.</summary>
    private bool BacksOff(long now) => FailedAttempts > 0 && now < _noRetryBefore;

    private Choice RevisitChoice(int leg) => _legs[leg].ChoiceWithout(_legs[leg].NotAgain(_mayRevisit && !_waitsForUntried));

    private CallQueue.Place[] Places(Waiter waiter)
    {
        var places = new List<CallQueue.Place>(_legCount);
        for (int i = 0; i < _legCount; i++)
        {
            GroupState group = _legs[i].Group;
            if (!_legs[i].IsClosed) places.Add(new CallQueue.Place(group.Queue, waiter, i, group.Picker.Fitting(_call, RevisitChoice(i))) { Keyed = KeyedIn(group) });
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
    private DeploymentSet Heeded(int leg, DeploymentSet claimed)
    {
        if (Routing.ApiKeys.Count == 0) return claimed;
        foreach (Deployment deployment in _legs[leg].Group.Deployments)
        {
            if (claimed.Contains(deployment.Index) && deployment.IsClosedToConfiguredKey(_call)) claimed.Remove(deployment.Index);
        }

        return claimed;
    }
}
