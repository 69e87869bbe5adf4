using Microsoft.Extensions.Time.Testing;

namespace RouterGen.Testing;

/// <summary>
/// The clock of a <see cref="TestRouter"/>: it stands until a test moves it, with <see cref="FakeTimeProvider.Advance"/> or <see cref="RunUntilAsync{T}"/>. All that the router waits
/// for (cooldowns, limits, backoffs, deadlines) happens on the thread that moves it, in a repeatable order.
/// </summary>
public sealed class TestClock : FakeTimeProvider
{
    // Enough for code that goes on on other threads to come to its next wait; it is no matter of correctness, since a timer that is due is due.
    private const int Yields = 50;

    private readonly Lock _gate = new();
    private readonly Dictionary<NotedTimer, DateTimeOffset> _due = [];

    /// <summary>Makes a clock that shows the first of January of 2026, midnight UTC.</summary>
    public TestClock() : base(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Gets how long it is until the next timer is due; null where none is set.</summary>
    public TimeSpan? NextTimer
    {
        get
        {
            DateTimeOffset now = GetUtcNow();
            lock (_gate)
            {
                if (_due.Count == 0) return null;
                TimeSpan left = _due.Values.Min() - now;
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>
    /// Moves the clock from timer to timer until a task has ended, and returns its result: so a call that waits (for a cooldown, a limit, a fake that
    /// <see cref="FakeDeployment.Delays"/>) takes no time. What the task waits for must come from the router, its fakes or this clock: for anything else the clock runs on, up to the call's deadline.
    /// </summary>
    /// <param name="task">The task, for example a call of a group.</param>
    /// <returns>The result of the task; what it throws is thrown.</returns>
    public async Task<T> RunUntilAsync<T>(Task<T> task)
    {
        await RunUntilAsync((Task)task).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    /// <inheritdoc cref="RunUntilAsync{T}"/>
    public async Task RunUntilAsync(Task task)
    {
        ArgumentNullException.ThrowIfNull(task);
        while (!task.IsCompleted)
        {
            for (int i = 0; i < Yields && !task.IsCompleted; i++) await Task.Yield();
            if (!task.IsCompleted && NextTimer is { } next) Advance(next);
        }

        await task.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new NotedTimer(this, callback, state);
        timer.Start(base.CreateTimer(static fired => ((NotedTimer)fired!).Fire(), timer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), dueTime, period);
        return timer;
    }

    private void Note(NotedTimer timer, TimeSpan dueTime)
    {
        DateTimeOffset now = GetUtcNow();
        lock (_gate)
        {
            if (dueTime < TimeSpan.Zero) _due.Remove(timer);
            else _due[timer] = dueTime < DateTimeOffset.MaxValue - now ? now + dueTime : DateTimeOffset.MaxValue;
        }
    }

    /// <summary>A timer that says when it is due.</summary>
    private sealed class NotedTimer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        private ITimer _timer = null!;
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public void Start(ITimer timer, TimeSpan dueTime, TimeSpan period)
        {
            _timer = timer;
            Change(dueTime, period);
        }

        public void Fire()
        {
            clock.Note(this, _period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            clock.Note(this, dueTime);
            return _timer.Change(dueTime, period);
        }

        public void Dispose()
        {
            clock.Note(this, Timeout.InfiniteTimeSpan);
            _timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            clock.Note(this, Timeout.InfiniteTimeSpan);
            return _timer.DisposeAsync();
        }
    }
}
