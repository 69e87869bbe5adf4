using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Catalog.Files;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.ModelsJson;
using RouterGen.Declarations.Sources;

namespace RouterGen.Generator.Tests.Catalog;

using Dialect = Declarations.Model.Dialect;
using ModelCapabilities = Declarations.Model.ModelCapabilities;
using ModelParameters = Declarations.Model.ModelParameters;
using ModelPrices = Declarations.Model.ModelPrices;

/// <summary>What is known of Vertex AI, and how a file takes over the models of another.</summary>
public class VertexCatalogTests
{
    private static readonly ProviderRow Vertex = ModelCatalog.Default.Find("vertex_ai")!;

    [Theory]
    [InlineData("gemini-3.8-flash", Dialect.Gemini)]
    [InlineData("endpoints/4711", Dialect.Gemini)]
    [InlineData("claude-haiku-4-5@20251001", Dialect.AnthropicMessages)]
    [InlineData("deepseek-ai/deepseek-v3.2-maas", Dialect.OpenAIChat)]
    [InlineData("google/gemini-3.8-flash", Dialect.OpenAIChat)]
    public void A_models_name_says_how_it_is_asked(string model, Dialect dialect) => Assert.Equal(dialect, Vertex.In(null, model)!.Dialect);

    [Theory]
    [InlineData("vertex")]
    [InlineData("google_vertex")]
    public void It_has_other_names(string name) => Assert.Equal("vertex_ai", ModelCatalog.Default.Find(name)!.Name);

    [Theory]
    [InlineData("claude-haiku-4-5@20251001", "claude-haiku-4-5")]
    [InlineData("claude-sonnet-4@20250514", "claude-sonnet-4-20250514")]
    [InlineData("claude-opus-4-6@default", "claude-opus-4-6")]
    [InlineData("claude-opus-5-5", "claude-opus-5-5")]
    public void Claude_costs_and_holds_what_it_does_at_Anthropic(string here, string there)
    {
        ProviderRow anthropic = ModelCatalog.Default.Find("anthropic")!;
        ModelRow row = Vertex.In(null, here)!.FindModel(here)!, other = anthropic.FindModel(there)!;

        Assert.Equal((other.Prices, other.ContextWindow, other.OutputLimit), (row.Prices, row.ContextWindow, row.OutputLimit));
        Assert.Equal(anthropic.RulesOf(there).Efforts, Vertex.In(null, here)!.RulesOf(here).Efforts);
        Assert.Null(row.Retires);
    }

    [Theory]
    [InlineData("claude-opus-5-5")]
    [InlineData("claude-opus-9")]
    public void Claude_reads_what_is_in_the_request_alone_and_has_web_search_of_its_own_tools(string model)
    {
        ProviderRow row = Vertex.In(null, model)!;

        IEnumerable<string> traits = TraitNames.Of(row, row.RulesOf(model).Traits);

        Assert.Contains("InlineMedia", traits);
        Assert.Contains("WebSearch", traits);
        Assert.DoesNotContain("McpServers", traits);
        Assert.DoesNotContain("CodeInterpreter", traits);
    }

    [Fact]
    public void Gemini_is_what_it_is_at_its_own_API_but_for_tiers()
    {
        ProviderRow gemini = ModelCatalog.Default.Find("gemini")!;

        Assert.All(gemini.Models, model => Assert.Equal((model.Name, model.Prices), (model.Name, Vertex.FindModel(model.Name)!.Prices)));
        Assert.Equal(gemini.RulesOf("gemini-9-flash").Traits.Without(ModelParameters.ServiceTier), Vertex.RulesOf("gemini-9-flash").Traits);
    }

    [Fact]
    public void The_version_of_Anthropics_API_begins_the_body()
    {
        Assert.Equal("\"anthropic_version\":\"vertex-2023-10-16\"", Vertex.Platform!.In(Dialect.AnthropicMessages)!.BodyStart);
        Assert.Null(Vertex.Platform.In(Dialect.OpenAIChat)!.BodyStart);
    }

    [Fact]
    public void A_rows_own_model_goes_before_the_one_that_is_taken_over()
    {
        ProviderRow row = Read(""" "modelsOf": "anthropic", "models": [{ "model": "claude-opus-5-5", "window": 7 }] }""");

        Assert.Equal(7, row.FindModel("claude-opus-5-5")!.ContextWindow);
        Assert.Equal(200_000, row.FindModel("claude-haiku-4-5")!.ContextWindow);
        Assert.Equal("anthropic", row.ModelsOf);
    }

    [Fact]
    public void Models_are_taken_over_where_both_speak_the_wire_format()
    {
        ProviderRow row = Read(""" "modelsOf": "gemini", "dialects": { "Gemini": { "modelsOf": "gemini", "modelChanges": { "takes": ["mcpServers"], "refuses": ["tools"] } } } }""");

        Assert.Empty(row.Models);
        Assert.Null(row.ModelsOf);
        ModelTraits traits = row.In(Dialect.Gemini, "m")!.RulesOf("gemini-3.8-flash").Traits;
        Assert.Equal((true, false), ((traits.Capabilities & ModelCapabilities.McpServers) != 0, (traits.Capabilities & ModelCapabilities.Tools) != 0));
    }

    [Theory]
    [InlineData("claude-haiku-4-5@20251001", "us-east5", 1.1, 5.5, 0.11)]
    [InlineData("claude-haiku-4-5@20251001", "eu", 1.1, 5.5, 0.11)]
    [InlineData("claude-haiku-4-5@20251001", "global", 1, 5, 0.1)]
    [InlineData("claude-haiku-4-5@20251001", null, 1, 5, 0.1)]
    [InlineData("claude-sonnet-4@20250514", "us-east5", 3, 15, 0.3)]
    public void Regions_cost_a_tenth_more_from_Sonnet_4_5_on(string model, string? region, double input, double output, double cacheRead)
    {
        ProviderRow row = Vertex.In(null, model)!;

        ModelPrices prices = row.Regional!.In(region, model, row.FindModel(model)!.Prices)!;

        Assert.Equal(((decimal)input, (decimal)output, (decimal)cacheRead), (prices.Standard.Input, prices.Standard.Output, prices.Standard.CacheRead));
        Assert.Equal((decimal)input / 2, prices.Variants.Single(variant => variant.Tier is not null).Prices.Input);
        Assert.Null(row.Regional.In(region, model, null));
    }

    [Fact]
    public void A_deployment_that_states_its_region_has_the_prices_there()
    {
        const string Json = """{ "groups": { "a": { "deployments": [{ "model": "vertex_ai/claude-opus-5-5", "region": "eu", "project": "p" }, { "model": "vertex_ai/claude-opus-5-5", "project": "p", "region": "eu", "inputPrice": 1, "name": "b" }] } } }""";
        ReadModels read = ModelsProject.Read([new SourceFile("models.json", Json)], ModelCatalog.Default, asOf: null, TestContext.Current.CancellationToken);

        Assert.Equal([(4.4m, 22m), (1m, 22m)], read.Classes.Single().Groups.Single().Deployments.Select(deployment => (deployment.Prices!.Standard.Input, deployment.Prices.Standard.Output)));
    }

    private static ProviderRow Read(string rest) => ProviderFile.Read(
        () => CatalogReader.Of("p.json", """{ "provider": "p", "dialect": "AnthropicMessages", "endpoint": "https://p.example/v1", "keyVariable": "P_KEY", """ + rest), "p", []);
}
