using System.Globalization;
using RouterGen.Gateway.Keys;

namespace RouterGen.Gateway.Tests.Keys;

/// <summary>Lengths of time in LiteLLM's form, and the periods of budgets.</summary>
public sealed class BudgetDurationTests
{
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("30m", 1_800)]
    [InlineData("30min", 1_800)]
    [InlineData("30h", 108_000)]
    [InlineData("30d", 2_592_000)]
    [InlineData("2w", 1_209_600)]
    [InlineData("hourly", 3_600)]
    [InlineData("daily", 86_400)]
    [InlineData("weekly", 604_800)]
    [InlineData("monthly", 2_592_000)]
    [InlineData("1mo", 2_678_400)]
    [InlineData("13mo", 34_214_400)]
    public void Lengths(string text, int seconds)
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(seconds, (BudgetDuration.Parse(text)!.Value.After(start) - start).TotalSeconds);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("d")]
    [InlineData("30")]
    [InlineData("0d")]
    [InlineData("-1d")]
    [InlineData("1.5d")]
    [InlineData("30y")]
    [InlineData("30 d")]
    [InlineData("1d2h")]
    [InlineData("99999999999d")]
    [InlineData("2000000000h")]
    [InlineData("1201mo")]
    public void No_lengths(string? text) => Assert.Null(BudgetDuration.Parse(text));

    [Theory]
    [InlineData("1d", "2026-03-10T15:30", "2026-03-12T23:59", "2026-03-12T00:00", "2026-03-13T00:00")]
    [InlineData("1h", "2026-03-10T15:30", "2026-03-10T15:30", "2026-03-10T15:00", "2026-03-10T16:00")]
    [InlineData("7h", "2026-03-10T15:30", "2026-03-11T01:00", "2026-03-10T21:00", "2026-03-11T04:00")]
    [InlineData("30d", "2026-03-10T15:30", "2026-04-09T00:00", "2026-04-09T00:00", "2026-05-09T00:00")]
    [InlineData("1w", "2026-03-11T15:30", "2026-03-11T15:30", "2026-03-09T00:00", "2026-03-16T00:00")]
    [InlineData("7d", "2026-03-15T23:30", "2026-03-16T00:00", "2026-03-16T00:00", "2026-03-23T00:00")]
    [InlineData("1mo", "2026-01-31T15:30", "2026-02-28T12:00", "2026-02-01T00:00", "2026-03-01T00:00")]
    [InlineData("3mo", "2026-02-10T15:30", "2027-01-31T12:00", "2026-11-01T00:00", "2027-02-01T00:00")]
    [InlineData("1d", "2026-03-10T15:30", "2026-03-09T12:00", "2026-03-09T00:00", "2026-03-10T00:00")]
    public void Periods(string duration, string made, string now, string start, string end) =>
        Assert.Equal((At(start), At(end)), BudgetDuration.Parse(duration)!.Value.PeriodOf(At(now), At(made)));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
