using System.Threading.Channels;

namespace RouterGen.FakeProviders.Tests;

/// <summary>A clock that stands still on New Year 2026, and timers that fire when they are told to.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Channel<Timer> _started = Channel.CreateUnbounded<Timer>();
    private Timer? _latest;

    public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(callback, state, dueTime);
        _started.Writer.TryWrite(timer);
        return timer;
    }

    /// <summary>Waits until somebody waits, and says how long they mean to.</summary>
    public async Task<TimeSpan> NextTimerAsync() => (_latest = await _started.Reader.ReadAsync()).DueTime;

    /// <summary>The time that was last asked for is over.</summary>
    public void Fire() => _latest!.Fire();

    private sealed class Timer(TimerCallback callback, object? state, TimeSpan dueTime) : ITimer
    {
        public TimeSpan DueTime => dueTime;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
