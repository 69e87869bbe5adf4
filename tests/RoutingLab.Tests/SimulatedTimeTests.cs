namespace RoutingLab.Tests;

public class SimulatedTimeTests
{
    private readonly SimulatedTime _time = new();
    private readonly List<string> _fired = [];

    [Fact]
    public void Timers_fire_in_the_order_of_their_due_times_and_of_their_scheduling()
    {
        var draws = new Draws(1);
        (int Due, int Number)[] timers = [.. Enumerable.Range(0, 500).Select(number => (draws.Next(50), number))];
        foreach ((int due, int number) in timers) Timer($"{due}.{number}", due);
        while (_time.Step())
        {
        }

        Assert.Equal(timers.OrderBy(static timer => timer.Due).ThenBy(static timer => timer.Number).Select(static timer => $"{timer.Due}.{timer.Number}"), _fired);
        Assert.Equal(timers.Max(static timer => timer.Due), TimeSpan.FromTicks(_time.Now).TotalMilliseconds);
    }

    [Fact]
    public void A_timer_that_is_changed_or_disposed_does_not_fire_as_it_was()
    {
        ITimer changed = Timer("changed", 10);
        ITimer disposed = Timer("disposed", 10);
        Timer("other", 15);
        changed.Change(TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan);
        disposed.Dispose();
        Assert.False(disposed.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        while (_time.Step())
        {
        }

        Assert.Equal(["other", "changed"], _fired);
    }

    [Fact]
    public void A_periodic_timer_fires_again()
    {
        _time.CreateTimer(_ => _fired.Add($"{_time.Now / TimeSpan.TicksPerMillisecond}"), null, TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(10));
        for (int i = 0; i < 3; i++) _time.Step();
        Assert.Equal(["5", "15", "25"], _fired);
    }

    [Fact]
    public void Another_thread_is_refused()
    {
        InvalidOperationException? refusal = null;
        var thread = new Thread(() => refusal = Assert.Throws<InvalidOperationException>(() => Timer("elsewhere", 1)));
        thread.Start();
        thread.Join();
        Assert.NotNull(refusal);
    }

    private ITimer Timer(string name, int milliseconds) => _time.CreateTimer(_ => _fired.Add(name), null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
}
