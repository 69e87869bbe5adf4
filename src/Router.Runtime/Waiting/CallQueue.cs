using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>
/// The calls that wait for a deployment of one group, in the order of their <see cref="QueueRank"/>. Whenever something
/// may have changed (a slot was freed, a probe ended, the time that a call waits for has come), it lets in as many as
/// can be let in: it enters a deployment for each of them, and only then releases the call. So no call is woken in vain,
/// and none is overtaken.
/// </summary>
/// <remarks>
/// <para>
/// Each deployment serves the calls that wait for it in turn. A call that finds none claims all that it waits for, and
/// calls behind it may enter only others: a call that only one deployment can take holds up none that can go elsewhere,
/// and many small calls do not starve a large one. Calls that wait for the same deployments stand in one lane, of which
/// only the first is looked at, and the first to give up. A newcomer respects the claims of calls ahead of it, too; while no call waits that costs one
/// volatile read. No time passes unnoticed: one timer is set to the first moment at which anything can change by itself.
/// </para>
/// <para>
/// Where a policy of the user's chooses, the call itself asks it, without the lock: it is woken to decide, and keeps its
/// places and claims until it has (<see cref="Conclude"/>). Meanwhile the queue asks it nothing and lets it in nowhere.
/// All its queues are looked through when it has decided, under the lock under which it goes on waiting: so nothing that
/// changes meanwhile is lost.
/// </para>
/// </remarks>
internal sealed partial class CallQueue(RouterContext router, int longest) : IAvailabilityListener
{
    private const long Never = long.MaxValue;

    private readonly Dictionary<(DeploymentSet Wants, DeploymentSet Keyed), Lane> _lanes = [];
    private readonly PriorityQueue<Lane, QueueRank> _turns = new();     // used within one look alone
    private readonly SortedSet<Place> _backingOff = new(Place.ByStart); // not in a lane yet
    private readonly SortedSet<Place> _deadlines = new(Place.ByDeadline);
    private ITimer? _timer;
    private long _timerFires = Never;
    private bool _isUnsettled;
    private int _length;

    /// <summary>Gets how many calls stand in it.</summary>
    public int Length => Volatile.Read(ref _length);

    /// <summary>A deployment of the group may have become available, to any number of calls.</summary>
    public void Changed()
    {
        if (Length == 0) return;
        var settlement = new Settlement(router);
        lock (router.QueueGate.Lock)
        {
            if (router.QueueGate.Look is Settlement look)
            {
                look.Unsettle(this); // It happened in the course of a look, on this thread: a deployment refused a call.
                return;
            }

            settlement.Unsettle(this);
            settlement.Settle();
        }

        settlement.Resume();
    }

    /// <summary>The deployments that are claimed by waiting calls ahead of that rank.</summary>
    public DeploymentSet ClaimedAheadOf(in QueueRank rank)
    {
        DeploymentSet claimed = default;
        if (Length == 0) return claimed;
        lock (router.QueueGate.Lock)
        {
            foreach (Lane lane in _lanes.Values)
            {
                if (lane.First is { } first && first.Waiter.Rank.CompareTo(rank) < 0) claimed.Add(first.Claimed);
            }
        }

        return claimed;
    }

    /// <summary>Lets a call wait in the queues of its groups, those that have room; it may be let in at once.</summary>
    /// <param name="places">The call's places, at least one; all of them of one waiter.</param>
    /// <returns>False where all of them are full.</returns>
    public static bool TryJoin(Place[] places)
    {
        (CallQueue first, Waiter waiter) = (places[0].Queue, places[0].Waiter);
        RouterContext router = first.Router;
        var settlement = new Settlement(router);
        lock (router.QueueGate.Lock)
        {
            waiter.Rank = waiter.Rank with { Ticket = router.QueueGate.NextTicket() };
            bool joined = false;
            foreach (Place place in places) place.All = places; // Also those that find no room: a call that withdraws knows only one of them.
            foreach (Place place in places) joined |= place.Queue.TryAdd(place, settlement);
            if (!joined) return false;
            router.QueueGate.Waiting++;

            // What changed before this is seen by the look that follows; a later change sees the length.
            Interlocked.MemoryBarrier();
            settlement.Settle();
            waiter.Park();
        }

        settlement.Resume(except: waiter);
        return true;
    }

    /// <summary>A call that was to decide has done so.</summary>
    /// <param name="place">The place at which it decided.</param>
    /// <param name="stays">Whether it goes on waiting, in all its queues; else it has entered a deployment, or is to look again.</param>
    public static void Conclude(Place place, bool stays)
    {
        (RouterContext router, Waiter waiter) = (place.Queue.Router, place.Waiter);
        var settlement = new Settlement(router);
        lock (router.QueueGate.Lock)
        {
            if (waiter.IsReleased) return; // It was withdrawn meanwhile, or its time was over.
            if (stays) waiter.GoOnWaiting();
            else place.Queue.Release(place, settlement);
            foreach (Place each in place.All)
            {
                if (each.HasJoined) settlement.Unsettle(each.Queue);
            }

            settlement.Settle();
            waiter.Park();
        }

        settlement.Resume(except: waiter);
    }

    /// <summary>The call does not want to wait any longer. Where it is deciding, what it enters is its own affair.</summary>
    public static void Withdraw(Place place)
    {
        RouterContext router = place.Queue.Router;
        var settlement = new Settlement(router);
        lock (router.QueueGate.Lock)
        {
            if (place.Waiter.IsReleased) return;
            place.Queue.Release(place, settlement);
            settlement.Settle();
        }

        settlement.Resume();
    }

    private RouterContext Router => router;

    private bool TryAdd(Place place, Settlement settlement)
    {
        if (_length >= longest && !MakeRoom(place.Waiter.Rank.Priority, settlement)) return false;
        place.HasJoined = true;
        _deadlines.Add(place);
        _backingOff.Add(place);
        if (!_lanes.TryGetValue((place.Wants, place.Keyed), out Lane? lane)) _lanes.Add((place.Wants, place.Keyed), lane = new Lane());
        lane.Join(place);
        Volatile.Write(ref _length, _length + 1);
        settlement.Unsettle(this);
        return true;
    }

    /// <summary>Lets the last in line go, where it is less urgent than a newcomer: it looks again, and finds the queue full.</summary>
    private bool MakeRoom(int priority, Settlement settlement)
    {
        Place? last = null;
        foreach (Place place in _deadlines)
        {
            if (last is null || Place.ByRank.Compare(place, last) > 0) last = place;
        }

        if (last is null || last.Waiter.Rank.Priority <= priority) return false;
        Release(last, settlement);
        return true;
    }

    private void Remove(Place place)
    {
        if (!place.HasJoined) return;
        place.HasJoined = false;
        _deadlines.Remove(place);
        _backingOff.Remove(place);
        Lane lane = _lanes[(place.Wants, place.Keyed)];
        lane.Remove(place);
        if (lane.IsEmpty) _lanes.Remove((place.Wants, place.Keyed));
        Volatile.Write(ref _length, _length - 1);
    }

    /// <summary>Takes a call out of all its queues. Those that stood behind it there may have their turn now.</summary>
    private void Release(Place place, Settlement settlement, bool admitted = false)
    {
        foreach (Place each in place.All)
        {
            if (!each.HasJoined) continue;
            each.Queue.Remove(each);
            if (!admitted || each != place) settlement.Unsettle(each.Queue);
        }

        router.QueueGate.Waiting--;
        if (place.Waiter.IsWaiting) settlement.Woken.Add(place.Waiter);
        place.Waiter.Release(admitted);
    }

    /// <summary>Finds the calls that can go now, and when to look again.</summary>
    private void Settle(Settlement settlement)
    {
        long now = router.Clock.Now;
        while (_deadlines.Min is { } late && late.Waiter.Deadline <= now) Release(late, settlement);
        while (_backingOff.Min is { } ready && ready.Waiter.NotBefore <= now)
        {
            _backingOff.Remove(ready);
            _lanes[(ready.Wants, ready.Keyed)].Wait(ready);
        }

        long next = Admit(now, settlement);
        ReleaseHopeless(now, settlement);
        if (_backingOff.Min is { } soon) next = Math.Min(next, soon.Waiter.NotBefore);
        if (_deadlines.Min is { } first) next = Math.Min(next, first.Waiter.Deadline);
        Schedule(_length > 0 ? next : Never);
    }

    /// <summary>Lets in each call that can go now, in order.</summary>
    /// <returns>When the next of them may, as far as time alone can tell.</returns>
    private long Admit(long now, Settlement settlement)
    {
        long next = Never;
        DeploymentSet claimed = default;
        _turns.Clear();
        foreach (Lane lane in _lanes.Values) Enqueue(lane);
        while (_turns.TryDequeue(out Lane? lane, out _))
        {
            Place place = lane.First!;
            if (!place.Waiter.IsWaiting)
            {
                claimed.Add(place.Claimed); // It decides; the calls behind it in the lane have their turn when it has.
                continue;
            }

            place.Claimed = default;
            DeploymentSet respected = place.Waiter.Call.ClaimsToRespect(place.Number, claimed);
            if (respected.Contains(place.Wants)) continue; // All that these wait for belongs to those ahead of them.
            Turn turn = place.Waiter.Call.TakeTurn(place.Number, respected, now, out long returnsAt);
            if (turn is Turn.Enter)
            {
                Release(place, settlement, admitted: true);
                Enqueue(lane);
                continue;
            }

            place.Claimed = place.Waiter.Call.Claims(place.Number, now);
            claimed.Add(place.Claimed);
            if (turn is Turn.Wait) next = Math.Min(next, returnsAt);
            else WakeToDecide(place, respected, now, settlement);
        }

        return next;
    }

    private void Enqueue(Lane lane)
    {
        if (lane.First is { } first) _turns.Enqueue(lane, first.Waiter.Rank);
    }

    /// <summary>Has a call decide. Until it has, its claims stay as they are, in its other queues as well.</summary>
    private static void WakeToDecide(Place place, in DeploymentSet respected, long now, Settlement settlement)
    {
        Waiter waiter = place.Waiter;
        foreach (Place each in place.All)
        {
            if (each != place) each.Claimed = waiter.Call.Claims(each.Number, now);
        }

        place.Respected = respected;
        waiter.Decide(place); // From here on the call runs.
        settlement.Woken.Add(waiter);
    }

    /// <summary>
    /// Fails calls whose earliest deployment comes back after their deadline; they can say when to come back.
    /// Where there is hope for the first of a lane to give up, so there is for those who have more time.
    /// </summary>
    private void ReleaseHopeless(long now, Settlement settlement)
    {
        foreach (Lane lane in _lanes.Values) // from which lanes may be removed meanwhile
        {
            while (lane.FirstToGiveUp is { Waiter.IsWaiting: true } place) // One that decides has hope.
            {
                long first = place.Waiter.Call.FirstReturn(now);
                if (first <= place.Waiter.Deadline || first == CircuitBreaker.OnSignal) break;
                Release(place, settlement);
            }
        }
    }

    private void Schedule(long moment)
    {
        if (moment >= CircuitBreaker.OnSignal) moment = Never;
        if (moment == _timerFires) return;
        _timerFires = moment;
        _timer ??= router.Clock.CreateTimer(static queue => ((CallQueue)queue!).OnTimer(), this);
        _timer.Change(moment == Never ? Timeout.InfiniteTimeSpan : router.Clock.DueAt(moment), Timeout.InfiniteTimeSpan);
    }

    private void OnTimer()
    {
        lock (router.QueueGate.Lock) _timerFires = Never;
        Changed();
    }
}
