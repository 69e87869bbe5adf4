using RouterGen.Declarations.Catalog;

namespace RouterGen.Generator.Tests.Catalog;

using Dialect = Declarations.Model.Dialect;

/// <summary>Providers that serve another's models.</summary>
public class OthersModelsTests
{
    private static readonly ProviderRow Azure = Find("azure"), Foundry = Find("azure_ai");

    [Fact]
    public void Azure_has_the_models_of_OpenAI() => Assert.Equal(
        Find("openai").Models.Select(static model => (model.Name, model.Traits, model.Prices, model.ContextWindow)),
        Azure.Models.Select(static model => (model.Name, model.Traits, model.Prices, model.ContextWindow)));

    [Fact]
    public void Foundry_has_those_of_Anthropic_in_their_dialect()
    {
        ProviderRow claude = Foundry.In(null, "claude-haiku-5-5")!;

        Assert.Equal((Dialect.AnthropicMessages, "anthropic"), (claude.Dialect, claude.ModelsOf));
        Assert.Equal(Find("anthropic").Models.Select(static model => model.Name), claude.Models.Select(static model => model.Name));
        Assert.Equal(Find("anthropic").RulesOf("claude-opus-9"), claude.RulesOf("claude-opus-9"));
        Assert.Equal(Find("anthropic").UsualEfforts, claude.UsualEfforts);
        Assert.Equal((Dialect.OpenAIChat, "openai"), (Foundry.In(null, "gpt-6-luna")!.Dialect, Foundry.ModelsOf));
    }

    [Fact]
    public void When_they_retire_is_each_providers_own()
    {
        Assert.Contains(Find("openai").Models, static model => model.Retires is not null);
        Assert.All(Azure.Models, static model => Assert.Equal((null, null), (model.Retires, model.Successor)));
    }

    [Fact]
    public void What_is_not_known_is_written_to_like_its_family() => Assert.Equal(Find("openai").RulesOf("gpt-5.9"), Azure.RulesOf("gpt-5.9"));

    [Theory]
    [InlineData("azure")]
    [InlineData("azure_ai")]
    public void A_deployment_by_any_name_is_no_mistake(string provider) => Assert.True(Find(provider).ServesUnlisted);

    [Fact]
    public void A_model_alone_means_its_maker() => Assert.Equal("openai", ModelCatalog.Default.FindByModel("gpt-6-luna")!.Name);

    private static ProviderRow Find(string name) => ModelCatalog.Default.Find(name)!;
}
