namespace RouterGen.Runtime.Tests;

public class AvailabilitySignalTests
{
    private static readonly object Topic = new();
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly VirtualTime _time = new();
    private readonly AvailabilitySignal _signal;

    public AvailabilitySignalTests() => _signal = new AvailabilitySignal(_time);

    [Fact]
    public async Task A_pulse_wakes_all_who_wait()
    {
        Task[] waits = [.. Enumerable.Range(0, 5).Select(_ => WaitAsync())];
        Assert.Equal(5, _signal.Waiting);
        Assert.All(waits, static wait => Assert.False(wait.IsCompleted));

        _signal.WakeAll(Topic);
        await Task.WhenAll(waits);
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_freed_slot_wakes_who_has_waited_longest_for_it_and_nobody_else()
    {
        object other = new();
        Task<bool> foreign = _signal.WaitAsync([other], _signal.Version, Minute, async: true, default).AsTask();
        Task<bool> first = _signal.WaitAsync([other, Topic], _signal.Version, Minute, async: true, default).AsTask();
        Task<bool> second = _signal.WaitAsync([Topic], _signal.Version, Minute, async: true, default).AsTask();

        _signal.WakeOne(Topic);
        Assert.True(await first);
        Assert.Equal(2, _signal.Waiting);
        _signal.WakeOne(Topic);
        Assert.True(await second);
        Assert.False(foreign.IsCompleted);
        _time.Advance(Minute);
        Assert.False(await foreign); // Woken by time: there is nothing to hand on.
    }

    [Fact]
    public async Task Time_ends_a_wait()
    {
        Task wait = WaitAsync();
        _time.Advance(Minute - TimeSpan.FromMilliseconds(1));
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await wait;
        AssertNothingLeft();
    }

    [Fact]
    public async Task A_wait_ends_rather_late_than_early()
    {
        Task wait = _signal.WaitAsync([Topic], _signal.Version, TimeSpan.FromTicks(15_001), async: true, default).AsTask();
        _time.Advance(TimeSpan.FromTicks(15_001));
        Assert.False(wait.IsCompleted);
        _time.Advance(TimeSpan.FromTicks(4_999));
        await wait;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task A_wait_for_no_time_ends_at_once(int seconds)
    {
        Task wait = _signal.WaitAsync([Topic], _signal.Version, TimeSpan.FromSeconds(seconds), async: true, default).AsTask();
        _time.Advance(TimeSpan.Zero);
        await wait;
        AssertNothingLeft();
    }

    [Fact]
    public async Task The_longest_wait_is_possible()
    {
        Task wait = _signal.WaitAsync([Topic], _signal.Version, TimeSpan.MaxValue, async: true, default).AsTask();
        _time.Advance(TimeSpan.FromDays(20));
        Assert.False(wait.IsCompleted);
        _signal.WakeAll(Topic);
        await wait;
    }

    [Fact]
    public async Task Cancellation_ends_a_wait_without_an_exception()
    {
        using var caller = new CancellationTokenSource();
        Task wait = WaitAsync(cancellationToken: caller.Token);
        caller.Cancel();
        await wait;
        AssertNothingLeft();

        await WaitAsync(cancellationToken: caller.Token);
        AssertNothingLeft();
    }

    [Fact]
    public void A_change_between_looking_and_waiting_is_not_missed()
    {
        int version = _signal.Version;
        _signal.WakeAll(Topic);
        Assert.NotEqual(version, _signal.Version);
        Assert.True(WaitAsync(version).IsCompletedSuccessfully);
        AssertNothingLeft();
    }

    [Fact]
    public void A_synchronous_wait_blocks_its_thread_until_a_pulse()
    {
        var waiting = new Thread(() => Assert.True(WaitAsync(async: false).IsCompletedSuccessfully));
        waiting.Start();
        SpinWait.SpinUntil(() => _signal.Waiting == 1);
        Assert.True(waiting.IsAlive);
        _signal.WakeAll(Topic);
        waiting.Join();
        AssertNothingLeft();
    }

    [Fact]
    public void A_synchronous_wait_ends_with_its_time_or_token()
    {
        var waiting = new Thread(() => _ = WaitAsync(async: false));
        waiting.Start();
        SpinWait.SpinUntil(() => _time.ActiveTimers == 1);
        _time.Advance(Minute);
        waiting.Join();

        using var caller = new CancellationTokenSource();
        waiting = new Thread(() => _ = WaitAsync(async: false, cancellationToken: caller.Token));
        waiting.Start();
        SpinWait.SpinUntil(() => _signal.Waiting == 1);
        caller.Cancel();
        waiting.Join();
        AssertNothingLeft();
    }

    [Fact]
    public void No_wait_sleeps_through_a_pulse()
    {
        // Each round is a handover: who waits must see what was written before the pulse, or wait for ever.
        const int Rounds = 20_000;
        int turn = 0;
        var other = new Thread(() => Take(parity: 1));
        other.Start();
        Take(parity: 0);
        other.Join();
        Assert.Equal(Rounds, turn);
        AssertNothingLeft();

        void Take(int parity)
        {
            while (true)
            {
                int version = _signal.Version;
                int now = Volatile.Read(ref turn);
                if (now >= Rounds) return;
                if (now % 2 == parity)
                {
                    Volatile.Write(ref turn, now + 1);
                    _signal.WakeAll(Topic);
                }
                else
                {
                    _ = WaitAsync(version, async: false);
                }
            }
        }
    }

    private Task WaitAsync(int? version = null, bool async = true, CancellationToken cancellationToken = default) =>
        _signal.WaitAsync([Topic], version ?? _signal.Version, Minute, async, cancellationToken).AsTask();

    private void AssertNothingLeft()
    {
        Assert.Equal(0, _signal.Listed);
        Assert.Equal(0, _time.ActiveTimers);
    }
}
