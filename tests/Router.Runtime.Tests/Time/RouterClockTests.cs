using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class RouterClockTests
{
    private readonly VirtualTime _time = new();

    [Fact]
    public void Under_a_time_of_ones_own_a_woken_call_goes_on_where_time_is_moved_and_in_order()
    {
        var clock = new RouterClock(_time);
        List<(string Who, int Thread)> ran = [];
        clock.Post(who => ran.Add((who, Environment.CurrentManagedThreadId)), "first");
        clock.Post(who => ran.Add((who, Environment.CurrentManagedThreadId)), "second");
        Assert.Empty(ran);

        _time.Advance(TimeSpan.Zero);

        int here = Environment.CurrentManagedThreadId;
        Assert.Equal([("first", here), ("second", here)], ran);
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public async Task Under_the_systems_time_it_goes_on_on_the_thread_pool()
    {
        var ran = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        new RouterClock(TimeProvider.System).Post(static ran => ran.SetResult(Thread.CurrentThread.IsThreadPoolThread), ran);
        Assert.True(await ran.Task);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-50_000, 0)]
    [InlineData(1, 1)]
    [InlineData(10_000, 1)]
    [InlineData(15_001, 2)]
    public void A_timer_is_due_rather_late_than_early(long ticks, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), new RouterClock(_time).DueAt(ticks));

    [Fact]
    public void The_farthest_moment_is_as_far_as_timers_go() =>
        Assert.Equal(TimeSpan.FromMilliseconds(int.MaxValue), new RouterClock(_time).DueAt(long.MaxValue));

    [Fact]
    public async Task A_clock_that_is_set_back_behind_the_start_stands_still()
    {
        var time = new SetTime { Stamp = TimeSpan.TicksPerHour };
        var context = new RouterContext(new RouterOptions
        {
            Transport = new HttpMessageInvoker(new FakeTransport().On("a", FakeTransport.Text("hello"))),
            TimeProvider = time,
            Variables = static _ => "sk-test",
        });
        var group = new TestGroup(context, new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")] });
        time.Stamp = 0;

        Assert.Equal(0, context.Clock.Now);
        Assert.Equal("hello", (await group.CompleteAsync("Hi")).Text);
    }

    [Fact]
    public void No_time_of_day_is_later_than_the_last()
    {
        DateTimeOffset last = DateTimeOffset.MaxValue;
        Assert.Equal(last, RouterClock.Later(last.AddSeconds(-1), TimeSpan.FromSeconds(2)));
        Assert.Equal(last, RouterClock.Later(last, TimeSpan.Zero));
        Assert.Equal(VirtualTime.Start.AddSeconds(2), RouterClock.Later(VirtualTime.Start, TimeSpan.FromSeconds(2)));
    }

    /// <summary>Time that is set by hand, back too.</summary>
    private sealed class SetTime : TimeProvider
    {
        public long Stamp { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Stamp;
    }
}
