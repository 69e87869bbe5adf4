namespace RouterGen.Interleavings.Tests;

/// <summary>
/// The time of a run. It stands still while a strand can go on, and moves to the next timer when none can. Timers fire on two
/// strands of their own, so that one callback may overtake another; between a timer's moment and its callback the timer may be changed.
/// </summary>
internal sealed class StrandTime : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<Timer> _scheduled = [];

    public StrandTime(Interleaving run)
    {
        run.WhenAllWait = TryPass;
        run.AddDaemon("timers 1", Serve);
        run.AddDaemon("timers 2", Serve);
    }

    /// <summary>Gets the time, in ticks of 100 ns since the run began.</summary>
    public long Now { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Moves the time on.</summary>
    public void Advance(TimeSpan span) => Now += span.Ticks;

    public override DateTimeOffset GetUtcNow() => Start + new TimeSpan(Now);

    public override long GetTimestamp() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private bool HasDue => _scheduled.Exists(timer => timer.Due <= Now);

    private void Serve()
    {
        while (true)
        {
            Strand.Wait(new Site("Wait", "Time", "Timer", 0), () => HasDue);
            Timer due = _scheduled.Where(timer => timer.Due <= Now).MinBy(static timer => timer.Due)!;
            _scheduled.Remove(due);
            Interleaving.Pause("timer is due");
            due.Fire();
        }
    }

    private bool TryPass()
    {
        if (_scheduled.Count == 0) return false;
        Now = Math.Max(Now, _scheduled.Min(static timer => timer.Due));
        return true;
    }

    private sealed class Timer(StrandTime time, TimerCallback callback, object? state) : ITimer
    {
        private bool _isDisposed;

        public long Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_isDisposed) return false;
            time._scheduled.Remove(this);
            if (dueTime < TimeSpan.Zero) return true;
            Due = time.Now + dueTime.Ticks;
            time._scheduled.Add(this);
            return true;
        }

        public void Dispose()
        {
            _isDisposed = true;
            time._scheduled.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
