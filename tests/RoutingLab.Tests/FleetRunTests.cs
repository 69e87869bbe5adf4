namespace RoutingLab.Tests;

/// <summary>Fleets in the lab: the figures of docs/scaling.md, in small.</summary>
public class FleetRunTests
{
    private static readonly StoreConditions Near = new("near", 0.001);

    [Theory]
    [InlineData(0.8, false)]
    [InlineData(2, false)]
    [InlineData(0.8, true)]
    [InlineData(2, true)]
    public void Instances_keep_a_limit_together_and_use_it_up(double load, bool skewed)
    {
        FleetFigures figures = FleetRun.Run(new FleetCase(8, load, skewed, Keeping.Shared, Near), seed: 5);
        Assert.InRange(figures.Utilisation, 0.98, 1);
        Assert.InRange(figures.Overshoot, 0, 0.005);
        Assert.InRange(figures.Exchanges, 0.8, 1.3);
        Assert.InRange(figures.Fairness, 0.93, 1);
    }

    [Fact]
    public void Without_a_store_they_use_too_little_or_too_much()
    {
        FleetFigures divided = FleetRun.Run(new FleetCase(8, 0.8, Skewed: true, Keeping.Divided, Near), seed: 5);
        FleetFigures alone = FleetRun.Run(new FleetCase(8, 2, Skewed: false, Keeping.Alone, Near), seed: 5);
        Assert.InRange(divided.Success, 0, 0.5);
        Assert.InRange(alone.Overshoot, 0.02, 1);
    }

    [Fact]
    public void A_slow_store_that_loses_answers_and_has_another_time_costs_little()
    {
        FleetFigures figures = FleetRun.Run(new FleetCase(8, 0.8, Skewed: true, Keeping.Shared, new StoreConditions("bad", 0.3, Loss: 0.1, SkewSeconds: -600)), seed: 5);
        Assert.InRange(figures.Success, 0.95, 1);
        Assert.InRange(figures.Overshoot, 0, 0.005);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        var fleet = new FleetCase(3, 1.5, Skewed: true, Keeping.Shared, new StoreConditions("bad", 0.1, Loss: 0.1));
        Assert.Equal(FleetRun.Run(fleet, seed: 9), FleetRun.Run(fleet, seed: 9));
        Assert.NotEqual(FleetRun.Run(fleet, seed: 9), FleetRun.Run(fleet, seed: 10));
    }
}
