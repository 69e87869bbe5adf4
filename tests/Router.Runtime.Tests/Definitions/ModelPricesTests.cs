using Microsoft.Extensions.AI;

namespace RouterGen.Runtime.Tests;

public class ModelPricesTests
{
    private static readonly TokenPrices Standard = new(2m, 10m, 0.2m, 2.5m);
    private static readonly TokenPrices Other = new(4m, 15m, 0.4m, 5m);
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero); // a Monday

    public static TheoryData<PriceVariant, long, ServiceTier, string, bool> Conditions { get; } = new()
    {
        { new(Other), 0, ServiceTier.Standard, "2026-11-30T12:00Z", true },
        { new(Other) { AbovePromptTokens = 100 }, 100, ServiceTier.Standard, "2026-11-30T12:00Z", false },
        { new(Other) { AbovePromptTokens = 100 }, 101, ServiceTier.Batch, "2026-11-30T12:00Z", true },
        { new(Other) { Tier = ServiceTier.Flex }, 0, ServiceTier.Flex, "2026-11-30T12:00Z", true },
        { new(Other) { Tier = ServiceTier.Flex }, 0, ServiceTier.Standard, "2026-11-30T12:00Z", false },
        { new(Other) { Tier = ServiceTier.Standard }, 0, ServiceTier.Priority, "2026-11-30T12:00Z", false },
        { new(Other) { From = Noon }, 0, ServiceTier.Standard, "2026-11-30T11:59Z", false },
        { new(Other) { From = Noon }, 0, ServiceTier.Standard, "2026-11-30T13:00+01:00", true },
        { new(Other) { From = Noon, Tier = ServiceTier.Flex, AbovePromptTokens = 1 }, 2, ServiceTier.Flex, "2026-12-01T00:00Z", true },
        { new(Other) { From = Noon, Tier = ServiceTier.Flex, AbovePromptTokens = 1 }, 1, ServiceTier.Flex, "2026-12-01T00:00Z", false },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void A_variant_holds_where_all_that_it_states_does(PriceVariant variant, long tokens, ServiceTier tier, string at, bool holds) =>
        Assert.Equal(holds ? Other : Standard, new ModelPrices(Standard) { Variants = [variant] }.For(tokens, tier, Parse(at)));

    [Theory]
    [InlineData(DayOfWeek.Monday, DayOfWeek.Friday, "01:00", "04:00", "2026-11-30T01:00Z", true)]
    [InlineData(DayOfWeek.Monday, DayOfWeek.Friday, "01:00", "04:00", "2026-11-30T04:00Z", false)]
    [InlineData(DayOfWeek.Monday, DayOfWeek.Friday, "01:00", "04:00", "2026-11-29T02:00Z", false)] // a Sunday
    [InlineData(DayOfWeek.Monday, DayOfWeek.Friday, "01:00", "04:00", "2026-11-30T10:00+08:00", true)]
    [InlineData(DayOfWeek.Sunday, DayOfWeek.Saturday, "16:30", "00:30", "2026-11-30T16:29Z", false)]
    [InlineData(DayOfWeek.Sunday, DayOfWeek.Saturday, "16:30", "00:30", "2026-11-30T16:30Z", true)]
    [InlineData(DayOfWeek.Sunday, DayOfWeek.Saturday, "16:30", "00:30", "2026-11-30T00:29Z", true)]
    [InlineData(DayOfWeek.Sunday, DayOfWeek.Saturday, "16:30", "00:30", "2026-11-30T00:30Z", false)]
    [InlineData(DayOfWeek.Friday, DayOfWeek.Friday, "22:00", "06:00", "2026-12-05T05:59Z", true)] // the night from Friday to Saturday
    [InlineData(DayOfWeek.Friday, DayOfWeek.Friday, "22:00", "06:00", "2026-12-04T05:59Z", false)] // the night before
    [InlineData(DayOfWeek.Saturday, DayOfWeek.Sunday, "00:00", "00:00", "2026-11-29T23:59Z", true)] // whole days, on both sides of the week's end
    [InlineData(DayOfWeek.Saturday, DayOfWeek.Sunday, "00:00", "00:00", "2026-11-30T00:00Z", false)]
    public void Hours_are_those_of_their_days_in_utc(DayOfWeek first, DayOfWeek last, string from, string to, string at, bool contains) =>
        Assert.Equal(contains, new PriceHours(first, last, Time(from), Time(to)).Contains(Parse(at)));

    [Fact]
    public void Of_several_that_hold_the_last_counts()
    {
        var prices = new ModelPrices(Standard) { Variants = [new(Other) { Tier = ServiceTier.Flex }, new(new TokenPrices(1m, 1m)) { AbovePromptTokens = 10 }] };

        Assert.Equal(1m, prices.For(11, ServiceTier.Flex, Noon).Input);
        Assert.Equal(4m, prices.For(10, ServiceTier.Flex, Noon).Input);
    }

    [Fact]
    public void Prices_are_equal_where_all_of_them_are()
    {
        ModelPrices Make(int above) => new(Standard) { Variants = [new(Other) { AbovePromptTokens = above, Hours = new(DayOfWeek.Monday, DayOfWeek.Friday, TimeSpan.Zero, Time("04:00")) }] };

        Assert.Equal(Make(1), Make(1));
        Assert.Equal(Make(1).GetHashCode(), Make(1).GetHashCode());
        Assert.NotEqual(Make(1), Make(2));
        Assert.NotEqual(Make(1), new ModelPrices(Standard));
    }

    [Theory]
    [InlineData(UsageCounts.AudioInput, 600, 400 * 2 + 600 * 40)]
    [InlineData(UsageCounts.ImageInput, 600, 400 * 2 + 600 * 5)]
    [InlineData(UsageCounts.AudioInput, 5000, 1000 * 40)] // no more than there are
    [InlineData(UsageCounts.Citations, 100, 1000 * 2 + 100 * 3)]
    [InlineData(UsageCounts.WebSearches, 2, 1000 * 2 + 2 * 10_000)]
    [InlineData(UsageCounts.SearchQueries, 2, 1000 * 2 + 2 * 10_000)]
    [InlineData(UsageCounts.ImagesRead, 3, 1000 * 2 + 3 * 20_000)]
    [InlineData(UsageCounts.ImagesMade, 3, 1000 * 2 + 3 * 40_000)] // as gpt-image-1: 0.04 for an image of medium quality
    [InlineData(UsageCounts.MillisecondsHeard, 90_000, 1000 * 2 + 90 * 100)] // as whisper-1: 0.006 a minute
    [InlineData(UsageCounts.MillisecondsSpoken, 1_500, 1000 * 2 + 300)]
    [InlineData(UsageCounts.WebSearches, -2, 1000 * 2)]
    [InlineData("something else", 2, 1000 * 2)]
    public void What_is_counted_apart_has_its_price(string name, long count, long millionths)
    {
        var prices = Standard with
        {
            AudioInput = 40m,
            ImageInput = 5m,
            Citations = 3m,
            Units = new() { Search = 0.01m, ImageRead = 0.02m, ImageMade = 0.04m, SecondHeard = 0.0001m, SecondSpoken = 0.0002m },
        };
        var usage = new UsageDetails { InputTokenCount = 1000, OutputTokenCount = 0, AdditionalCounts = new() { [name] = count } };

        Assert.Equal(millionths / 1_000_000m, prices.CostOf(usage));
        Assert.Equal(millionths * 1000, prices.NanosOf(usage));
    }

    [Fact]
    public void Output_that_is_thought_spoken_or_drawn_has_its_price()
    {
        var prices = Standard with { Reasoning = 3m, AudioOutput = 80m, ImageOutput = 30m };

        Assert.Equal((20 * 10m + 80 * 3m) / 1_000_000m, prices.CostOf(new UsageDetails { OutputTokenCount = 100, ReasoningTokenCount = 80 }));
        Assert.Equal((20 * 10m + 80 * 80m) / 1_000_000m, prices.CostOf(new UsageDetails { OutputTokenCount = 100, AdditionalCounts = new() { [UsageCounts.AudioOutput] = 80 } }));
        Assert.Equal((20 * 10m + 80 * 30m) / 1_000_000m, prices.CostOf(new UsageDetails { OutputTokenCount = 100, AdditionalCounts = new() { [UsageCounts.ImageOutput] = 80 } }));
    }

    [Fact]
    public void A_price_for_the_hour_in_the_cache_goes_before_the_usual_factor()
    {
        var usage = new UsageDetails { InputTokenCount = 100, OutputTokenCount = 0, AdditionalCounts = new() { [UsageCounts.CacheWrites] = 100, [UsageCounts.LongCacheWrites] = 100 } };

        Assert.Equal(100 * 4m / 1_000_000m, Standard.CostOf(usage)); // 1.6 times 2.5
        Assert.Equal(100 * 7m / 1_000_000m, (Standard with { LongCacheWrite = 7m }).CostOf(usage));
    }

    [Fact]
    public void A_price_for_the_request_is_paid_once()
    {
        var prices = Standard with { Units = new() { Request = 0.005m } };

        Assert.Equal(0.005m + 100 * 2m / 1_000_000m, prices.CostOf(new UsageDetails { InputTokenCount = 100 }));
    }

    private static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static TimeSpan Time(string text) => TimeSpan.ParseExact(text, "hh\\:mm", System.Globalization.CultureInfo.InvariantCulture);
}
