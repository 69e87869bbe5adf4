namespace RouterGen.Runtime.Tests;

/// <summary>The tests' own clock: what it gets wrong, all others would.</summary>
public class VirtualTimeTests
{
    private readonly VirtualTime _time = new();
    private readonly List<(string Timer, double Seconds)> _fired = [];

    [Fact]
    public void Timers_fire_in_the_order_of_their_due_times_with_the_clock_set_to_them()
    {
        Schedule("late", 3);
        Schedule("early", 1);
        Schedule("also early", 1);
        Schedule("beyond", 6);

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([("early", 1), ("also early", 1), ("late", 3)], _fired);
        Assert.Equal(TimeSpan.FromSeconds(5), _time.Elapsed);
        Assert.Equal(VirtualTime.Start + TimeSpan.FromSeconds(5), _time.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(1), _time.NextDue);
        Assert.Equal(1, _time.ActiveTimers);
    }

    [Fact]
    public void A_periodic_timer_fires_until_it_is_disposed()
    {
        ITimer timer = Schedule("tick", 1, period: 2);
        _time.Advance(TimeSpan.FromSeconds(5));
        timer.Dispose();
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([("tick", 1), ("tick", 3), ("tick", 5)], _fired);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
        Assert.Equal(0, _time.ActiveTimers);
    }

    [Fact]
    public void What_a_callback_schedules_within_the_span_fires_too()
    {
        _time.CreateTimer(_ => Schedule("second", 1), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([("second", 2)], _fired);
    }

    [Fact]
    public void A_changed_timer_fires_at_its_new_time_only()
    {
        ITimer timer = Schedule("changed", 1);
        timer.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Empty(_fired);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([("changed", 4)], _fired);
    }

    [Fact]
    public void A_timer_that_is_due_at_once_fires_with_the_next_advance()
    {
        Schedule("now", 0);
        Assert.Empty(_fired);
        _time.Advance(TimeSpan.Zero);
        Assert.Equal([("now", 0)], _fired);
    }

    private ITimer Schedule(string name, double due, double? period = null) => _time.CreateTimer(
        _ => _fired.Add((name, _time.Elapsed.TotalSeconds)),
        null,
        TimeSpan.FromSeconds(due),
        period is { } seconds ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan);
}
