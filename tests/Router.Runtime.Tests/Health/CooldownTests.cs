namespace RouterGen.Runtime.Tests;

public class CooldownTests
{
    private readonly RandomSource _random = new(1);

    [Fact]
    public void Who_is_not_to_blame_does_not_cool()
    {
        Assert.Equal(TimeSpan.Zero, After(HealthEffect.None, 5, asked: 30));
    }

    [Fact]
    public void What_no_short_wait_cures_cools_for_minutes_whatever_was_asked()
    {
        AssertWithinAFifth(300, () => After(HealthEffect.CoolLong, 1));
        AssertWithinAFifth(300, () => After(HealthEffect.CoolLong, 9, asked: 1));
        AssertWithinAFifth(300, () => After(HealthEffect.CoolLong, 1, configured: 2));
        AssertWithinAFifth(300, () => After(HealthEffect.CoolLong, 1, allowedFails: 3));
    }

    [Fact]
    public void What_the_provider_asks_for_is_obeyed_to_the_tick_up_to_ten_minutes()
    {
        foreach (HealthEffect effect in new[] { HealthEffect.CoolAsAsked, HealthEffect.Count })
        {
            Assert.Equal(TimeSpan.FromSeconds(7.5), After(effect, 1, asked: 7.5));
            Assert.Equal(TimeSpan.FromSeconds(7.5), After(effect, 20, asked: 7.5));
            Assert.Equal(TimeSpan.FromSeconds(7.5), After(effect, 1, asked: 7.5, configured: 60));
            Assert.Equal(TimeSpan.FromSeconds(7.5), After(effect, 1, asked: 7.5, allowedFails: 10));
            Assert.Equal(TimeSpan.FromMinutes(10), After(effect, 1, asked: 274_579));
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-5.0)]
    public void A_wait_of_nothing_is_as_if_none_was_asked_for(double asked)
    {
        AssertWithinAFifth(1, () => After(HealthEffect.CoolAsAsked, 1, asked));
        AssertWithinAFifth(0.2, () => After(HealthEffect.Count, 1, asked));
    }

    [Theory]
    [InlineData(1, 0.2)]
    [InlineData(2, 0.5)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(7, 16)]
    [InlineData(8, 30)]
    [InlineData(50, 30)]
    [InlineData(int.MaxValue, 30)]
    public void Failures_in_a_row_cool_longer_and_longer(int failures, double seconds) =>
        AssertWithinAFifth(seconds, () => After(HealthEffect.Count, failures));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(int.MaxValue, 60)]
    public void Refusals_in_a_row_without_a_time_cool_longer_and_longer(int failures, double seconds) =>
        AssertWithinAFifth(seconds, () => After(HealthEffect.CoolAsAsked, failures));

    [Fact]
    public void Allowed_failures_do_not_cool_and_growth_starts_after_them()
    {
        Assert.Equal(TimeSpan.Zero, After(HealthEffect.Count, 1, allowedFails: 2));
        Assert.Equal(TimeSpan.Zero, After(HealthEffect.Count, 2, allowedFails: 2));
        AssertWithinAFifth(0.2, () => After(HealthEffect.Count, 3, allowedFails: 2));
        AssertWithinAFifth(0.5, () => After(HealthEffect.Count, 4, allowedFails: 2));
        Assert.Equal(TimeSpan.Zero, After(HealthEffect.Count, 2, configured: 60, allowedFails: 2));
        AssertWithinAFifth(1, () => After(HealthEffect.CoolAsAsked, 1, allowedFails: 2));
    }

    [Fact]
    public void A_configured_time_is_kept_exactly()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), After(HealthEffect.Count, 1, configured: 5));
        Assert.Equal(TimeSpan.FromSeconds(5), After(HealthEffect.Count, 30, configured: 5));
        Assert.Equal(TimeSpan.FromSeconds(5), After(HealthEffect.CoolAsAsked, 3, configured: 5));
    }

    [Fact]
    public void A_deployment_rests_no_less_than_its_failure_cost()
    {
        Assert.Equal(TimeSpan.FromSeconds(45), After(HealthEffect.Count, 1, cost: 45));
        Assert.Equal(TimeSpan.FromSeconds(45), After(HealthEffect.CoolAsAsked, 1, cost: 45));
        AssertWithinAFifth(16, () => After(HealthEffect.Count, 7, cost: 3)); // Repeated failures rest longer.
        Assert.Equal(TimeSpan.FromMinutes(10), After(HealthEffect.Count, 1, cost: 3000));
    }

    [Fact]
    public void What_is_asked_for_or_configured_goes_before_what_a_failure_cost()
    {
        Assert.Equal(TimeSpan.FromSeconds(2), After(HealthEffect.Count, 1, asked: 2, cost: 45));
        Assert.Equal(TimeSpan.FromSeconds(2), After(HealthEffect.Count, 1, configured: 2, cost: 45));
        Assert.Equal(TimeSpan.Zero, After(HealthEffect.Count, 1, allowedFails: 1, cost: 45));
        Assert.Equal(TimeSpan.Zero, After(HealthEffect.None, 1, cost: 45));
    }

    [Fact]
    public void No_provider_is_obeyed_for_longer_than_is_set()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), After(HealthEffect.CoolAsAsked, 1, asked: 60, longestAsked: 5));
        Assert.Equal(TimeSpan.FromSeconds(4), After(HealthEffect.CoolAsAsked, 1, asked: 4, longestAsked: 5));
        Assert.Equal(TimeSpan.FromSeconds(45), After(HealthEffect.Count, 1, cost: 45, longestAsked: 5)); // What it cost is another matter.
    }

    private TimeSpan After(HealthEffect effect, int failures, double? asked = null, double configured = 0, int allowedFails = 0, double cost = 0, double longestAsked = 600) =>
        new Cooldown(TimeSpan.FromSeconds(configured), allowedFails, TimeSpan.FromSeconds(longestAsked))
            .After(effect, failures, asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null, TimeSpan.FromSeconds(cost), _random);

    /// <summary>Jittered: never beyond a fifth, and not always the same.</summary>
    private static void AssertWithinAFifth(double seconds, Func<TimeSpan> cooldown)
    {
        double[] taken = [.. Enumerable.Range(0, 200).Select(_ => cooldown().TotalSeconds)];
        Assert.All(taken, one => Assert.InRange(one, seconds * 0.8, seconds * 1.2));
        Assert.True(taken.Min() < seconds * 0.85 && taken.Max() > seconds * 1.15);
    }
}
