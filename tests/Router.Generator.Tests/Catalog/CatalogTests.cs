using RouterGen.Declarations.Catalog;

namespace RouterGen.Generator.Tests;

public class CatalogTests
{
    [Fact]
    public void The_index_says_what_the_rows_say() => Assert.Equal(
        ModelCatalog.Default.Providers.SelectMany(provider => provider.Aliases.Prepend(provider.Name)),
        ModelCatalog.Default.Names);

    [Fact]
    public void No_two_providers_share_a_name() => Assert.Distinct(ModelCatalog.Default.Names);

    [Fact]
    public void A_provider_is_found_without_making_the_others()
    {
        var first = new ProviderRow("first", Declarations.Model.Dialect.OpenAIChat, "https://first.example/v1");
        var catalog = new ModelCatalog(
            new("other", () => throw new InvalidOperationException("Made without need."), "alias"),
            new("first", () => first, "nickname"));

        Assert.Same(first, catalog.Find("first"));
        Assert.Same(first, catalog.Find("nickname"));
        Assert.Null(catalog.Find("third"));
        Assert.Equal(["other", "alias", "first", "nickname"], catalog.Names);
    }

    [Theory]
    [InlineData("gpt-4o", "openai")]
    [InlineData("mistral-large-latest", "mistral")]
    [InlineData("deepseek-chat", "deepseek")]
    [InlineData("command-a-03-2025", "cohere")]
    [InlineData("llama-3.3-70b-versatile", "groq")]
    public void A_provider_is_found_by_its_models(string model, string provider) => Assert.Equal(provider, ModelCatalog.Default.FindByModel(model)?.Name);

    [Fact]
    public void The_assembly_stays_small() => Assert.InRange(new FileInfo(typeof(ModelCatalog).Assembly.Location).Length, 0, 1_000_000);

    [Theory]
    [InlineData("openai", "gpt-4o-mini", 0.15, 0.6)]
    [InlineData("openai", "gpt-4o-2024-08-06", 2.5, 10)]
    [InlineData("openai", "ft:gpt-4o-2024-08-06:owner::id", 3.75, 15)]
    [InlineData("anthropic", "claude-haiku-4-5-20251001", 1, 5)]
    [InlineData("anthropic", "claude-3-5-sonnet-latest", 3, 15)]
    [InlineData("anthropic", "claude-3-5-haiku-20241022", 0.8, 4)]
    [InlineData("openai", "gpt-4-32k", 60, 120)]
    [InlineData("openai", "text-embedding-3-small", 0.02, 0)]
    [InlineData("mistral", "mistral-large-latest", 0.5, 1.5)]
    [InlineData("mistral", "codestral-latest", 0.3, 0.9)]
    [InlineData("groq", "llama-3.3-70b-versatile", 0.59, 0.79)]
    [InlineData("deepseek", "deepseek-chat", 0.28, 0.42)]
    [InlineData("xai", "grok-4-0709", 3, 15)]
    [InlineData("cerebras", "gpt-oss-120b", 0.35, 0.75)]
    [InlineData("perplexity", "sonar-pro", 3, 15)]
    [InlineData("cohere", "command-a-03-2025", 2.5, 10)]
    [InlineData("cohere", "embed-v4.0", 0.12, 0)]
    [InlineData("gemini", "gemini-2.5-flash", 0.3, 2.5)]
    [InlineData("together_ai", "meta-llama/Llama-3.3-70B-Instruct-Turbo", 0.88, 0.88)]
    [InlineData("fireworks", "accounts/fireworks/models/deepseek-v3p1", 0.56, 1.68)]
    [InlineData("openrouter", "anthropic/claude-sonnet-4.5", 3, 15)]
    public void A_model_is_found_by_each_of_its_names(string provider, string model, double input, double output)
    {
        ModelRow row = Assert.IsType<ModelRow>(Find(provider).FindModel(model));

        Assert.Equal(((decimal)input, (decimal)output), (row.Prices!.Standard.Input, row.Prices.Standard.Output));
    }

    [Theory]
    [InlineData("o3")]
    [InlineData("gpt-5")]
    [InlineData("gpt-5-mini")]
    public void Reasoning_models_take_effort_and_no_sampling(string model)
    {
        HashSet<string> traits = TraitNames.Of("openai", Find("openai").FindModel(model)!.Traits);

        Assert.Superset(TraitNames.Split("Reasoning, DeveloperRole, MaxCompletionTokens"), traits);
        Assert.DoesNotContain(traits, name => name is "Sampling" or "Penalties" or "Stop");
    }

    [Theory]
    [InlineData("xai", "grok-4", "Penalties, Stop")]
    [InlineData("perplexity", "sonar", "Tools, Seed, Stop")]
    [InlineData("deepseek", "deepseek-reasoner", "Sampling, Penalties, Tools")]
    [InlineData("deepseek", "deepseek-chat", "JsonSchema")]
    [InlineData("cerebras", "gpt-oss-120b", "Penalties, ParallelToolCalls")]
    [InlineData("groq", "llama-3.3-70b-versatile", "MessageNames, StreamUsageOption")]
    [InlineData("cohere", "command-a-03-2025", "ParallelToolCalls, Reasoning, Vision")]
    [InlineData("cohere", "command-r-08-2024", "RequiredToolChoice")]
    [InlineData("ollama", "qwen3", "RequiredToolChoice, ParallelToolCalls")]
    [InlineData("moonshot", "kimi-k2.5", "Sampling, Penalties")]
    [InlineData("mistral", "mistral-unheard-of", "MessageNames, StreamUsageOption")]
    public void What_a_provider_refuses_is_not_sent(string provider, string model, string refused)
    {
        HashSet<string> traits = TraitNames.Of(provider, Find(provider).RulesOf(model).Traits);

        Assert.Empty(traits.Intersect(TraitNames.Split(refused)));
    }

    [Theory]
    [InlineData("mistral", "mistral-large-latest", "Seed, RandomSeed")]
    [InlineData("cerebras", "gpt-oss-120b", "MaxCompletionTokens")]
    [InlineData("xai", "grok-4-1-fast-non-reasoning", "Penalties, Stop")]
    [InlineData("perplexity", "sonar", "TopK")]
    [InlineData("openrouter", "openai/gpt-5", "Tools, Vision, Reasoning")]
    [InlineData("vllm", "any-model", "TopK, Tools, JsonSchema")]
    [InlineData("cohere", "command-a-reasoning-08-2025", "Reasoning, TopK, RequiredToolChoice")]
    [InlineData("cohere", "command-a-vision-07-2025", "Vision")]
    [InlineData("ollama", "qwen3", "Reasoning, TopK, Tools")]
    public void What_a_provider_takes_is_sent(string provider, string model, string taken)
    {
        HashSet<string> traits = TraitNames.Of(provider, Find(provider).RulesOf(model).Traits);

        Assert.Superset(TraitNames.Split(taken), traits);
    }

    [Theory]
    [InlineData("claude-3-haiku-20240307", 4096)]
    [InlineData("claude-haiku-4-5", 16384)]
    [InlineData("claude-unheard-of", 16384)]
    [InlineData("unheard-of", 4096)]
    public void Anthropic_is_always_told_an_output_limit(string model, int expected)
    {
        ProviderRow anthropic = Find("anthropic");

        Assert.Equal(expected, anthropic.Conventions.DefaultMaxOutputTokensFor(anthropic.RulesOf(model).OutputLimit));
    }

    private static ProviderRow Find(string provider) => ModelCatalog.Default.Find(provider)!;
}
