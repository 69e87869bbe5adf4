namespace RouterGen.Runtime.Tests;

public class CallClockTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(100);

    private readonly VirtualTime _time = new();
    private readonly CallClock _clock;

    public CallClockTests()
    {
        _time.Advance(Seconds(1));
        _clock = new CallClock(new RouterClock(_time));
        _time.Advance(Seconds(1));
    }

    [Fact]
    public void A_limit_cancels_when_it_ends_and_not_before()
    {
        _clock.Start(Timeout, default);
        CancellationToken token = _clock.Token;
        _clock.Arm(Seconds(5), CancelCause.AttemptTimeout);

        _time.Advance(Seconds(5) - TimeSpan.FromMilliseconds(1));
        Assert.False(token.IsCancellationRequested);
        Assert.Equal(CancelCause.None, _clock.Cause);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(token.IsCancellationRequested);
        Assert.Equal(CancelCause.AttemptTimeout, _clock.Cause);
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public void The_cause_is_that_of_the_limit_armed_last()
    {
        _clock.Start(Timeout, default);
        _clock.Arm(Seconds(3), CancelCause.FirstTokenTimeout);
        _clock.Arm(Seconds(3), CancelCause.StreamIdleTimeout);
        _time.Advance(Seconds(3));
        Assert.Equal(CancelCause.StreamIdleTimeout, _clock.Cause);
    }

    [Fact]
    public void A_thousand_later_limits_need_one_timer_change()
    {
        _clock.Start(Timeout, default);
        int before = _time.TimerChanges;
        for (int i = 0; i < 1000; i++)
        {
            _clock.Arm(Seconds(60), CancelCause.StreamIdleTimeout);
            _clock.Disarm();
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.Equal(1, _time.TimerChanges - before);
        Assert.False(_clock.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_timer_that_fires_for_an_earlier_limit_sleeps_on_to_the_present_one()
    {
        _clock.Start(Timeout, default);
        _clock.Arm(Seconds(10), CancelCause.FirstTokenTimeout);
        _time.Advance(Seconds(6));
        _clock.Arm(Seconds(10), CancelCause.StreamIdleTimeout);

        _time.Advance(Seconds(10) - TimeSpan.FromTicks(1));
        Assert.False(_clock.Token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(CancelCause.StreamIdleTimeout, _clock.Cause);
    }

    [Fact]
    public void An_earlier_limit_is_not_missed()
    {
        _clock.Start(Timeout, default);
        _clock.Arm(Seconds(50), CancelCause.FirstTokenTimeout);
        _clock.Arm(Seconds(2), CancelCause.StreamIdleTimeout);
        _time.Advance(Seconds(2));
        Assert.Equal(CancelCause.StreamIdleTimeout, _clock.Cause);
    }

    [Fact]
    public void A_lifted_limit_does_nothing_and_can_be_armed_again()
    {
        _clock.Start(Timeout, default);
        _clock.Arm(Seconds(2), CancelCause.AttemptTimeout);
        _clock.Disarm();
        _time.Advance(Seconds(30));
        Assert.False(_clock.Token.IsCancellationRequested);

        _clock.Arm(Seconds(2), CancelCause.AttemptTimeout);
        _time.Advance(Seconds(2));
        Assert.Equal(CancelCause.AttemptTimeout, _clock.Cause);
    }

    [Fact]
    public void The_deadline_comes_first_where_it_is_earlier()
    {
        _clock.Start(Seconds(10), default);
        Assert.Equal(Seconds(10), _clock.Remaining);
        _time.Advance(Seconds(8));
        _clock.Arm(Seconds(5), CancelCause.AttemptTimeout);
        _time.Advance(Seconds(2));

        Assert.Equal(CancelCause.Deadline, _clock.Cause);
        Assert.Equal(TimeSpan.Zero, _clock.Remaining);
    }

    [Fact]
    public void A_limit_armed_after_the_deadline_ends_at_once()
    {
        _clock.Start(Seconds(1), default);
        _time.Advance(Seconds(3));
        Assert.Equal(Seconds(-2), _clock.Remaining);
        _clock.Arm(Seconds(5), CancelCause.AttemptTimeout);
        _time.Advance(TimeSpan.Zero);
        Assert.Equal(CancelCause.Deadline, _clock.Cause);
    }

    [Fact]
    public void The_longest_timeout_is_no_deadline_at_all()
    {
        _clock.Start(TimeSpan.MaxValue, default);
        _clock.Arm(TimeSpan.MaxValue, CancelCause.AttemptTimeout);
        _time.Advance(TimeSpan.FromDays(1000));
        Assert.False(_clock.Token.IsCancellationRequested);
        Assert.True(_clock.Remaining > TimeSpan.FromDays(1000));
    }

    [Fact]
    public void Renewed_after_a_timeout_it_has_a_fresh_token()
    {
        _clock.Start(Timeout, default);
        _clock.Arm(Seconds(1), CancelCause.AttemptTimeout);
        _time.Advance(Seconds(1));
        CancellationToken spent = _clock.Token;
        _clock.Disarm();

        Assert.True(spent.IsCancellationRequested);
        Assert.False(_clock.Token.IsCancellationRequested);
        Assert.Equal(CancelCause.None, _clock.Cause);
        Assert.Equal(Seconds(99), _clock.Remaining);

        _clock.Arm(Seconds(1), CancelCause.FirstTokenTimeout);
        _time.Advance(Seconds(1));
        Assert.Equal(CancelCause.FirstTokenTimeout, _clock.Cause);
        Assert.True(_clock.Token.IsCancellationRequested);
    }

    [Fact]
    public void Renewed_without_a_timeout_it_keeps_its_token_and_lifts_the_limit()
    {
        _clock.Start(Timeout, default);
        CancellationToken token = _clock.Token;
        _clock.Arm(Seconds(1), CancelCause.AttemptTimeout);
        _clock.Disarm();
        _time.Advance(Seconds(50));
        Assert.Equal(token, _clock.Token);
        Assert.False(token.IsCancellationRequested);
    }

    [Fact]
    public void A_deadline_and_a_callers_cancellation_outlive_a_renewal()
    {
        _clock.Start(Seconds(1), default);
        _clock.Arm(Seconds(1), CancelCause.AttemptTimeout);
        _time.Advance(Seconds(1));
        _clock.Disarm();
        Assert.Equal(CancelCause.Deadline, _clock.Cause);
        Assert.True(_clock.Token.IsCancellationRequested);
        _clock.Stop();

        using var caller = new CancellationTokenSource();
        _clock.Start(Timeout, caller.Token);
        caller.Cancel();
        _clock.Disarm();
        Assert.Equal(CancelCause.Caller, _clock.Cause);
        Assert.True(_clock.Token.IsCancellationRequested);
    }

    [Fact]
    public void The_callers_cancellation_needs_no_limit()
    {
        using var caller = new CancellationTokenSource();
        _clock.Start(Timeout, caller.Token);
        Assert.Equal(caller.Token, _clock.Caller);
        caller.Cancel();
        Assert.True(_clock.Token.IsCancellationRequested);
        Assert.Equal(CancelCause.Caller, _clock.Cause);
    }

    [Fact]
    public void A_caller_who_had_cancelled_before_gets_a_cancelled_token()
    {
        _clock.Start(Timeout, new CancellationToken(canceled: true));
        Assert.True(_clock.Token.IsCancellationRequested);
        Assert.Equal(CancelCause.Caller, _clock.Cause);
    }

    [Fact]
    public void The_first_cause_stands()
    {
        using var caller = new CancellationTokenSource();
        _clock.Start(Timeout, caller.Token);
        _clock.Arm(Seconds(1), CancelCause.AttemptTimeout);
        caller.Cancel();
        _time.Advance(Seconds(1));
        Assert.Equal(CancelCause.Caller, _clock.Cause);
    }

    [Fact]
    public void Stopped_it_serves_the_next_call_as_if_it_were_new()
    {
        using var caller = new CancellationTokenSource();
        _clock.Start(Timeout, caller.Token);
        _clock.Arm(Seconds(1), CancelCause.AttemptTimeout);
        caller.Cancel();
        _clock.Stop();

        _clock.Start(Seconds(10), default);
        Assert.Equal(CancelCause.None, _clock.Cause);
        Assert.False(_clock.Token.IsCancellationRequested);
        Assert.Equal(CancellationToken.None, _clock.Caller);
        Assert.Equal(Seconds(10), _clock.Remaining);
        _time.Advance(Seconds(5));
        Assert.False(_clock.Token.IsCancellationRequested);
    }

    [Fact]
    public void The_caller_of_an_earlier_call_cancels_nothing_any_more()
    {
        using var earlier = new CancellationTokenSource();
        _clock.Start(Timeout, earlier.Token);
        _clock.Stop();
        _clock.Start(Timeout, default);
        earlier.Cancel();
        Assert.False(_clock.Token.IsCancellationRequested);
    }

    [Fact]
    public void The_timer_of_an_earlier_call_does_not_cancel_the_next_one()
    {
        _clock.Start(Timeout, default);
        _clock.Arm(Seconds(5), CancelCause.AttemptTimeout);
        _clock.Stop();
        _time.Advance(Seconds(4));

        _clock.Start(Timeout, default);
        _clock.Arm(Seconds(5), CancelCause.AttemptTimeout);
        _time.Advance(Seconds(2));
        Assert.False(_clock.Token.IsCancellationRequested);
        _time.Advance(Seconds(3));
        Assert.Equal(CancelCause.AttemptTimeout, _clock.Cause);
    }

    [Fact]
    public void A_timer_that_fires_while_the_clock_changes_hands_hits_the_earlier_call_or_none()
    {
        // The time at which the first call's limit is over; the timer fires on another thread just as the call ends.
        var time = new HandFiredTime();
        var clock = new CallClock(new RouterClock(time));
        const int Rounds = 50_000;
        int arrived = 0;
        var timer = new Thread(() =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                Meet(2 * i + 1);
                time.Fire();
                Meet(2 * i + 2);
            }
        });
        timer.Start();
        int hit = 0;
        for (int i = 0; i < Rounds; i++)
        {
            clock.Start(Timeout, default);
            clock.Arm(Seconds(1), CancelCause.AttemptTimeout);
            time.Now += Seconds(2).Ticks;
            Meet(2 * i + 1);
            Thread.SpinWait(i % 32);
            clock.Stop();
            clock.Start(Timeout, default);
            clock.Arm(Seconds(1), CancelCause.AttemptTimeout);
            Meet(2 * i + 2);
            if (clock.Cause is not CancelCause.None || clock.Token.IsCancellationRequested) hit++;
            clock.Stop();
        }

        timer.Join();
        Assert.Equal(0, hit);

        // Spins instead of blocking, so that both leave within nanoseconds of each other.
        void Meet(int meeting)
        {
            Interlocked.Increment(ref arrived);
            SpinWait spin = default;
            while (Volatile.Read(ref arrived) < 2 * meeting) spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    [Fact]
    public void Callers_timers_and_renewals_may_race_without_harm()
    {
        using var together = new Barrier(3);
        const int Rounds = 5_000;
        CancellationTokenSource caller = new();
        var cancels = new Thread(() => Repeat(Rounds, together, () => caller.Cancel()));
        var advances = new Thread(() => Repeat(Rounds, together, () => _time.Advance(Seconds(1))));
        cancels.Start();
        advances.Start();
        for (int i = 0; i < Rounds; i++)
        {
            caller = new CancellationTokenSource();
            _clock.Start(Timeout, caller.Token);
            _clock.Arm(Seconds(1), CancelCause.AttemptTimeout);
            together.SignalAndWait();
            _clock.Disarm();
            _clock.Arm(Seconds(90), CancelCause.FirstTokenTimeout);
            together.SignalAndWait();

            // Whatever came first: the call knows that its caller is gone, and its token says what its cause says.
            Assert.True(_clock.Caller.IsCancellationRequested);
            Assert.Equal(_clock.Cause is not CancelCause.None, _clock.Token.IsCancellationRequested);
            Assert.True(_clock.Cause is CancelCause.None or CancelCause.Caller);
            _clock.Stop();
            Assert.False(_clock.Token.IsCancellationRequested);
        }

        cancels.Join();
        advances.Join();
    }

    [Fact]
    public void Discarded_it_leaves_no_timer()
    {
        _clock.Start(Timeout, default);
        _clock.Arm(Seconds(5), CancelCause.AttemptTimeout);
        _clock.Stop();
        _clock.Discard();
        Assert.Equal(0, _time.ActiveTimers);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static void Repeat(int rounds, Barrier together, Action act)
    {
        for (int i = 0; i < rounds; i++)
        {
            together.SignalAndWait();
            act();
            together.SignalAndWait();
        }
    }

    /// <summary>A time whose one timer fires when, and on the thread that, the test says.</summary>
    private sealed class HandFiredTime : TimeProvider, ITimer
    {
        private TimerCallback? _callback;
        private object? _state;

        public long Now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref Now);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_callback, _state) = (callback, state);
            return this;
        }

        public void Fire() => _callback!(_state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
