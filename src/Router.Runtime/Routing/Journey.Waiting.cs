namespace RouterGen;

// How a call waits: in the queues of all groups that it has come to, for whichever deployment returns first.
internal sealed partial class Journey : IWaitingCall
{
    /// <summary>Whether it gave up because too many calls wait already.</summary>
    public bool FoundQueueFull { get; private set; }

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
        var waiter = new Waiter(this, Clock.Deadline, FailedAttempts > 0 ? _noRetryBefore : 0, async) { Rank = Rank };
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

    bool IWaitingCall.TryEnter(int place, in DeploymentSet claimed, long now, out long returnsAt)
    {
        DeploymentSet excluded = _legs[place].NotAgain(_mayRevisit);
        excluded.Add(claimed);
        return TryEnter(place, excluded, out returnsAt);
    }

    DeploymentSet IWaitingCall.Claims(int place, long now) =>
        _legs[place].Group.Picker.ReturningBy(Clock.Deadline, _call, RevisitChoice(place), now);

    /// <summary>
    /// When the first deployment returns that the call may turn to and that is worth waiting for: one whose key is wrong
    /// is not, however soon it will be tried again.
    /// </summary>
    public long FirstReturn(long now)
    {
        long first = long.MaxValue;
        for (int i = 0; i < _legCount; i++)
        {
            ref Leg leg = ref _legs[i];
            if (leg.IsClosed) continue;
            DeploymentSet excluded = leg.NotAgain(_mayRevisit);
            foreach (Deployment deployment in leg.Group.Deployments)
            {
                if (deployment.CoolsLong(_call, now)) excluded.Add(deployment.Index);
            }

            first = Math.Min(first, leg.Group.Picker.FirstReturn(_call, leg.ChoiceWithout(excluded), now));
        }

        return FailedAttempts > 0 ? Math.Max(first, _noRetryBefore) : first;
    }

    private Choice RevisitChoice(int leg) => _legs[leg].ChoiceWithout(_legs[leg].NotAgain(_mayRevisit));

    private CallQueue.Place[] Places(Waiter waiter)
    {
        var places = new List<CallQueue.Place>(_legCount);
        for (int i = 0; i < _legCount; i++)
        {
            GroupState group = _legs[i].Group;
            if (!_legs[i].IsClosed) places.Add(new CallQueue.Place(group.Queue, waiter, i, group.Picker.Fitting(_call, RevisitChoice(i))));
        }

        return [.. places];
    }
}
