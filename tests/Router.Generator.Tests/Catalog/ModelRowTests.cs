using System.Globalization;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Tests;

using CallKind = RouterGen.Declarations.Model.CallKind;
using ModelCapabilities = RouterGen.Declarations.Model.ModelCapabilities;
using TokenPrices = RouterGen.Declarations.Model.TokenPrices;

/// <summary>What must hold of every row, whoever wrote it.</summary>
public class ModelRowTests
{
    private static readonly DateTime Earliest = new(2020, 1, 1);

    public static TheoryData<string> Providers { get; } = new(ModelCatalog.Default.Providers.Select(provider => provider.Name));

    [Theory]
    [MemberData(nameof(Providers))]
    public void No_model_is_listed_twice(string provider) => Assert.Distinct(Models(provider).SelectMany(model => model.Aliases.Prepend(model.Name)));

    [Theory]
    [MemberData(nameof(Providers))]
    public void Prices_are_in_order(string provider) => Assert.All(Models(provider), model =>
    {
        if (model.Prices is null) return;
        foreach (Declarations.Model.TokenPrices prices in model.Prices.Variants.Select(variant => variant.Prices).Prepend(model.Prices.Standard))
        {
            Assert.InRange(prices.Input, 0m, 1000m);
            Assert.InRange(prices.Output, 0m, 1000m);
            Assert.InRange(prices.CacheRead, 0m, prices.Input);
            Assert.InRange(prices.CacheWrite, prices.Input, prices.Input * 2);
            if (prices.Input > 0) Assert.NotEqual(0m, prices.CacheRead);
            if (model.Kind is CallKind.Chat) Assert.True(prices.Output >= prices.Input, $"{model.Name} writes cheaper than it reads.");
        }
    });

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_chat_model_writes_no_more_than_its_window_holds(string provider) => Assert.All(Models(provider), model =>
    {
        if (model.Kind is not CallKind.Chat) return;
        if (model.ContextWindow != 0) Assert.InRange(model.ContextWindow, 2_048, 2_200_000);
        if (model.OutputLimit != 0) Assert.InRange(model.OutputLimit, 1_024, model.ContextWindow);
    });

    [Theory]
    [MemberData(nameof(Providers))]
    public void An_input_limit_is_stated_where_it_is_below_the_window(string provider) => Assert.All(Models(provider), model =>
    {
        if (model.InputLimit == 0) return;
        Assert.InRange(model.InputLimit, 1_024, model.ContextWindow - 1);
        Assert.InRange(model.InputLimit + model.OutputLimit, 1, model.ContextWindow);
    });

    [Theory]
    [MemberData(nameof(Providers))]
    public void Quirks_are_those_of_the_dialect(string name)
    {
        ProviderRow provider = ModelCatalog.Default.Find(name)!;

        Assert.All(provider.Models.Select(model => model.Traits).Append(provider.UnlistedTraits ?? ModelTraits.None), traits =>
            Assert.False(int.TryParse(provider.Conventions.Quirks(traits.Quirks).ToString(), out int unnamed), $"{unnamed} is not a quirk of {provider.Dialect}."));
    }

    [Fact]
    public void How_Claude_is_told_to_think_is_known_where_it_can_be() => Assert.All(Models("anthropic"), model => Assert.Equal(
        (model.Traits.Parameters & ModelParameters.Reasoning) != 0,
        TraitNames.Of("anthropic", model.Traits).Overlaps(["Effort", "AdaptiveThinking", "ThinkingBudget"])));

    [Theory]
    [MemberData(nameof(Providers))]
    public void An_embedding_model_only_reads(string provider) => Assert.All(Models(provider), model =>
    {
        if (model.Kind is not CallKind.Embeddings) return;
        Assert.Equal((0, 0m, ModelCapabilities.None), (model.OutputLimit, model.Prices?.Standard.Output ?? 0m, model.Traits.Capabilities));
        Assert.Equal(ModelParameters.None, model.Traits.Parameters & ~ModelParameters.Dimensions);
        Assert.InRange(model.ContextWindow, 256, 200_000);
        Assert.InRange(model.Dimensions, 128, 4_096);
    });

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_retired_model_has_a_day_and_a_successor_that_outlives_it(string provider) => Assert.All(Models(provider), model =>
    {
        if (model.Retires is null)
        {
            Assert.Null(model.Successor);
            return;
        }

        DateTime day = Day(model.Retires);
        Assert.True(day > Earliest, $"{model.Name} retires on {model.Retires}.");
        if (model.Successor is not { } name) return;
        ModelRow? successor = ModelCatalog.Default.Find(provider)!.FindModel(name);
        Assert.NotNull(successor);
        Assert.Equal(model.Kind, successor.Kind);
        Assert.True(successor.Retires is null, $"{name} retires itself, so that a move away from {model.Name} is followed by another.");
    });

    [Theory]
    [InlineData("anthropic", "claude-3-5-sonnet-20241022", "2025-10-28", "claude-sonnet-5-5")]
    [InlineData("anthropic", "claude-3-haiku-20240307", "2026-04-20", "claude-haiku-5-5")]
    [InlineData("openai", "gpt-4-32k-0613", "2025-06-06", "gpt-5.6-sol")]
    [InlineData("gemini", "gemini-2.0-flash-001", "2026-06-01", "gemini-3.5-flash")]
    [InlineData("openai", "gpt-4o-mini", "2027-01-14", "gpt-6-luna")]
    [InlineData("openai", "gpt-5-mini", "2026-12-11", "gpt-6.1-terra")]
    [InlineData("openai", "gpt-5.4-nano", "2027-04-01", "gpt-6-luna")]
    [InlineData("openai", "gpt-4", "2026-10-23", "gpt-5.6-sol")]
    [InlineData("anthropic", "claude-sonnet-4-5-20250929", "2026-11-30", "claude-sonnet-5-5")]
    [InlineData("anthropic", "claude-opus-4-5", "2027-01-22", "claude-opus-5-5")]
    [InlineData("gemini", "gemini-2.5-pro", "2026-12-01", "gemini-3.8-flash")]
    [InlineData("deepseek", "deepseek-chat", "2026-07-24", "deepseek-flash")]
    [InlineData("xai", "grok-build-0.1", "2026-11-19", "grok-4.7")]
    public void Retired_models_are_known_with_their_successors(string provider, string model, string day, string successor)
    {
        ModelRow? row = ModelCatalog.Default.Find(provider)!.FindModel(model);

        Assert.Equal((day, successor), (row?.Retires, row?.Successor));
    }

    [Theory]
    [InlineData("openai", "text-embedding-3-large")]
    [InlineData("mistral", "mistral-embed")]
    [InlineData("cohere", "embed-english-v3.0")]
    [InlineData("gemini", "gemini-embedding-001")]
    [InlineData("ollama", "nomic-embed-text")]
    public void Embedding_models_are_told_apart(string provider, string model) =>
        Assert.Equal(CallKind.Embeddings, ModelCatalog.Default.Find(provider)!.FindModel(model)?.Kind);

    [Theory]
    [MemberData(nameof(Providers))]
    public void An_image_model_has_a_price_of_images(string provider) => Assert.All(Models(provider), model =>
    {
        if (model.Kind is not CallKind.Images) return;
        Assert.Equal(ModelCapabilities.None, model.Traits.Capabilities);
        TokenPrices prices = model.Prices!.Standard;
        Assert.True(prices.ImageOutput > 0 || prices.Units?.ImageMade > 0 || prices.Units?.MegapixelMade > 0, $"{model.Name} makes images for nothing.");
    });

    [Theory]
    [InlineData("openai", "gpt-image-2")]
    [InlineData("azure", "gpt-image-2.5-flare")]
    [InlineData("gemini", "gemini-3.1-flash-image-preview")]
    [InlineData("vertex_ai", "gemini-3-pro-image")]
    [InlineData("bedrock", "stability.stable-image-ultra-v1:1")]
    [InlineData("xai", "grok-imagine-image")]
    [InlineData("together_ai", "black-forest-labs/FLUX.1-schnell")]
    public void Image_models_are_told_apart(string provider, string model) =>
        Assert.Equal(CallKind.Images, ModelCatalog.Default.Find(provider)!.FindModel(model)?.Kind);

    private static ModelRow[] Models(string provider) => ModelCatalog.Default.Find(provider)!.Models;

    private static DateTime Day(string text) => DateTime.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
