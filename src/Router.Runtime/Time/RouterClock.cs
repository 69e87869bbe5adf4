namespace RouterGen;

/// <summary>
/// The router's time: ticks of 100 ns since it was made, from an injected <see cref="TimeProvider"/>. Monotonic; not
/// the time of day.
/// </summary>
internal sealed class RouterClock(TimeProvider provider)
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly long _origin = provider.GetTimestamp();

#pragma warning disable RS0030 // The one place that names the system's time.
    /// <summary>Gets the system's time, for routers into which no other is injected.</summary>
    public static TimeProvider System => TimeProvider.System;
#pragma warning restore RS0030

    public TimeProvider Provider { get; } = provider;

    /// <summary>Gets the ticks since the router was made; 0 for as long as a clock that was set back is behind that.</summary>
    public long Now => Math.Max(0, Provider.GetElapsedTime(_origin).Ticks);

    public TimeSpan Since(long then) => new(Now - then);

    /// <summary>A later time of day; the last one that there is where it would be beyond.</summary>
    public static DateTimeOffset Later(DateTimeOffset time, TimeSpan by) => DateTimeOffset.MaxValue - time > by ? time + by : DateTimeOffset.MaxValue;

    /// <summary>
    /// When a timer for that moment is due: in whole milliseconds, up to one late rather than early, since a look that is too
    /// soon finds nothing; and never later than timers can be.
    /// </summary>
    public TimeSpan DueAt(long moment)
    {
        double milliseconds = Math.Ceiling(Math.Max(0, new TimeSpan(moment - Now).TotalMilliseconds));
        return milliseconds < LongestTimer.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : LongestTimer;
    }

    /// <summary>
    /// A timer that is not due yet. It outlives the call that happened to make it, and carries nothing of what that call has
    /// about it: its activity, its logging scopes.
    /// </summary>
    public ITimer CreateTimer(TimerCallback callback, object state)
    {
        using AsyncFlowControl? nothingFlows = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        return Provider.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Lets a call that was woken go on: on the thread pool; under any other time than the system's as a timer that is due
    /// at once, so that the thread that moves the time also runs all that happens in it, in a repeatable order.
    /// </summary>
    public void Post<T>(Action<T> action, T state)
    {
#pragma warning disable RS0030 // This is what others are to use instead.
        if (Provider == System) ThreadPool.UnsafeQueueUserWorkItem(action, state, preferLocal: false);
#pragma warning restore RS0030
        else new Posted<T>(this, action, state).Start();
    }

    private sealed class Posted<T>
    {
        private readonly Action<T> _action;
        private readonly T _state;
        private readonly ITimer _timer;

        public Posted(RouterClock clock, Action<T> action, T state)
        {
            _action = action;
            _state = state;
            _timer = clock.CreateTimer(static posted => ((Posted<T>)posted!).Run(), this);
        }

        public void Start() => _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        private void Run()
        {
            _timer.Dispose();
            _action(_state);
        }
    }
}
