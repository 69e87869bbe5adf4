using System.Globalization;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.PriceMaps;

namespace RouterGen.Generator.Tests.PriceMaps;

using ModelPrices = RouterGen.Declarations.Model.ModelPrices;
using TokenPrices = RouterGen.Declarations.Model.TokenPrices;
using UnitPrices = RouterGen.Declarations.Model.UnitPrices;

/// <summary>What of LiteLLM's price map depends on the length of a prompt, the tier and the hour, and what is paid by the piece.</summary>
public class PriceMapShapeTests
{
    [Fact]
    public void Prices_by_length_and_tier_are_told_by_the_names_of_properties() => Assert.Equal(
        [
            "Flex 1/5/0.1/1",
            "Batch 1/5/0.1/1",
            "Priority 4/20/0.4/4",
            ">272000 4/15/0.4/2", // A cache write that is not stated costs what it does in short prompts.
            ">272000 Priority 8/30/0.4/4",
        ],
        Variants("openai", """
            "input_cost_per_token": 2e-06, "output_cost_per_token": 1e-05, "cache_read_input_token_cost": 2e-07, "cache_creation_input_token_cost": 2e-06,
            "input_cost_per_token_flex": 1e-06, "output_cost_per_token_flex": 5e-06, "cache_read_input_token_cost_flex": 1e-07, "cache_creation_input_token_cost_flex": 1e-06,
            "input_cost_per_token_batches": 1e-06, "output_cost_per_token_batches": 5e-06, "cache_read_input_token_cost_batches": 1e-07, "cache_creation_input_token_cost_batches": 1e-06,
            "input_cost_per_token_priority": 4e-06, "output_cost_per_token_priority": 2e-05, "cache_read_input_token_cost_priority": 4e-07, "cache_creation_input_token_cost_priority": 4e-06,
            "input_cost_per_token_above_272k_tokens": 4e-06, "output_cost_per_token_above_272k_tokens": 1.5e-05, "cache_read_input_token_cost_above_272k_tokens": 4e-07,
            "input_cost_per_token_above_272k_tokens_priority": 8e-06, "output_cost_per_token_above_272k_tokens_priority": 3e-05
            """));

    [Fact]
    public void The_higher_price_of_xAI_begins_a_token_earlier() => Assert.Equal(
        [">199999 4/12/4/4"],
        Variants("xai", """ "input_cost_per_token": 2e-06, "output_cost_per_token": 6e-06, "cache_read_input_token_cost": 2e-06, "input_cost_per_token_above_200k_tokens": 4e-06, "output_cost_per_token_above_200k_tokens": 1.2e-05, "cache_read_input_token_cost_above_200k_tokens": 4e-06, "cache_creation_input_token_cost_above_200k_tokens": 4e-06 """));

    [Theory]
    [InlineData("input_cost_per_token_above_many_tokens")]
    [InlineData("input_cost_per_token_above_k_tokens")]
    [InlineData("input_cost_per_token_above_99999999k_tokens")]
    [InlineData("input_cost_per_token_slow")]
    [InlineData("input_cost_per_character")]
    public void What_is_not_understood_changes_nothing(string property) =>
        Assert.Empty(Variants("openai", $$""" "input_cost_per_token": 2e-06, "output_cost_per_token": 1e-05, "{{property}}": 9e-06 """));

    [Fact]
    public void Tiers_are_read_with_and_without_plain_prices()
    {
        const string Tiers = """ "tiered_pricing": [{ "range": [32000, 128000], "input_cost_per_token": 2.4e-06, "output_cost_per_token": 1.2e-05 }, { "range": [0, 32000.0], "input_cost_per_token": 1.2e-06, "output_cost_per_token": 6e-06 }, { "range": [128000, 252000], "input_cost_per_token": 3e-06 }] """;

        ModelPrices prices = Read("dashscope", Tiers).Prices!;

        Assert.Equal((1.2m, 6m), (prices.Standard.Input, prices.Standard.Output));
        Assert.Equal([">32000 2.4/12/2.4/2.4", ">128000 3/6/3/3"], prices.Variants.Select(Show));
    }

    [Theory]
    [InlineData("\"16:30-00:30\"", 1)]
    [InlineData("[\"10:00-01:00\", \"04:00-06:00\"]", 2)]
    public void Hours_are_those_of_each_day(string hours, int windows)
    {
        ModelPrices prices = Read("deepseek", $$""" "input_cost_per_token": 3e-07, "output_cost_per_token": 1.2e-06, "off_peak_pricing": { "hours_utc": {{hours}}, "input_cost_per_token": 1.5e-07, "output_cost_per_token": 6e-07 } """).Prices!;

        Assert.Equal(windows, prices.Variants.Count);
        Assert.All(prices.Variants, variant => Assert.Equal((0.15m, 0.6m, DayOfWeek.Sunday, DayOfWeek.Saturday), (variant.Prices.Input, variant.Prices.Output, variant.Hours!.FirstDay, variant.Hours.LastDay)));
        Assert.Equal(0.15m, prices.For(0, default, new DateTimeOffset(2026, 11, 30, 23, 0, 0, TimeSpan.Zero)).Input);
        Assert.Equal(0.3m, prices.For(0, default, new DateTimeOffset(2026, 11, 30, 2, 0, 0, TimeSpan.Zero)).Input);
    }

    [Fact]
    public void A_schedule_with_something_unknown_is_passed_over() => Assert.Empty(Variants(
        "deepseek", """ "input_cost_per_token": 3e-07, "output_cost_per_token": 1.2e-06, "off_peak_pricing": { "hours_utc": "10:00-01:00", "days": ["monday"], "input_cost_per_token": 1.5e-07 } """));

    [Fact]
    public void Kinds_of_tokens_and_pieces_have_their_prices()
    {
        TokenPrices prices = Read("anthropic", """
            "input_cost_per_token": 4e-06, "output_cost_per_token": 2e-05, "cache_creation_input_token_cost": 5e-06, "cache_creation_input_token_cost_above_1hr": 8e-06,
            "input_cost_per_audio_token": 4e-05, "output_cost_per_audio_token": 8e-05, "input_cost_per_image_token": 5e-06, "output_cost_per_image_token": 3e-05,
            "output_cost_per_reasoning_token": 3e-06, "citation_cost_per_token": 1e-06, "input_cost_per_image": 0.001, "output_cost_per_image": 0.04,
            "input_cost_per_second": 0.0001, "output_cost_per_second": 0.0002, "search_context_cost_per_query": { "search_context_size_low": 0.01, "search_context_size_medium": 0.02, "search_context_size_high": 0.03 }
            """).Prices!.Standard;

        Assert.Equal(
            new TokenPrices(4m, 20m, 4m, 5m)
            {
                LongCacheWrite = 8m, AudioInput = 40m, AudioOutput = 80m, ImageInput = 5m, ImageOutput = 30m, Reasoning = 3m, Citations = 1m,
                Units = new UnitPrices { Search = 0.02m, ImageRead = 0.001m, ImageMade = 0.04m, SecondHeard = 0.0001m, SecondSpoken = 0.0002m },
            },
            prices);
    }

    [Theory]
    [InlineData("\"output_cost_per_image\": 0.04", 0.04, null)]
    [InlineData("\"input_cost_per_image\": 0.02", 0.02, null)] // xAI
    [InlineData("\"input_cost_per_pixel\": 1.9e-08, \"output_cost_per_pixel\": 0.0", null, 0.019)] // DALL-E
    [InlineData("\"output_cost_per_image\": 0.134, \"output_cost_per_image_token\": 0.00012", null, null)] // Gemini: one price, said twice
    public void Images_that_are_made_have_their_price_once(string properties, double? image, double? megapixel)
    {
        UnitPrices? units = Read("openai", "\"mode\": \"image_generation\", " + properties).Prices!.Standard.Units;

        Assert.Equal(((decimal?)image, (decimal?)megapixel, null), (units?.ImageMade, units?.MegapixelMade, units?.ImageRead));
    }

    [Fact]
    public void Perplexity_bills_the_request() => Assert.Equal(
        new UnitPrices { Request = 0.005m },
        Read("perplexity", """ "input_cost_per_token": 1e-06, "output_cost_per_token": 1e-06, "search_context_cost_per_query": { "search_context_size_low": 0.005, "search_context_size_medium": 0.008 } """).Prices!.Standard.Units);

    [Fact]
    public void A_ranking_is_billed_by_the_query()
    {
        PriceRow row = Read("cohere", """ "mode": "rerank", "input_cost_per_token": 0.0, "output_cost_per_token": 0.0, "input_cost_per_query": 0.002 """);
        Assert.Equal(Declarations.Model.CallKind.Rerank, row.Kind);
        Assert.Equal(new TokenPrices(0m, 0m) { Units = new UnitPrices { Search = 0.002m } }, row.Prices!.Standard);
    }

    [Theory]
    [InlineData("\"tiered_pricing\": [1]", "tiered_pricing")]
    [InlineData("\"tiered_pricing\": [{ \"range\": 3 }]", "range")]
    [InlineData("\"tiered_pricing\": [{ \"range\": [\"a\"] }]", "range")]
    [InlineData("\"off_peak_pricing\": { \"hours_utc\": \"at night\" }", "hours_utc")]
    [InlineData("\"input_cost_per_token_flex\": \"1e-6\"", "input_cost_per_token_flex")]
    [InlineData("\"output_cost_per_image\": -1", "output_cost_per_image")]
    [InlineData("\"search_context_cost_per_query\": { \"search_context_size_medium\": true }", "search_context_size_medium")]
    public void A_value_of_the_wrong_type_is_told(string property, string name) =>
        Assert.Equal(name, Assert.Single(PriceMapReader.Read($$"""{ "m": { "litellm_provider": "openai", {{property}} } }""").InvalidValues).Name);

    private static IEnumerable<string> Variants(string provider, string properties) => Read(provider, properties).Prices!.Variants.Select(Show);

    private static string Show(Declarations.Model.PriceVariant variant) => string.Join(" ", new[]
    {
        variant.AbovePromptTokens > 0 ? ">" + variant.AbovePromptTokens.ToString(CultureInfo.InvariantCulture) : null,
        variant.Tier?.ToString(),
        string.Create(CultureInfo.InvariantCulture, $"{variant.Prices.Input}/{variant.Prices.Output}/{variant.Prices.CacheRead}/{variant.Prices.CacheWrite}"),
    }.OfType<string>());

    private static PriceRow Read(string provider, string properties)
    {
        PriceMapText read = PriceMapReader.Read($$"""{ "m": { "litellm_provider": "{{provider}}", {{properties}} } }""");

        Assert.Empty(read.SyntaxErrors);
        Assert.Empty(read.InvalidValues);
        return read.Map.Find([provider], "m")!;
    }
}
