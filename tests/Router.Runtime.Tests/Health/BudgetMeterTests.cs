using Microsoft.Extensions.Time.Testing;

namespace RouterGen.Runtime.Tests;

public class BudgetMeterTests
{
    private const long Usd = 1_000_000_000;

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 2, 27, 22, 59, 30, TimeSpan.Zero));

    [Theory]
    [InlineData(BudgetPeriod.Minute, "2026-02-27T23:00:00Z", "2026-02-27T23:01:00Z")]
    [InlineData(BudgetPeriod.Hour, "2026-02-27T23:00:00Z", "2026-02-28T00:00:00Z")]
    [InlineData(BudgetPeriod.Day, "2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z")]
    [InlineData(BudgetPeriod.Month, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")]
    public void A_budget_is_whole_again_when_its_period_ends_on_the_clock(BudgetPeriod period, string end, string nextEnd)
    {
        DateTimeOffset ends = DateTimeOffset.Parse(end, System.Globalization.CultureInfo.InvariantCulture);
        BudgetMeter meter = Make(period);
        Assert.Equal(TimeSpan.Zero, meter.ReturnsIn());
        meter.Add(5 * Usd, _clock.GetUtcNow());
        Assert.Equal(ends - _clock.GetUtcNow(), meter.ReturnsIn());
        Assert.Equal(new BudgetStatus(5, 5, period, ends - _clock.GetUtcNow()), meter.Status);
        Assert.True(meter.Status.IsSpent);

        _clock.AdjustTime(ends.AddTicks(-1));
        Assert.Equal(TimeSpan.FromTicks(1), meter.ReturnsIn());
        _clock.AdjustTime(ends);
        Assert.Equal(TimeSpan.Zero, meter.ReturnsIn());
        Assert.False(meter.IsSpent);

        meter.Add(6 * Usd, _clock.GetUtcNow());
        Assert.Equal(DateTimeOffset.Parse(nextEnd, System.Globalization.CultureInfo.InvariantCulture) - _clock.GetUtcNow(), meter.ReturnsIn());
    }

    [Fact]
    public void It_is_exact_to_a_billionth()
    {
        BudgetMeter meter = Make(BudgetPeriod.Month);
        for (int i = 0; i < 1_000; i++) meter.Add(4_999_999, _clock.GetUtcNow());
        Assert.Equal(4.999999m, meter.Status.Spent);
        Assert.False(meter.IsSpent);
        meter.Add(1000, _clock.GetUtcNow());
        Assert.True(meter.IsSpent);
    }

    [Fact]
    public void Without_a_limit_it_only_counts()
    {
        var meter = new BudgetMeter(null, BudgetPeriod.Hour, _clock);
        meter.Add(long.MaxValue / 2, _clock.GetUtcNow());
        meter.Add(long.MaxValue / 2, _clock.GetUtcNow());
        meter.Add(long.MaxValue / 2, _clock.GetUtcNow()); // Counts no further than it can.
        Assert.Equal((long.MaxValue - 1) / 1_000_000_000m, meter.Status.Spent);
        Assert.Equal(TimeSpan.Zero, meter.ReturnsIn());
        Assert.Null(meter.Status.Limit);
        Assert.False(meter.Status.IsSpent);
    }

    [Fact]
    public void A_clock_that_is_set_back_a_little_stays_in_the_later_period()
    {
        BudgetMeter meter = Make(BudgetPeriod.Hour);
        _clock.AdjustTime(new DateTimeOffset(2026, 2, 27, 23, 0, 1, TimeSpan.Zero));
        meter.Add(4 * Usd, _clock.GetUtcNow());
        _clock.AdjustTime(_clock.GetUtcNow().AddSeconds(-2));
        meter.Add(Usd, _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(3601), meter.ReturnsIn());
        _clock.AdjustTime(_clock.GetUtcNow().AddSeconds(3601));
        Assert.Equal(TimeSpan.Zero, meter.ReturnsIn());
    }

    [Fact]
    public void A_clock_that_was_years_ahead_neither_gives_money_away_nor_blocks_for_years()
    {
        BudgetMeter meter = Make(BudgetPeriod.Day);
        DateTimeOffset real = _clock.GetUtcNow();
        _clock.AdjustTime(real.AddYears(50));
        meter.Add(5 * Usd, _clock.GetUtcNow());
        Assert.True(meter.ReturnsIn() > TimeSpan.Zero);

        _clock.AdjustTime(real);
        Assert.Equal(real.Date.AddDays(1) - real.DateTime, meter.ReturnsIn());
        Assert.Equal(5, meter.Status.Spent);
        _clock.AdjustTime(real.AddDays(1));
        Assert.Equal(TimeSpan.Zero, meter.ReturnsIn());
    }

    [Theory]
    [InlineData(BudgetPeriod.Minute)]
    [InlineData(BudgetPeriod.Hour)]
    [InlineData(BudgetPeriod.Day)]
    [InlineData(BudgetPeriod.Month)]
    public void It_counts_to_both_ends_of_time(BudgetPeriod period)
    {
        foreach (DateTimeOffset end in new[] { DateTimeOffset.MaxValue.AddSeconds(-1), DateTimeOffset.MaxValue, DateTimeOffset.MinValue })
        {
            _clock.AdjustTime(end);
            BudgetMeter meter = Make(period);
            meter.Add(5 * Usd, end);
            Assert.True(meter.IsSpent);
            Assert.InRange(meter.ReturnsIn(), TimeSpan.Zero, TimeSpan.FromDays(31));
            Assert.Equal(5, meter.Status.Spent);
        }
    }

    [Theory]
    [InlineData("20", "20", "3.21:10:00", "$20 of $20 spent, resets in 3 d 21 h")]
    [InlineData("0.000000001", "1000.5", "05:06:07", "$0.000000001 of $1,000.5 spent, resets in 5 h 6 min")]
    [InlineData("1234.5", null, "00:05:06", "$1,234.5 spent, resets in 5 min 6 s")]
    [InlineData("0", "1", "00:00:00.1", "$0 of $1 spent, resets in 1 s")]
    public void A_status_is_a_line_for_people(string spent, string? limit, string resetsIn, string line)
    {
        System.Globalization.CultureInfo culture = System.Globalization.CultureInfo.InvariantCulture;
        Assert.Equal(line, new BudgetStatus(decimal.Parse(spent, culture), limit is null ? null : decimal.Parse(limit, culture), BudgetPeriod.Day, TimeSpan.Parse(resetsIn, culture)).ToString());
    }

    [Fact]
    public void No_spend_of_concurrent_attempts_is_lost()
    {
        BudgetMeter meter = Make(BudgetPeriod.Day);
        Threads.RunTogether(8, _ =>
        {
            for (int i = 0; i < 10_000; i++) meter.Add(3, _clock.GetUtcNow());
        });
        Assert.Equal(240_000 / 1_000_000_000m, meter.Status.Spent);
    }

    [Fact]
    public void Counting_and_asking_allocate_nothing()
    {
        BudgetMeter meter = Make(BudgetPeriod.Day);
        meter.Add(6 * Usd, _clock.GetUtcNow());
        meter.ReturnsIn();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            meter.Add(1, _clock.GetUtcNow());
            meter.ReturnsIn();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private BudgetMeter Make(BudgetPeriod period) => new(5, period, _clock);
}
