using RouterGen.Infrastructure;
using Place = RouterGen.CallQueue.Place;

namespace RouterGen.Runtime.Tests;

public class CallQueueTests
{
    private static readonly long Minute = TimeSpan.TicksPerMinute;

    private readonly VirtualTime _time = new();
    private readonly RouterContext _context;
    private readonly CallQueue _queue;
    private readonly List<string> _admitted = [];
    private readonly List<Task> _waits = [];
    private int _free;

    public CallQueueTests()
    {
        _context = Subjects.Context(_time);
        _queue = new CallQueue(_context, longest: 5000);
    }

    [Fact]
    public void One_free_place_lets_one_in_and_looks_at_no_more_than_the_next()
    {
        FakeWaitingCall[] calls = [.. Enumerable.Range(0, 100).Select(i => Slot(i.ToString()))];
        foreach (FakeWaitingCall call in calls) Join(call);
        int before = calls.Sum(static call => call.Looks);

        Free(1);

        Assert.Equal(["0"], _admitted);
        Assert.Equal(99, _queue.Length);
        Assert.InRange(calls.Sum(static call => call.Looks) - before, 2, 4);
        Free(99);
        Assert.Equal(calls.Select(static call => call.Name), _admitted);
        AssertNothingLeft();
    }

    [Fact]
    public void The_lowest_priority_number_is_first_and_among_equals_who_came_first()
    {
        Join(Slot("late"), started: 7);
        Join(Slot("early"), started: 3);
        Join(Slot("later"), started: 7);
        Join(Slot("urgent"), priority: -1, started: 9);
        Join(Slot("idle"), priority: 5, started: 0);

        Free(5);

        Assert.Equal(["urgent", "early", "late", "later", "idle"], _admitted);
    }

    [Fact]
    public void Time_lets_in_hundreds_with_a_look_or_two_for_each()
    {
        const int Count = 1000;
        var limit = new RateLimit(60);
        while (limit.TryTake(0, 1)) { }
        FakeWaitingCall[] calls = [.. Enumerable.Range(0, Count).Select(i => new FakeWaitingCall(i.ToString())
        {
            ReturnsAt = now => limit.AdmitsAt(now, 1),
            Take = now => limit.TryTake(now, 1),
        })];
        foreach (FakeWaitingCall call in calls) Join(call, deadline: long.MaxValue - 2);
        Assert.Equal(1, _time.ActiveTimers);

        for (int second = 1; second <= Count; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(second, _admitted.Count);
        }

        Assert.Equal(calls.Select(static call => call.Name), _admitted);
        Assert.InRange(calls.Sum(static call => call.Looks), Count, 6 * Count);
        AssertNothingLeft();
    }

    [Fact]
    public void Who_can_go_elsewhere_is_not_held_up_by_who_is_ahead()
    {
        Join(Slot("first, for 0", 0));
        Join(Slot("second, for 0", 0));
        FakeWaitingCall elsewhere = Slot("third, for 1", 1);
        elsewhere.ReturnsAt = static now => now;
        elsewhere.Take = static _ => true;
        Join(elsewhere);
        Assert.Equal(["third, for 1"], _admitted);
    }

    [Fact]
    public void A_large_call_is_not_starved_by_small_ones_behind_it()
    {
        var tokens = new RateLimit(100);
        tokens.TryTake(0, 100);
        FakeWaitingCall Needing(string name, int units) => new(name) { ReturnsAt = now => tokens.AdmitsAt(now, units), Take = now => tokens.TryTake(now, units) };
        Join(Needing("large", 80));
        for (int i = 0; i < 5; i++) Join(Needing("small", 1));

        _time.Advance(TimeSpan.FromSeconds(47));
        Assert.Empty(_admitted);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["large", "small", "small", "small", "small", "small"], _admitted);
    }

    [Fact]
    public void A_newcomer_heeds_the_claims_of_those_ahead_of_it_alone()
    {
        Assert.False(_queue.ClaimedAheadOf(new QueueRank(0, 9, long.MaxValue)).Contains(1));
        Join(Slot("waits for 1", 1), priority: 3, started: 5);
        Assert.True(_queue.ClaimedAheadOf(new QueueRank(3, 5, long.MaxValue)).Contains(1));
        Assert.False(_queue.ClaimedAheadOf(new QueueRank(3, 5, long.MaxValue)).Contains(0));
        Assert.False(_queue.ClaimedAheadOf(new QueueRank(3, 4, long.MaxValue)).Contains(1));
        Assert.False(_queue.ClaimedAheadOf(new QueueRank(2, 9, long.MaxValue)).Contains(1));
    }

    [Fact]
    public void Backing_off_claims_nothing_and_ends_by_itself()
    {
        Join(Slot("backs off"), notBefore: TimeSpan.TicksPerSecond);
        Join(Slot("does not"), started: 1);
        Assert.Empty(_admitted);

        Free(1);
        Assert.Equal(["does not"], _admitted);
        Free(1);
        Assert.Single(_admitted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["does not", "backs off"], _admitted);
        AssertNothingLeft();
    }

    [Fact]
    public void The_deadline_ends_a_wait()
    {
        Place place = Join(Slot("impatient"), deadline: TimeSpan.FromSeconds(3).Ticks);
        _time.Advance(TimeSpan.FromSeconds(2.999));
        Assert.False(place.Waiter.IsReleased);
        _time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.True(place.Waiter.IsReleased);
        Assert.False(place.Waiter.IsAdmitted);
        AssertNothingLeft();
    }

    [Fact]
    public void Nobody_waits_for_what_returns_too_late()
    {
        FakeWaitingCall[] calls = [.. Enumerable.Range(0, 3).Select(i => Slot(i.ToString()))];
        Place[] places = [.. calls.Select(call => Join(call))];

        foreach (FakeWaitingCall call in calls) call.ReturnsAt = static _ => 2 * Minute; // A probe has failed.
        _queue.Changed();

        Assert.All(places, static place => Assert.True(place.Waiter.IsReleased && !place.Waiter.IsAdmitted));
        AssertNothingLeft();
    }

    [Fact]
    public void Nobody_waits_in_vain_because_somebody_else_with_less_time_has_hope()
    {
        Place hopeful = Join(Slot("hopeful", 0), deadline: Minute / 2);
        FakeWaitingCall[] calls = [Slot("1", 1), Slot("1, backs off", 1), Slot("2", 2)];
        Place[] places = [Join(calls[0], deadline: Minute), Join(calls[1], deadline: 2 * Minute, notBefore: Minute), Join(calls[2], deadline: Minute)];

        foreach (FakeWaitingCall call in calls) call.ReturnsAt = static _ => long.MaxValue; // What they wait for was taken out of service.
        _queue.Changed();

        Assert.All(places, static place => Assert.True(place.Waiter.IsReleased && !place.Waiter.IsAdmitted));
        Assert.False(hopeful.Waiter.IsReleased);
        Free(1);
        AssertNothingLeft();
    }

    [Fact]
    public void Who_goes_away_makes_way_for_those_behind()
    {
        FakeWaitingCall first = new("large") { ReturnsAt = static _ => Minute - 1 };
        FakeWaitingCall second = new("small") { ReturnsAt = static now => now };
        Place large = Join(first);
        Join(second);
        Assert.Empty(_admitted);

        CallQueue.Withdraw(large);
        CallQueue.Withdraw(large);

        Advance();
        Assert.Equal(["small"], _admitted);
        AssertNothingLeft();
    }

    [Fact]
    public void A_call_stands_in_several_queues_until_one_lets_it_in()
    {
        var other = new CallQueue(_context, longest: 1);
        FakeWaitingCall call = Slot("both");
        Place[] places = Places(call, [_queue, other]);
        Assert.True(CallQueue.TryJoin(places));
        Join(Slot("behind"), started: 1);
        Assert.Equal((2, 1, 2), (_queue.Length, other.Length, _context.QueueGate.Waiting));

        Assert.True(CallQueue.TryJoin(Places(Slot("no room in one"), [other, _queue])));
        Assert.False(CallQueue.TryJoin(Places(Slot("no room"), [other])));

        _free = 1;
        other.Changed();
        Assert.True(places[0].Waiter.IsAdmitted);
        Assert.Equal((2, 0, 2), (_queue.Length, other.Length, _context.QueueGate.Waiting));
    }

    [Fact]
    public void Who_goes_away_leaves_all_its_queues_also_where_the_first_had_no_room()
    {
        var full = new CallQueue(_context, longest: 1);
        Assert.True(CallQueue.TryJoin(Places(Slot("fills"), [full])));
        Place[] places = Places(Slot("goes away"), [full, _queue]);
        Assert.True(CallQueue.TryJoin(places));

        CallQueue.Withdraw(places[0]);
        Assert.Equal((0, 1), (_queue.Length, _context.QueueGate.Waiting));

        Free(1);
        Assert.Equal(1, _free); // Nothing was entered for a call that is gone.
        Assert.False(places[0].Waiter.IsAdmitted);
    }

    [Fact]
    public void A_full_queue_makes_room_for_who_is_more_urgent_and_for_nobody_else()
    {
        var full = new CallQueue(_context, longest: 3);
        var other = new CallQueue(_context, longest: 3);
        Place[] usual = Ranked(0, started: 1, full);
        Place[] early = Ranked(5, started: 2, full, other);
        Place[] late = Ranked(5, started: 3, full, other);
        foreach (Place[] places in (Place[][])[usual, early, late]) Assert.True(CallQueue.TryJoin(places));

        Assert.False(CallQueue.TryJoin(Ranked(5, started: 0, full)));
        Assert.True(CallQueue.TryJoin(Ranked(4, started: 9, full)));
        Assert.True(late[0].Waiter.IsReleased && !late[0].Waiter.IsAdmitted);
        Assert.Equal((3, 1), (full.Length, other.Length));
        Assert.True(CallQueue.TryJoin(Ranked(0, started: 9, full)));
        Assert.True(early[0].Waiter.IsReleased);
        Assert.True(CallQueue.TryJoin(Ranked(0, started: 9, full))); // in the place of the one of priority 4
        Assert.False(CallQueue.TryJoin(Ranked(0, started: 0, full)));
        Assert.False(usual[0].Waiter.IsReleased);
        Assert.Equal((3, 0, 3), (full.Length, other.Length, _context.QueueGate.Waiting));

        Place[] Ranked(int priority, long started, params CallQueue[] queues)
        {
            FakeWaitingCall call = Slot("");
            var waiter = new Waiter(call, Minute, notBefore: 0, async: true) { Rank = new QueueRank(priority, started, 0) };
            return [.. queues.Select((queue, number) => new Place(queue, waiter, number, call.Wants))];
        }
    }

    [Fact]
    public void What_changes_in_the_midst_of_a_look_is_looked_at_when_it_is_over()
    {
        var other = new CallQueue(_context, longest: 10);
        int freeElsewhere = 0;
        var elsewhere = new FakeWaitingCall("elsewhere") { ReturnsAt = now => freeElsewhere > 0 ? now : CircuitBreaker.OnSignal, Take = _ => freeElsewhere-- > 0 };
        Place[] places = Places(elsewhere, [other]);
        Assert.True(CallQueue.TryJoin(places));
        FakeWaitingCall first = Slot("first");
        Func<long, bool> take = first.Take;
        first.Take = now =>
        {
            freeElsewhere++;
            other.Changed();
            _free++; // and a place here, too
            _queue.Changed();
            return take(now);
        };
        Join(first);
        Join(Slot("second"));

        Free(1);

        Assert.Equal(["first", "second"], _admitted);
        Assert.True(places[0].Waiter.IsAdmitted);
        AssertNothingLeft();
    }

    [Fact]
    public void A_synchronous_wait_blocks_its_thread_until_it_is_let_go()
    {
        var waiter = new Waiter(Slot("blocks"), Minute, notBefore: 0, async: false) { Rank = default };
        Assert.True(CallQueue.TryJoin([new Place(_queue, waiter, 0, Slot("").Wants)]));
        var thread = new Thread(() => Assert.True(waiter.WaitAsync().IsCompletedSuccessfully));
        thread.Start();
        _free = 1;
        _queue.Changed();
        thread.Join();
        Assert.True(waiter.IsAdmitted);
        AssertNothingLeft();
    }

    [Fact]
    public void No_free_place_is_missed_by_threads_that_wait_for_one()
    {
        int free = 1;
        int inside = 0;
        int tooMany = 0;
        Threads.RunTogether(6, _ =>
        {
            for (int i = 0; i < 3000; i++)
            {
                var call = new FakeWaitingCall
                {
                    ReturnsAt = now => Volatile.Read(ref free) > 0 ? now : CircuitBreaker.OnSignal,
                    Take = _ => Interlocked.CompareExchange(ref free, 0, 1) == 1,
                };
                var waiter = new Waiter(call, Minute, notBefore: 0, async: false) { Rank = default };
                CallQueue.TryJoin([new Place(_queue, waiter, 0, call.Wants)]);
                Assert.True(waiter.WaitAsync().IsCompletedSuccessfully);
                if (Interlocked.Increment(ref inside) != 1) Interlocked.Increment(ref tooMany);
                Interlocked.Decrement(ref inside);
                Interlocked.Exchange(ref free, 1);
                _queue.Changed();
            }
        });
        Assert.Equal(0, tooMany);
        AssertNothingLeft();
    }

    /// <summary>A call that needs one of the free places.</summary>
    private FakeWaitingCall Slot(string name, params int[] deployments) => new(name)
    {
        Deployments = deployments.Length == 0 ? [0] : deployments,
        ReturnsAt = now => _free > 0 ? now : CircuitBreaker.OnSignal,
        Take = _ =>
        {
            _free--;
            return true;
        },
    };

    private static Place[] Places(FakeWaitingCall call, CallQueue[] queues)
    {
        var waiter = new Waiter(call, Minute, notBefore: 0, async: true) { Rank = default };
        return [.. queues.Select((queue, number) => new Place(queue, waiter, number, call.Wants))];
    }

    private Place Join(FakeWaitingCall call, int priority = 0, long started = 0, long? deadline = null, long notBefore = 0)
    {
        Func<long, bool> take = call.Take;
        call.Take = now =>
        {
            if (!take(now)) return false;
            _admitted.Add(call.Name);
            return true;
        };
        var waiter = new Waiter(call, deadline ?? Minute, notBefore, async: true) { Rank = new QueueRank(priority, started, 0) };
        var place = new Place(_queue, waiter, 0, call.Wants);
        Assert.True(CallQueue.TryJoin([place]));
        _waits.Add(waiter.WaitAsync().AsTask());
        return place;
    }

    private void Free(int places)
    {
        _free += places;
        _queue.Changed();
    }

    private void Advance() => _time.Advance(TimeSpan.Zero);

    private void AssertNothingLeft()
    {
        Advance(); // Those who were let go go on.
        Assert.All(_waits, static wait => Assert.True(wait.IsCompleted));
        Assert.Equal(0, _queue.Length);
        Assert.Equal(0, _context.QueueGate.Waiting);
        Assert.Equal(0, _time.ActiveTimers);
    }
}
