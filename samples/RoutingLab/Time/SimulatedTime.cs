namespace RoutingLab;

/// <summary>
/// Time that jumps from one event to the next. All that happens happens on the thread that calls <see cref="Step"/>:
/// timers fire there, and what waits for them goes on there. Whoever asks from another thread is refused, because a run
/// that left its thread could not be repeated.
/// </summary>
internal sealed class SimulatedTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly EventHeap _events = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Ticks of 100 ns since the start.</summary>
    public long Now => _now;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(_now);

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets something happen after a while.</summary>
    public void Schedule(long delay, IScheduled target, int ticket = 0)
    {
        if (Environment.CurrentManagedThreadId != _thread) throw new InvalidOperationException("Something left the simulating thread: the run could not be repeated.");
        _events.Push(_now + Math.Max(0, delay), target, ticket);
    }

    /// <summary>Moves on to the next event.</summary>
    /// <returns>False where nothing is left to happen.</returns>
    public bool Step()
    {
        if (_events.Count == 0) return false;
        (long due, IScheduled target, int ticket) = _events.Pop();
        _now = due;
        target.Fire(ticket);
        return true;
    }

    private sealed class Timer(SimulatedTime time, TimerCallback callback, object? state) : ITimer, IScheduled
    {
        private long _period;
        private int _ticket;
        private bool _disposed;

        public void Fire(int ticket)
        {
            if (ticket != _ticket) return;
            if (_period > 0) time.Schedule(_period, this, ticket);
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed) return false;
            _ticket++;
            _period = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime >= TimeSpan.Zero) time.Schedule(dueTime.Ticks, this, _ticket);
            return true;
        }

        public void Dispose()
        {
            _disposed = true;
            _ticket++;
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
