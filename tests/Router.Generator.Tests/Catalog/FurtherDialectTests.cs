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
        "models": [{ "model": "m", "traits": "plain", "window": 1000 }, { "model": "claude-1", "traits": { "like": "thinking", "takes": ["vision"] } }, { "model": "e", "mode": "embedding" }] }
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
    [InlineData("m", Dialect.OpenAIChat)]
    [InlineData("claude-9", Dialect.AnthropicMessages)]
    public void A_model_is_asked_in_its_usual_dialect(string model, Dialect expected) => Assert.Equal(expected, Provider.In(null, model)!.Dialect);

    [Fact]
    public void A_dialect_with_the_same_quirks_takes_over_what_is_said_of_models()
    {
        ProviderRow provider = Read("""
            "traits": { "plain": { "takes": ["tools"], "quirks": ["developerRole"] } }, "dialects": { "OpenAIChat": { } }, "models": [{ "model": "m", "traits": "plain" }] }
            """);

        Assert.Equal(["DeveloperRole", "Tools"], TraitNames.Of(provider, provider.In(Dialect.OpenAIChat, "m")!.FindModel("m")!.Traits).Order());
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
