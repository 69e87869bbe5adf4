using RouterGen.Infrastructure;
using Place = RouterGen.CallQueue.Place;

namespace RouterGen.Runtime.Tests;

/// <summary>Calls that decide by themselves, without the lock, while others wait in the same queues.</summary>
public class DecidingCallTests
{
    private static readonly long Minute = TimeSpan.TicksPerMinute;

    private readonly VirtualTime _time = new();
    private readonly RouterContext _context;
    private readonly CallQueue _queue;
    private int _free;

    public DecidingCallTests()
    {
        _context = Subjects.Context(_time);
        _queue = new CallQueue(_context, longest: 100);
    }

    [Fact]
    public void What_a_call_waits_for_is_kept_for_it_until_it_has_decided()
    {
        Place first = Join(Call(decides: true));
        Place second = Join(Call(decides: true));
        Place third = Join(Call(decides: false));
        Place elsewhere = Join(Call(decides: false), inLaneOfItsOwn: true);

        Free(3);

        Assert.Same(first, first.Waiter.Turn);
        Assert.All((Place[])[second, third, elsewhere], static place => Assert.True(place.Waiter.IsWaiting));
        Assert.True(Claims(0, ahead: false)); // A newcomer leaves it alone as well.
        Assert.False(Claims(0, ahead: true));
        Assert.Equal((4, 4), (_queue.Length, _context.QueueGate.Waiting));

        Enter(first);
        Assert.Same(second, second.Waiter.Turn);
        Assert.True(third.Waiter.IsWaiting);

        Enter(second);
        Assert.True(third.Waiter.IsAdmitted);
        Assert.True(elsewhere.Waiter.IsWaiting);
        Assert.Equal((1, 0), (_queue.Length, _free));
        Free(1);
        Assert.True(elsewhere.Waiter.IsAdmitted);
        AssertNothingLeft(first, second, third, elsewhere);
    }

    [Fact]
    public void What_changes_while_a_call_decides_is_looked_at_when_it_has()
    {
        FakeWaitingCall call = Call(decides: true);
        Place place = Join(call);
        Free(1);
        int looks = call.Looks;

        _free--; // Another call takes it.
        Free(1);
        Assert.Equal(looks, call.Looks); // It runs: nothing is asked of it.
        CallQueue.Conclude(place, stays: true);
        Assert.Same(place, place.Waiter.Turn);

        _free--;
        CallQueue.Conclude(place, stays: true);
        Assert.True(place.Waiter.IsWaiting);
        Free(1);
        Enter(place);
        AssertNothingLeft(place);
    }

    [Fact]
    public void A_call_that_decides_is_let_in_nowhere_else()
    {
        var other = new CallQueue(_context, longest: 100);
        FakeWaitingCall call = Call(decides: true);
        Place[] places = Places(call, _queue, other);
        Assert.True(CallQueue.TryJoin(places));
        Place behind = Join(Call(decides: false), inLaneOfItsOwn: true, queue: other);
        Free(1);
        Assert.Same(places[0], places[0].Waiter.Turn);

        int looks = call.Looks;
        other.Changed();
        Assert.Equal(looks, call.Looks);
        Assert.True(behind.Waiter.IsWaiting); // What the first claims there is kept for it, too.

        _free++;
        Enter(places[0]);
        Assert.True(behind.Waiter.IsAdmitted);
        Assert.Equal((0, 0), (_queue.Length, other.Length));
        AssertNothingLeft(places[0], behind);
    }

    [Fact]
    public void A_call_that_is_withdrawn_while_it_decides_holds_up_none_any_longer()
    {
        Place first = Join(Call(decides: true));
        Place second = Join(Call(decides: false));
        Free(2);
        Assert.NotNull(first.Waiter.Turn);

        CallQueue.Withdraw(first);
        Assert.Null(first.Waiter.Turn);
        Assert.True(second.Waiter.IsAdmitted);

        CallQueue.Conclude(first, stays: true); // It comes too late.
        Assert.True(first.Waiter.IsReleased);
        AssertNothingLeft(first, second);
    }

    [Fact]
    public void A_call_whose_time_ends_while_it_decides_holds_up_none_any_longer()
    {
        Place first = Join(Call(decides: true), deadline: TimeSpan.TicksPerSecond);
        Place second = Join(Call(decides: false));
        Free(2);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(first.Waiter.IsReleased);
        Assert.True(second.Waiter.IsAdmitted);
        CallQueue.Conclude(first, stays: false);
        AssertNothingLeft(first, second);
    }

    [Fact]
    public void A_more_urgent_call_goes_past_one_that_decides_which_keeps_what_is_left()
    {
        Place deciding = Join(Call(decides: true));
        Free(2);
        Place urgent = Join(Call(decides: false), priority: -1);
        Assert.True(urgent.Waiter.IsAdmitted);
        Place waits = Join(Call(decides: false), inLaneOfItsOwn: true);
        Assert.True(waits.Waiter.IsWaiting);
        Assert.True(Claims(0, ahead: false));

        Enter(deciding);
        Assert.Equal(0, _free);
        Free(1);
        AssertNothingLeft(deciding, urgent, waits);
    }

    [Fact]
    public void Hope_is_not_given_up_for_a_call_that_decides()
    {
        FakeWaitingCall call = Call(decides: true);
        Place first = Join(call);
        Free(1);
        call.ReturnsAt = static _ => long.MaxValue;
        _queue.Changed();
        Assert.Same(first, first.Waiter.Turn);

        CallQueue.Conclude(first, stays: true); // Now it is.
        Assert.True(first.Waiter.IsReleased);
        AssertNothingLeft(first);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_free_place_is_missed_by_threads_that_decide(bool all)
    {
        int free = 1;
        int inside = 0;
        int tooMany = 0;
        Threads.RunTogether(6, thread =>
        {
            for (int i = 0; i < 2000; i++)
            {
                bool TryTake() => Interlocked.CompareExchange(ref free, 0, 1) == 1;
                var call = new FakeWaitingCall
                {
                    Decides = all || (thread + i) % 2 == 0,
                    ReturnsAt = now => Volatile.Read(ref free) > 0 ? now : CircuitBreaker.OnSignal,
                    Take = _ => TryTake(),
                };
                var waiter = new Waiter(call, Minute, notBefore: 0, async: false) { Rank = default };
                Assert.True(CallQueue.TryJoin([new Place(_queue, waiter, 0, call.Wants)]));
                bool hasEntered = false;
                Assert.True(waiter.WaitAsync().IsCompletedSuccessfully);
                while (!hasEntered && waiter.Turn is { } place)
                {
                    hasEntered = TryTake();
                    CallQueue.Conclude(place, stays: !hasEntered);
                    Assert.True(waiter.WaitAsync().IsCompletedSuccessfully);
                }

                Assert.True(hasEntered ^ waiter.IsAdmitted);
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
    private FakeWaitingCall Call(bool decides) => new()
    {
        Decides = decides,
        ReturnsAt = now => _free > 0 ? now : CircuitBreaker.OnSignal,
        Take = _ => _free-- > 0,
    };

    private static Place[] Places(FakeWaitingCall call, params CallQueue[] queues)
    {
        var waiter = new Waiter(call, Minute, notBefore: 0, async: true) { Rank = default };
        return [.. queues.Select((queue, number) => new Place(queue, waiter, number, call.Wants))];
    }

    private Place Join(FakeWaitingCall call, int priority = 0, long? deadline = null, bool inLaneOfItsOwn = false, CallQueue? queue = null)
    {
        var waiter = new Waiter(call, deadline ?? Minute, notBefore: 0, async: true) { Rank = new QueueRank(priority, 0, 0) };
        var place = new Place(queue ?? _queue, waiter, 0, call.Wants) { Keyed = inLaneOfItsOwn ? call.Wants : default };
        Assert.True(CallQueue.TryJoin([place]));
        return place;
    }

    private void Free(int places)
    {
        _free += places;
        _queue.Changed();
    }

    /// <summary>The call takes a free place, as its policy says.</summary>
    private void Enter(Place place)
    {
        Assert.Same(place, place.Waiter.Turn);
        _free--;
        CallQueue.Conclude(place, stays: false);
    }

    /// <summary>Whether a newcomer finds a deployment claimed by calls of the same priority, or of a lower number.</summary>
    private bool Claims(int deployment, bool ahead) => _queue.ClaimedAheadOf(new QueueRank(ahead ? -1 : 0, 0, long.MaxValue)).Contains(deployment);

    private void AssertNothingLeft(params Place[] places)
    {
        _time.Advance(TimeSpan.Zero);
        Assert.All(places, static place => Assert.True(place.Waiter.IsReleased && place.Waiter.WaitAsync().IsCompletedSuccessfully));
        Assert.Equal((0, 0, 0), (_queue.Length, _context.QueueGate.Waiting, _time.ActiveTimers));
    }
}
