using Microsoft.Extensions.Time.Testing;

namespace RouterGen.Tool.Tests;

/// <summary>Time that a test moves, and that tells how many timers wait for it: each is a limit of something that is under way.</summary>
internal sealed class CountedTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int _timers;

    /// <summary>Gets how many timers are not disposed.</summary>
    public int Timers => Volatile.Read(ref _timers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _timers);
        return new Counted(this, base.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class Counted(CountedTime time, ITimer timer) : ITimer
    {
        private int _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0) Interlocked.Decrement(ref time._timers);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
