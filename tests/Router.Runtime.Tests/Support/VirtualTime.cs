namespace RouterGen.Runtime.Tests;

/// <summary>
/// Time that stands still until a test moves it. Timers fire in the order of their due times, on the thread that
/// advances, with the clock set to each one's due time; what callbacks schedule within the advanced span fires as well.
/// A timer that is due at once fires with the next <see cref="Advance"/>, if only by zero. Thread-safe.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    /// <summary>The time of day at which each test starts.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<VirtualTimer> _scheduled = [];
    private long _now;
    private long _order;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>How long the test has run.</summary>
    public TimeSpan Elapsed
    {
        get { lock (_gate) return new TimeSpan(_now); }
    }

    /// <summary>How many timers are scheduled to fire; those that are disposed, have fired or wait to be changed are not.</summary>
    public int ActiveTimers
    {
        get { lock (_gate) return _scheduled.Count; }
    }

    /// <summary>How long until the next timer fires; null where none is scheduled.</summary>
    public TimeSpan? NextDue
    {
        get { lock (_gate) return FirstScheduled() is { } first ? new TimeSpan(Math.Max(0, first.Due - _now)) : null; }
    }

    /// <summary>How often a timer was made, changed or disposed.</summary>
    public int TimerChanges { get; private set; }

    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    /// <summary>What each look at the clock takes, in ticks of 100 ns: real time goes on between two of them.</summary>
    public long TicksOfALook { get; set; }

    public override long GetTimestamp()
    {
        lock (_gate) return _now += TicksOfALook;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time on, and fires what falls due on the way.</summary>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        long target;
        lock (_gate) target = _now + span.Ticks;
        while (TakeDue(target) is { } timer) timer.Fire();
        lock (_gate) _now = Math.Max(_now, target);
    }

    private VirtualTimer? TakeDue(long target)
    {
        lock (_gate)
        {
            if (FirstScheduled() is not { } first || first.Due > target) return null;
            _now = Math.Max(_now, first.Due);
            _scheduled.Remove(first);
            if (first.Period > 0) Schedule(first, first.Due + first.Period);
            return first;
        }
    }

    private VirtualTimer? FirstScheduled() => _scheduled.MinBy(static timer => (timer.Due, timer.Order));

    private void Schedule(VirtualTimer timer, long due)
    {
        timer.Due = due;
        timer.Order = _order++;
        _scheduled.Add(timer);
    }

    /// <summary>A timer of this time.</summary>
    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        public long Due { get; set; }

        public long Order { get; set; }

        public long Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                if (_disposed) return false;
                time.TimerChanges++;
                time._scheduled.Remove(this);
                Period = period > TimeSpan.Zero ? period.Ticks : 0;
                if (dueTime >= TimeSpan.Zero) time.Schedule(this, time._now + dueTime.Ticks);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                if (_disposed) return;
                _disposed = true;
                time.TimerChanges++;
                time._scheduled.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
