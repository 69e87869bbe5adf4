using RouterGen.CatalogDiff;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.PriceMaps;

namespace RouterGen.Generator.Tests;

/// <summary>What of LiteLLM's map, and of a provider's list, is shown as different from the catalog.</summary>
public class CatalogDiffTests
{
    [Fact]
    public void A_price_that_differs_is_shown_as_both_have_it()
    {
        PriceMap map = Map("""{ "deepseek/deepseek-v4-pro": { "litellm_provider": "deepseek", "input_cost_per_token": 7e-07, "output_cost_per_token": 2e-06, "input_cost_per_token_above_200k_tokens": 1e-06, "deprecation_date": "2027-03-01" } }""");

        Assert.Equal(
            [
                "== deepseek.json",
                """- { "model": "deepseek-v4-pro", "window": 1000000, "output": 384000, "prices": { "input": 0.66, "output": 1.98, "cacheRead": 0.022 }, "rules": [{ "days": "Monday-Friday", "hours": "01:00-04:00", "prices": { "input": 1.32, "output": 3.96, "cacheRead": 0.044 } }, { "days": "Monday-Friday", "hours": "06:00-10:00", "prices": { "input": 1.32, "output": 3.96, "cacheRead": 0.044 } }] }""",
                """+ { "model": "deepseek-v4-pro", "window": 1000000, "output": 384000, "prices": { "input": 0.7, "output": 2 }, "rules": [{ "above": 200000, "prices": { "input": 1, "output": 2 } }], "retires": "2027-03-01" }""",
            ],
            MapComparison.Compare(Provider("deepseek"), map, listMissing: true));
    }

    [Fact]
    public void A_model_that_the_catalog_lacks_is_a_line_to_add()
    {
        PriceMap map = Map("""{ "deepseek/deepseek-v9": { "litellm_provider": "deepseek", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06, "max_input_tokens": 1000 } }""");

        Assert.Equal(["== deepseek.json", """+ { "model": "deepseek-v9", "input": 1000, "output": 384000, "prices": { "input": 1, "output": 2 } }"""], MapComparison.Compare(Provider("deepseek"), map, listMissing: false));
    }

    [Fact]
    public void Of_a_host_of_others_models_they_are_only_counted()
    {
        PriceMap map = Map("""{ "openrouter/new/one": { "litellm_provider": "openrouter" }, "openrouter/new/two": { "litellm_provider": "openrouter" } }""");

        Assert.Equal(["== openrouter.json", "# 2 models are only in the map: name the provider to see them."], MapComparison.Compare(Provider("openrouter"), map, listMissing: false));
    }

    [Fact]
    public void What_agrees_is_not_shown() => Assert.Empty(MapComparison.Compare(
        Provider("mistral"), Map("""{ "mistral/mistral-tiny": { "litellm_provider": "mistral", "max_output_tokens": 8191 } }"""), listMissing: true));

    [Theory]
    [InlineData("""{ "object": "list", "data": [{ "id": "deepseek-flash" }, { "id": "deepseek-chat" }, { "id": "deepseek-v9" }] }""")]
    [InlineData("""{ "models": [{ "name": "models/deepseek-flash" }, { "name": "models/deepseek-chat" }, { "name": "models/deepseek-v9" }] }""")]
    [InlineData("""["deepseek-flash", "deepseek-chat", "deepseek-v9"]""")]
    public void A_providers_list_shows_what_it_lacks_and_what_is_new(string text)
    {
        Assert.True(ModelList.TryRead(text, out List<string> ids));

        string[] lines = [.. ModelList.Compare(Provider("deepseek"), ids, "2026-11-29")];

        Assert.Equal("== deepseek.json", lines[0]);
        Assert.Contains("# deepseek-chat is served, although it retired on 2026-07-24", lines);
        Assert.Contains(lines, line => line.StartsWith("- { \"model\": \"deepseek-v4-pro\"", StringComparison.Ordinal));
        Assert.Contains("+ { \"model\": \"deepseek-v9\" }", lines);
        Assert.DoesNotContain(lines, line => line.Contains("deepseek-reasoner", StringComparison.Ordinal)); // It has retired, so it need not be there.
    }

    [Theory]
    [InlineData("""{ "m": { "litellm_provider": "openai" } }""")]
    [InlineData("{")]
    [InlineData("1")]
    public void A_price_map_is_no_list(string text) => Assert.False(ModelList.TryRead(text, out _));

    private static ProviderRow Provider(string name) => ModelCatalog.Default.Find(name)!;

    private static PriceMap Map(string text) => PriceMapReader.Read(text).Map;
}
