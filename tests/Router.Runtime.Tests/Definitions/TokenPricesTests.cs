using Microsoft.Extensions.AI;

namespace RouterGen.Runtime.Tests;

public class TokenPricesTests
{
    private static readonly TokenPrices Prices = new(Input: 1.10m, Output: 5.50m, CacheRead: 0.11m, CacheWrite: 1.375m);

    [Fact]
    public void A_call_costs_its_input_and_output_to_the_last_digit()
    {
        var usage = new UsageDetails { InputTokenCount = 1, OutputTokenCount = 1 };
        Assert.Equal(0.0000066m, Prices.CostOf(usage));
        Assert.Equal(6.60m, Prices.CostOf(new UsageDetails { InputTokenCount = 1_000_000, OutputTokenCount = 1_000_000 }));

        // A sum in binary fractions would not end in zeros.
        decimal sum = 0;
        for (int i = 0; i < 1_000_000; i++) sum += Prices.CostOf(usage)!.Value;
        Assert.Equal(6.60m, sum);
    }

    [Fact]
    public void Cached_tokens_are_part_of_the_input_at_their_own_prices()
    {
        var usage = new UsageDetails
        {
            InputTokenCount = 1000,
            CachedInputTokenCount = 600,
            OutputTokenCount = 10,
            AdditionalCounts = new AdditionalPropertiesDictionary<long> { [UsageCounts.CacheWrites] = 300 },
        };
        Assert.Equal((100 * 1.10m + 600 * 0.11m + 300 * 1.375m + 10 * 5.50m) / 1_000_000m, Prices.CostOf(usage));
    }

    [Fact]
    public void Tokens_that_the_cache_keeps_for_an_hour_cost_more()
    {
        var usage = new UsageDetails
        {
            InputTokenCount = 1000,
            OutputTokenCount = 0,
            AdditionalCounts = new AdditionalPropertiesDictionary<long> { [UsageCounts.CacheWrites] = 300, [UsageCounts.LongCacheWrites] = 200 },
        };
        Assert.Equal((700 * 1.10m + 100 * 1.375m + 200 * 2.20m) / 1_000_000m, Prices.CostOf(usage)); // twice the input price
        Assert.Equal(1_347_500, Prices.NanosOf(usage));
        Assert.Equal(1000 * 2m / 1_000_000m, new TokenPrices(2, 4).CostOf(usage));
    }

    [Fact]
    public void Reasoning_is_part_of_the_output_and_not_paid_twice()
    {
        var usage = new UsageDetails { InputTokenCount = 0, OutputTokenCount = 100, ReasoningTokenCount = 80 };
        Assert.Equal(100 * 5.50m / 1_000_000m, Prices.CostOf(usage));
    }

    [Fact]
    public void Without_prices_for_the_cache_it_costs_what_other_input_costs()
    {
        var usage = new UsageDetails { InputTokenCount = 1000, CachedInputTokenCount = 600, OutputTokenCount = 0 };
        Assert.Equal(1000 * 2m / 1_000_000m, new TokenPrices(2, 4).CostOf(usage));
    }

    [Fact]
    public void More_cached_tokens_than_input_never_make_a_call_cheaper()
    {
        var usage = new UsageDetails { InputTokenCount = 10, CachedInputTokenCount = 100, OutputTokenCount = 0 };
        Assert.Equal(100 * 0.11m / 1_000_000m, Prices.CostOf(usage));
    }

    [Fact]
    public void What_is_unknown_is_null_and_what_is_free_is_zero()
    {
        Assert.Null(Prices.CostOf(null));
        Assert.Null(Prices.CostOf(new UsageDetails()));
        Assert.Null(Prices.CostOf(new UsageDetails { CachedInputTokenCount = 5 }));
        Assert.Equal(5 * 5.50m / 1_000_000m, Prices.CostOf(new UsageDetails { OutputTokenCount = 5 }));
        Assert.Equal(0m, Prices.CostOf(new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0 }));
        Assert.Equal(0m, new TokenPrices(0, 0).CostOf(new UsageDetails { InputTokenCount = 500, OutputTokenCount = 500 }));
    }

    [Fact]
    public void The_largest_counts_do_not_overflow()
    {
        var usage = new UsageDetails
        {
            InputTokenCount = long.MaxValue,
            CachedInputTokenCount = long.MaxValue,
            OutputTokenCount = long.MaxValue,
            AdditionalCounts = new AdditionalPropertiesDictionary<long> { [UsageCounts.CacheWrites] = long.MaxValue },
        };
        Assert.True(Prices.CostOf(usage) > 1_000_000m);
    }

    [Theory]
    [InlineData(UsageCounts.SearchUnits, 3, 0.006)]
    [InlineData(UsageCounts.WebSearches, 3, 0.006)]
    [InlineData(UsageCounts.ImagesRead, 2, 0.02)]
    [InlineData(UsageCounts.ImagesMade, 2, 0.08)]
    [InlineData(UsageCounts.MillisecondsHeard, 1500, 0.15)]
    [InlineData(UsageCounts.MillisecondsSpoken, 500, 0.1)]
    public void Pieces_are_paid_where_no_tokens_were_counted(string count, long number, double usd)
    {
        var prices = new TokenPrices(1m, 1m) { Units = new UnitPrices { Search = 0.002m, ImageRead = 0.01m, ImageMade = 0.04m, SecondHeard = 0.1m, SecondSpoken = 0.2m } };
        var usage = new UsageDetails { AdditionalCounts = new() { [count] = number } };
        Assert.Equal((decimal)usd, prices.CostOf(usage));
        Assert.Equal((long)Math.Round(usd * 1e9), prices.NanosOf(usage));
        Assert.Null(new TokenPrices(1m, 1m).CostOf(usage)); // Without a price of that piece, nothing is known.
        Assert.Null(prices.CostOf(new UsageDetails { AdditionalCounts = new() { ["other"] = number } }));
    }

    [Fact]
    public void What_is_free_costs_nothing_whatever_was_counted()
    {
        Assert.Equal(0m, new TokenPrices(0m, 0m).CostOf(null));
        Assert.Equal(0m, new TokenPrices(0m, 0m).CostOf(new UsageDetails()));
        Assert.Null(new TokenPrices(0m, 1m).CostOf(null));
        Assert.Null(new TokenPrices(0m, 0m) { Units = new UnitPrices { Search = 1m } }.CostOf(null));
    }
}
