using Microsoft.CodeAnalysis.Text;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.PriceMaps;

namespace RouterGen.Generator.Tests.PriceMaps;

using CallKind = RouterGen.Declarations.Model.CallKind;

/// <summary>What is read of a price map.</summary>
public class PriceMapReaderTests
{
    [Fact]
    public void The_documented_format_is_read()
    {
        PriceMapText read = Read(SamplePrices.Text);

        Assert.Empty(read.SyntaxErrors);
        Assert.Empty(read.InvalidValues);
        PriceRow row = read.Map.Find(["anthropic"], "claude-haiku-4-5")!;
        Assert.Equal((1.2m, 6m, 0.12m, 1.5m), (row.Prices!.Standard.Input, row.Prices.Standard.Output, row.Prices.Standard.CacheRead, row.Prices.Standard.CacheWrite));
        Assert.Equal((0, 400_000, 8_000), (row.ContextWindow, row.InputLimit, row.OutputLimit));
        Assert.Equal(Declarations.Model.ModelCapabilities.Tools | Declarations.Model.ModelCapabilities.JsonSchema, row.Granted);
        Assert.Equal(Declarations.Model.ModelCapabilities.Vision, row.Denied);
    }

    [Theory]
    [InlineData("sample_spec", "one of the providers that are listed in the documentation")]
    [InlineData("gpt-4o-mini", "azure-eu")]
    [InlineData("gpt-4o-mini", "anthropic")]
    public void What_is_no_model_of_the_provider_is_not_found(string model, string provider) =>
        Assert.Null(Read(SamplePrices.Text).Map.Find([provider], model));

    [Theory]
    [InlineData("openai", "gpt-4o-mini", "0.15")]
    [InlineData("azure", "gpt-4o-mini", "0.165")]
    [InlineData("groq", "newcomer-9b", "0.020000000000000003")] // Exact, whatever Python's arithmetic left behind.
    public void A_model_is_found_with_and_without_its_prefix(string provider, string model, string price) =>
        Assert.Equal(price, Read(SamplePrices.Text).Map.Find([provider], model)?.Prices?.Standard.Input.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("1.5e-07", "0.15")]
    [InlineData("1.5E-7", "0.15")]
    [InlineData("0.00000015", "0.15")]
    [InlineData("1.500e-07", "0.15")]
    [InlineData("0", "0")]
    [InlineData("0.0", "0")]
    [InlineData("1e-05", "10")]
    [InlineData("1", "1000000")]
    [InlineData("3.625e-09", "0.003625")]
    public void Prices_are_exact(string perToken, string perMillion)
    {
        PriceMapText read = Read($$"""{ "m": { "litellm_provider": "openai", "input_cost_per_token": {{perToken}}, "output_cost_per_token": 0 } }""");

        Assert.Equal(perMillion, read.Map.Find(["openai"], "m")!.Prices!.Standard.Input.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("\"max_input_tokens\": 9, \"max_output_tokens\": 5, \"max_tokens\": 5", 0, 9, 5)]
    [InlineData("\"max_tokens\": 7", 7, 0, 0)]
    [InlineData("\"max_output_tokens\": 5, \"max_tokens\": 5", 0, 0, 5)]
    [InlineData("\"max_input_tokens\": 9, \"max_tokens\": 9", 0, 9, 0)]
    [InlineData("\"max_input_tokens\": null", 0, 0, 0)]
    [InlineData("\"max_input_tokens\": 1e5", 0, 100_000, 0)]
    public void Limits_are_read_as_documented(string properties, int window, int input, int output)
    {
        PriceRow row = Read($$"""{ "m": { "litellm_provider": "openai", {{properties}} } }""").Map.Find(["openai"], "m")!;

        Assert.Equal((window, input, output), (row.ContextWindow, row.InputLimit, row.OutputLimit));
    }

    [Theory]
    [InlineData(0, 0, 272_000, 0, 272_000)]
    [InlineData(200_000, 0, 0, 200_000, 0)]
    [InlineData(200_000, 0, 200_000, 200_000, 0)]
    [InlineData(200_000, 0, 150_000, 200_000, 150_000)]
    [InlineData(200_000, 0, 400_000, 400_000, 0)] // The map is newer than the catalog.
    [InlineData(400_000, 272_000, 0, 400_000, 272_000)]
    [InlineData(400_000, 272_000, 300_000, 400_000, 300_000)]
    public void An_input_limit_goes_over_the_catalogs_and_is_below_the_window(int window, int input, int stated, int expectedWindow, int expectedInput)
    {
        ModelRow listed = new("m", ModelTraits.None) { ContextWindow = window, InputLimit = input };

        ModelRow row = new PriceRow("openai", CallKind.Chat) { InputLimit = stated }.Over("m", listed, new ModelRules(ModelTraits.None, EffortSpec.Unknown, 0));

        Assert.Equal((expectedWindow, expectedInput), (row.ContextWindow, row.InputLimit));
    }

    [Theory]
    [InlineData("\"input_cost_per_token\": \"1e-6\"", "input_cost_per_token")]
    [InlineData("\"input_cost_per_token\": -1e-6", "input_cost_per_token")]
    [InlineData("\"input_cost_per_token\": 2", "input_cost_per_token")]
    [InlineData("\"output_cost_per_token\": 1e999", "output_cost_per_token")]
    [InlineData("\"output_cost_per_token\": [1]", "output_cost_per_token")]
    [InlineData("\"max_input_tokens\": \"many\"", "max_input_tokens")]
    [InlineData("\"max_output_tokens\": 1e10", "max_output_tokens")]
    [InlineData("\"supports_vision\": \"yes\"", "supports_vision")]
    [InlineData("\"mode\": 1", "mode")]
    [InlineData("\"deprecation_date\": \"soon\"", "deprecation_date")]
    [InlineData("\"litellm_provider\": {}", "litellm_provider")]
    public void A_value_of_the_wrong_type_is_told_and_taken_as_not_stated(string property, string name)
    {
        const string Rest = "\"litellm_provider\": \"openai\"";
        PriceMapText read = Read($$"""{ "m": { {{(name is "litellm_provider" ? "" : Rest + ",")}} {{property}} }, "n": { {{Rest}} } }""");

        Assert.Equal(name, Assert.Single(read.InvalidValues).Name);
        Assert.Empty(read.SyntaxErrors);
        Assert.NotNull(read.Map.Find(["openai"], "n"));
        if (read.Map.Find(["openai"], "m") is { } row) Assert.Equal(new PriceRow("openai", CallKind.Chat), row);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("""{ "m": 1 }""")]
    [InlineData("""{ "m": [{ "litellm_provider": "openai" }] }""")]
    public void Another_shape_is_told(string text)
    {
        PriceMapText read = Read(text);

        Assert.Single(read.InvalidValues);
        Assert.True(read.Map.IsEmpty);
    }

    [Fact]
    public void A_text_cut_anywhere_is_an_error_and_gives_no_prices()
    {
        string text = SamplePrices.Text.TrimEnd();
        for (int length = 0; length < text.Length; length++)
        {
            PriceMapText read = Read(text[..length]);
            Assert.NotEmpty(read.SyntaxErrors);
            Assert.True(read.Map.IsEmpty);
        }
    }

    [Fact]
    public void A_file_that_is_too_large_is_an_error()
    {
        PriceMapText read = Read("{" + new string(' ', 8 * 1024 * 1024) + "}");

        Assert.Single(read.SyntaxErrors);
        Assert.True(read.Map.IsEmpty);
    }

    [Fact]
    public void Of_several_maps_the_last_counts()
    {
        PriceMap joined = PriceMap.Join([Map("a", "1e-6", "b", "1e-6"), Map("b", "2e-6", "c", "2e-6")]);

        Assert.Equal([1m, 2m, 2m], new[] { "a", "b", "c" }.Select(model => joined.Find(["openai"], model)?.Prices?.Standard.Input));
    }

    [Fact]
    public void A_whole_map_has_the_size_of_the_real_one()
    {
        string text = SyntheticPriceMap.Text();

        PriceMapText read = Read(text);

        Assert.InRange(text.Length, 1_400_000, 1_700_000);
        Assert.Empty(read.SyntaxErrors);
        Assert.Empty(read.InvalidValues);
        Assert.Equal(0.59m, read.Map.Find(["groq"], "llama-3.3-70b-versatile")?.Prices?.Standard.Input);
        Assert.Equal(text, SyntheticPriceMap.Text());
    }

    private static PriceMap Map(string first, string firstPrice, string second, string secondPrice) => Read($$"""
        {
          "{{first}}": { "litellm_provider": "openai", "input_cost_per_token": {{firstPrice}}, "output_cost_per_token": 0 },
          "{{second}}": { "litellm_provider": "openai", "input_cost_per_token": {{secondPrice}}, "output_cost_per_token": 0 }
        }
        """).Map;

    private static PriceMapText Read(string text) => PriceMapReader.Read(text);
}
