using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Catalog.Files;

namespace RouterGen.Generator.Tests.Catalog;

using Dialect = Declarations.Model.Dialect;

/// <summary>Providers that speak several wire formats.</summary>
public class FurtherDialectTests
{
    private static readonly ProviderRow Provider = Read("""
        "traits": { "plain": { "takes": ["tools"], "quirks": ["developerRole"] } },
        "unlistedTraits": "plain",
        "dialects": {
          "AnthropicMessages": {
            "endpoint": "https://p.example/anthropic",
            "models": ["claude-"],
            "traits": { "plain": { "takes": ["vision"] }, "thinking": { "takes": ["reasoning"], "quirks": ["effort"] } },
            "unlistedTraits": "thinking",
          },
        },
        "models": [{ "model": "m", "traits": "plain", "window": 1000 }, { "model": "claude-1", "traits": { "like": "thinking", "takes": ["vision"] } }, { "model": "e", "kind": "embeddings" }] }
        """);

    [Fact]
    public void A_provider_has_a_row_for_each()
    {
        ProviderRow anthropic = Provider.In(Dialect.AnthropicMessages, "m")!;

        Assert.Same(Provider, Provider.In(Dialect.OpenAIChat, "m"));
        Assert.Equal((Dialect.AnthropicMessages, "https://p.example/anthropic", "P_KEY", "x-api-key"), (anthropic.Dialect, anthropic.Endpoint, anthropic.KeyVariable, anthropic.Conventions.KeyHeader));
        Assert.Equal((Dialect.OpenAIChat, "https://p.example/v1"), (Provider.Dialect, Provider.Endpoint));
    }

    [Fact]
    public void Traits_are_those_of_the_dialect()
    {
        ProviderRow anthropic = Provider.In(Dialect.AnthropicMessages, "m")!;

        Assert.Equal(["DeveloperRole", "Tools"], TraitNames.Of(Provider, Provider.RulesOf("m").Traits).Order());
        Assert.Equal(["Vision"], TraitNames.Of(anthropic, anthropic.RulesOf("m").Traits));
        Assert.Equal(["Effort", "Reasoning", "Vision"], TraitNames.Of(anthropic, anthropic.RulesOf("claude-1").Traits).Order());
        Assert.Equal(["Effort", "Reasoning"], TraitNames.Of(anthropic, anthropic.RulesOf("unheard-of").Traits).Order());
        Assert.Equal(1000, anthropic.FindModel("m")!.ContextWindow);
    }

    [Fact]
    public void A_model_is_served_in_the_dialects_that_define_its_traits()
    {
        Assert.Equal(["m", "e"], Provider.Models.Select(model => model.Name));
        Assert.Equal(["m", "claude-1", "e"], Provider.In(Dialect.AnthropicMessages, "m")!.Models.Select(model => model.Name));
        Assert.Equal(["claude-1", "e", "m"], Provider.ModelNames.Order());
    }

    [Theory]
    [InlineData("gemini-3.8-flash", "Seed, Penalties, TopK, Documents", "ReturnsExtraContent, SignatureWithCalls, Reasoning")]
    [InlineData("gemini-2.0-flash", "Penalties, WebSearch", "StreamUsageOption, Tools")]
    [InlineData("gemini-4-hydrogen", "Sampling", "ReturnsExtraContent")]
    [InlineData("gemini-unheard-of", "Seed", "SignatureWithCalls")]
    public void Geminis_compatible_endpoint_takes_a_part(string model, string without, string with)
    {
        ProviderRow row = ModelCatalog.Default.Find("gemini")!.In(Dialect.OpenAIChat, model)!;
        HashSet<string> traits = TraitNames.Of(row, row.RulesOf(model).Traits);

        Assert.Equal("https://generativelanguage.googleapis.com/v1beta/openai", row.Endpoint);
        Assert.Empty(traits.Intersect(TraitNames.Split(without)));
        Assert.Superset(TraitNames.Split(with), traits);
    }

    [Theory]
    [InlineData("m", Dialect.OpenAIChat)]
    [InlineData("claude-9", Dialect.AnthropicMessages)]
    public void A_model_is_asked_in_its_usual_dialect(string model, Dialect expected) => Assert.Equal(expected, Provider.In(null, model)!.Dialect);

    [Theory]
    [InlineData("cohere", "command-a-03-2025", Dialect.CohereChat, "https://api.cohere.com/v2", "https://api.cohere.ai/compatibility/v1")]
    [InlineData("ollama", "qwen3", Dialect.OllamaChat, "http://localhost:11434", "http://localhost:11434/v1")]
    public void A_providers_own_dialect_is_usual_and_the_compatible_one_can_be_stated(string provider, string model, object own, string endpoint, string compatible)
    {
        ProviderRow row = ModelCatalog.Default.Find(provider)!;
        ProviderRow stated = row.In(Dialect.OpenAIChat, model)!;

        Assert.Equal(((Dialect)own, endpoint), (row.In(null, model)!.Dialect, row.In(null, model)!.Endpoint));
        Assert.Equal((Dialect.OpenAIChat, compatible), (stated.Dialect, stated.Endpoint));
        Assert.Contains("RequiredToolChoice", TraitNames.Of(stated, stated.RulesOf(model).Traits));
    }

    [Theory]
    [InlineData("gpt-6-astra", Dialect.OpenAIResponses)]
    [InlineData("gpt-6.1-sol", Dialect.OpenAIResponses)]
    [InlineData("gpt-6.1-terra", Dialect.OpenAIResponses)]
    [InlineData("gpt-6.2-sol", Dialect.OpenAIResponses)]
    [InlineData("gpt-6.2-sol-2026-11-17", Dialect.OpenAIResponses)]
    [InlineData("gpt-6.3-new", Dialect.OpenAIResponses)]
    [InlineData("gpt-6-luna", Dialect.OpenAIChat)]
    [InlineData("gpt-6-sol", Dialect.OpenAIChat)]
    [InlineData("gpt-5.6-sol", Dialect.OpenAIChat)]
    public void Models_that_call_tools_through_the_Responses_API_are_asked_there(string model, object expected)
    {
        foreach (string provider in new[] { "openai", "azure", "azure_ai" })
        {
            ProviderRow row = ModelCatalog.Default.Find(provider)!.In(null, model)!;

            Assert.Equal((Dialect)expected, row.Dialect);
            Assert.Contains("Tools", TraitNames.Of(row, row.RulesOf(model).Traits));
        }
    }

    [Fact]
    public void A_dialect_completes_what_the_providers_variable_holds()
    {
        ProviderRow ollama = ModelCatalog.Default.Find("ollama")!, compatible = ollama.In(Dialect.OpenAIChat, "qwen3")!;

        Assert.Equal(("OLLAMA_HOST", null), (ollama.EndpointVariable, ollama.EndpointSuffix));
        Assert.Equal(("OLLAMA_HOST", "/v1"), (compatible.EndpointVariable, compatible.EndpointSuffix));
    }

    [Fact]
    public void No_model_is_asked_without_tools_where_another_dialect_of_its_provider_has_them()
    {
        IEnumerable<string> wrong =
            from provider in ModelCatalog.Default.Providers
            from model in provider.ModelNames
            let usual = provider.In(null, model)!
            where !TraitNames.Of(usual, usual.RulesOf(model).Traits).Contains("Tools")
            from further in provider.FurtherDialects
            where further.Row.FindModel(model) is not null && TraitNames.Of(further.Row, further.Row.RulesOf(model).Traits).Contains("Tools")
            select $"{provider.Name}/{model}: {further.Dialect}";

        Assert.Empty(wrong);
    }

    [Fact]
    public void A_dialect_with_the_same_quirks_takes_over_what_is_said_of_models()
    {
        ProviderRow provider = Read("""
            "traits": { "plain": { "takes": ["tools"], "quirks": ["developerRole"] } }, "dialects": { "OpenAIChat": { } }, "models": [{ "model": "m", "traits": "plain" }] }
            """);

        Assert.Equal(["DeveloperRole", "Tools"], TraitNames.Of(provider, provider.In(Dialect.OpenAIChat, "m")!.FindModel("m")!.Traits).Order());
    }

    [Fact]
    public void Its_own_traits_go_over_them_and_may_be_like_them()
    {
        ProviderRow provider = Read("""
            "traits": { "plain": { "takes": ["tools", "seed", "sampling"], "quirks": ["developerRole"] } },
            "dialects": { "OpenAIResponses": { "traits": { "plain": { "like": "plain", "takes": ["webSearch"] } } } },
            "models": [{ "model": "m", "traits": "plain" }, { "model": "n", "traits": { "like": "plain", "refuses": ["tools"] } }] }
            """);
        ProviderRow responses = provider.In(Dialect.OpenAIResponses, "m")!;

        Assert.Equal(["DeveloperRole", "Sampling", "Seed", "Tools"], TraitNames.Of(provider, provider.RulesOf("m").Traits).Order());
        Assert.Equal(["DeveloperRole", "Sampling", "Tools", "WebSearch"], TraitNames.Of(responses, responses.RulesOf("m").Traits).Order()); // The format has no name for a seed.
        Assert.Equal(["DeveloperRole", "Sampling", "WebSearch"], TraitNames.Of(responses, responses.RulesOf("n").Traits).Order());
    }

    [Theory]
    [InlineData("openai", "gpt-6.2-sol", "Tools WebSearch CodeInterpreter McpServers Reasoning FileSearchTool ImageGenerationTool")]
    [InlineData("openai", "o3", "WebSearch CodeInterpreter FileSearchTool ImageGenerationTool")]
    [InlineData("openai", "o1", "CodeInterpreter FileSearchTool")]
    [InlineData("xai", "grok-4", "WebSearch McpServers EncryptedReasoning")]
    [InlineData("groq", "openai/gpt-oss-120b", "Tools Reasoning PlainReasoning BrowserSearchTool")]
    [InlineData("deepseek", "deepseek-v4-pro", "Tools Reasoning")]
    [InlineData("openrouter", "openai/gpt-5", "Tools Reasoning ServerTools")]
    public void Models_behind_the_Responses_API(string provider, string model, string traits)
    {
        ProviderRow row = ModelCatalog.Default.Providers.Single(known => known.Name == provider).In(Dialect.OpenAIResponses, model)!;
        string[] known = [.. TraitNames.Of(row, row.RulesOf(model).Traits)];

        Assert.Empty(traits.Split(' ').Except(known));
        Assert.DoesNotContain("Seed", known);
        Assert.DoesNotContain("Stop", known);
    }

    [Theory]
    [InlineData("\"dialects\": { \"Klingon\": { } }, \"models\": [] }", "'Klingon' is no dialect")]
    [InlineData("\"dialects\": { \"AnthropicMessages\": { \"colour\": 1 } }, \"models\": [] }", "unknown property 'colour'")]
    [InlineData("\"dialects\": { \"AnthropicMessages\": { \"traits\": { \"a\": { \"quirks\": [\"developerRole\"] } } } }, \"models\": [] }", "'developerRole' is no quirk of AnthropicMessages")]
    public void What_is_wrong_of_a_further_dialect_is_thrown_with_its_line(string rest, string message)
    {
        InvalidDataException thrown = Assert.Throws<InvalidDataException>(() => Read(rest).In(Dialect.AnthropicMessages, "m")!.Models.Length);

        Assert.Contains(message, thrown.Message);
        Assert.StartsWith("p.json, line 1: ", thrown.Message);
    }

    private static ProviderRow Read(string rest) => ProviderFile.Read(
        () => CatalogReader.Of("p.json", """{ "provider": "p", "dialect": "OpenAIChat", "endpoint": "https://p.example/v1", "keyVariable": "P_KEY", """ + rest), "p", []);
}
