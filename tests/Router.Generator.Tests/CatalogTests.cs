using System.Globalization;
using RouterGen.Generator.Catalog;

namespace RouterGen.Generator.Tests;

public class CatalogTests
{
    public static TheoryData<string> Providers { get; } = new(ModelCatalog.Default.Providers.Select(provider => provider.Name));

    [Fact]
    public void Traits_are_those_of_the_runtime() => Assert.Equal(
        Enum.GetValues<Infrastructure.ModelTraits>().Select(trait => (trait.ToString(), (int)trait)),
        Enum.GetValues<Model.ModelTraits>().Select(trait => (trait.ToString(), (int)trait)));

    [Fact]
    public void Dialects_are_those_of_the_runtime() => Assert.Equal(
        Enum.GetValues<Dialect>().Select(dialect => (dialect.ToString(), (int)dialect)),
        Enum.GetValues<Model.Dialect>().Select(dialect => (dialect.ToString(), (int)dialect)));

    [Theory]
    [MemberData(nameof(Providers))]
    public void No_model_is_listed_twice(string provider)
    {
        string[] names = [.. Find(provider).Models.SelectMany(model => model.Aliases.Prepend(model.Name))];

        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void Each_model_has_limits_prices_and_a_date_that_can_be_read(string provider) => Assert.All(Find(provider).Models, model =>
    {
        Assert.InRange(model.ContextWindow, 4096, 2_000_000);
        Assert.InRange(model.MaxOutputTokens, 1024, model.ContextWindow);
        Assert.InRange(model.Input, 0.01m, model.Output);
        Assert.InRange(model.Prices.CacheRead, 0.001m, model.Input);
        Assert.InRange(model.Prices.CacheWrite, model.Input, model.Input * 2);
        if (model.Retires is { } day) DateTime.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    });

    [Theory]
    [InlineData("openai", "gpt-4o-mini", 0.15, 0.6)]
    [InlineData("openai", "gpt-4o-2024-08-06", 2.5, 10)]
    [InlineData("openai", "ft:gpt-4o-2024-08-06:owner::id", 3.75, 15)]
    [InlineData("anthropic", "claude-haiku-4-5-20251001", 1, 5)]
    public void A_model_is_found_by_each_of_its_names(string provider, string model, double input, double output)
    {
        ModelRow row = Assert.IsType<ModelRow>(Find(provider).FindModel(model));

        Assert.Equal(((decimal)input, (decimal)output), (row.Input, row.Output));
    }

    [Theory]
    [InlineData("o3")]
    [InlineData("gpt-5")]
    [InlineData("gpt-5-mini")]
    public void Reasoning_models_take_effort_and_no_sampling(string model)
    {
        Model.ModelTraits traits = Find("openai").FindModel(model)!.Traits;

        Assert.True(traits.HasFlag(Model.ModelTraits.ReasoningEffort | Model.ModelTraits.DeveloperRole | Model.ModelTraits.MaxCompletionTokens));
        Assert.Equal(Model.ModelTraits.None, traits & (Model.ModelTraits.Sampling | Model.ModelTraits.Penalties | Model.ModelTraits.Stop));
    }

    [Theory]
    [InlineData("claude-3-haiku-20240307", 4096)]
    [InlineData("claude-haiku-4-5", 16384)]
    [InlineData("claude-unheard-of", 4096)]
    public void Anthropic_is_always_told_an_output_limit(string model, int expected)
    {
        ProviderRow anthropic = Find("anthropic");

        Assert.Equal(expected, anthropic.Conventions.OutputLimitFor(anthropic.FindModel(model)));
    }

    private static ProviderRow Find(string provider) => ModelCatalog.Default.Find(provider)!;
}
