using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Tests;

/// <summary>The rules that providers answer 400 about when a request breaks them, by model.</summary>
public class RequestRuleTests
{
    [Theory]
    [InlineData("openai", "gpt-5-mini", "Minimal, Low, Medium, High", null)]
    [InlineData("openai", "gpt-5.1", "None, Low, Medium, High", null)]
    [InlineData("openai", "gpt-5.2", "None, Low, Medium, High, ExtraHigh", "NotTaken")]
    [InlineData("openai", "gpt-5.4-mini", "None, Low, Medium, High, ExtraHigh", "NotTaken")]
    [InlineData("openai", "gpt-5.5", "None, Low, Medium, High, ExtraHigh", "NotTaken")]
    [InlineData("openai", "gpt-5.6-terra", "None, Low, Medium, High, ExtraHigh", "None")]
    [InlineData("openai", "gpt-6-luna", "None, Low, Medium, High, ExtraHigh", "None")]
    [InlineData("openai", "gpt-6.2-sol", "Low, Medium, High, ExtraHigh", null)]
    [InlineData("openai", "o3", "Low, Medium, High", null)]
    [InlineData("openai", "gpt-4o", "NotTaken", null)]
    [InlineData("groq", "openai/gpt-oss-120b", "Low, Medium, High", null)]
    [InlineData("cerebras", "gpt-oss-120b", "Low, Medium, High", null)]
    [InlineData("anthropic", "claude-haiku-4-5", "NotTaken", null)]
    [InlineData("anthropic", "claude-opus-4-6", "Low, Medium, High, Max", null)]
    [InlineData("anthropic", "claude-opus-5-5", "Low, Medium, High, ExtraHigh, Max", null)]
    [InlineData("gemini", "gemini-3.8-flash", "Low, Medium, High", null)]
    [InlineData("gemini", "gemini-2.5-flash-lite", "None, Minimal, Low, Medium, High", null)]
    [InlineData("gemini", "gemini-4-hydrogen", "Low, Medium, High, ExtraHigh", null)]
    [InlineData("deepseek", "deepseek-v4-pro", "Low, High, Max", null)]
    [InlineData("moonshot", "kimi-k3", "Low, High, Max", null)]
    [InlineData("moonshot", "kimi-k2.6", "NotTaken", null)]
    [InlineData("mistral", "mistral-medium-latest", "None, High", null)]
    [InlineData("xai", "grok-4.3", "None, Low, Medium, High", null)]
    [InlineData("xai", "grok-4.7", "Low, Medium, High, ExtraHigh", null)]
    [InlineData("xai", "grok-4.20-reasoning", "NotTaken", null)]
    public void A_model_takes_these_efforts(string provider, string model, string taken, string? withTools)
    {
        EffortSpec efforts = Rules(provider, model).Efforts;

        Assert.Equal(Enum.Parse<ModelEfforts>(taken), efforts.Taken);
        Assert.Equal(withTools is null ? null : Enum.Parse<ModelEfforts>(withTools), efforts.WithTools);
    }

    [Theory]
    [InlineData("anthropic", "claude-sonnet-5", "Sampling, TopK, AlwaysThinks", "RequiredToolChoice, AdaptiveThinking")]
    [InlineData("anthropic", "claude-opus-5", "Sampling, TopK, AlwaysThinks, ThinkingBudget", "RequiredToolChoice, AdaptiveThinking, Effort")]
    [InlineData("anthropic", "claude-opus-5-5", "Sampling, TopK, ThinkingBudget, RequiredToolChoice", "AlwaysThinks")]
    [InlineData("anthropic", "claude-sonnet-5-5", "Sampling, TopK, ThinkingBudget, RequiredToolChoice", "AlwaysThinks")]
    [InlineData("anthropic", "claude-haiku-5-5", "Sampling, TopK, ThinkingBudget, AlwaysThinks", "RequiredToolChoice, AdaptiveThinking")]
    [InlineData("anthropic", "claude-fable-5", "", "RequiredToolChoice, AlwaysThinks")]
    [InlineData("anthropic", "claude-fable-5-1", "ThinkingBudget, RequiredToolChoice", "AlwaysThinks")]
    [InlineData("openai", "gpt-5.1", "", "Sampling, SamplingWithoutReasoning")]
    [InlineData("openai", "gpt-6-luna", "", "Sampling, SamplingWithoutReasoning, Tools")]
    [InlineData("openai", "gpt-6-astra", "Sampling, SamplingWithoutReasoning, Tools", "JsonSchema")]
    [InlineData("openai", "gpt-6.1-terra", "Tools", "SamplingWithoutReasoning")]
    [InlineData("openai", "gpt-6.2-sol", "Sampling, SamplingWithoutReasoning, Tools", "MaxCompletionTokens")]
    [InlineData("deepseek", "deepseek-flash", "JsonSchema, RequiredToolChoice", "ReturnsReasoningContent, Tools")]
    [InlineData("moonshot", "kimi-k2.6", "Sampling, Penalties, RequiredToolChoice", "ReturnsReasoningContent")]
    [InlineData("mistral", "mistral-small-latest", "MessageNames", "ShortCallIds, ReturnsThinkingParts")]
    [InlineData("mistral", "codestral-latest", "ReturnsThinkingParts", "ShortCallIds")]
    [InlineData("mistral", "mistral-unheard-of", "Reasoning", "ShortCallIds")]
    [InlineData("mistral", "magistral-medium-latest", "Reasoning", "ReturnsThinkingParts")]
    [InlineData("gemini", "gemini-3.8-flash", "Penalties, ThinkingBudget", "Seed, TopK, Documents, WebSearch, ThinkingLevel, SignatureWithCalls, CombinesTools, MediaInResults, Video")]
    [InlineData("gemini", "gemini-2.5-flash", "Penalties, ThinkingLevel, SignatureWithCalls, CombinesTools, MediaInResults", "Seed, TopK, Documents, WebSearch, ThinkingBudget, Video")]
    [InlineData("gemini", "gemini-2.0-flash", "Reasoning, ThinkingBudget, ThinkingLevel", "Penalties, CodeInterpreter, Video")]
    [InlineData("gemini", "gemini-4-hydrogen", "Sampling, TopK, Penalties", "ThinkingLevel, SignatureWithCalls")]
    [InlineData("gemini", "gemma-3-27b-it", "Tools, JsonSchema, Video, Seed", "SystemInUser, Vision")]
    [InlineData("gemini", "gemini-unheard-of", "Penalties", "ThinkingLevel, SignatureWithCalls")]
    [InlineData("xai", "grok-4.7", "Penalties, Stop", "ReasoningBesideOutput")]
    [InlineData("xai", "grok-unheard-of", "Penalties, Stop", "ReasoningBesideOutput")]
    [InlineData("groq", "openai/gpt-oss-20b", "Penalties", "ReturnsReasoning")]
    [InlineData("databricks", "databricks-claude-sonnet-4-5", "JsonSchema, Seed, Reasoning, StreamUsageOption", "Tools, Vision, TopK")]
    [InlineData("databricks", "databricks-gpt-oss-20b", "Seed, Penalties, Vision", "Reasoning, JsonSchema")]
    [InlineData("databricks", "my-own-endpoint", "Seed, Penalties, Reasoning", "Tools, JsonSchema")]
    [InlineData("openrouter", "any/model", "ShortCallIds", "ReturnsReasoningDetails")]
    public void A_model_is_written_to_by_these_rules(string provider, string model, string without, string with)
    {
        HashSet<string> traits = TraitNames.Of(provider, Rules(provider, model).Traits);

        Assert.Empty(traits.Intersect(TraitNames.Split(without)));
        Assert.Superset(TraitNames.Split(with), traits);
    }

    [Theory]
    [InlineData("openai", "gpt-6-luna", 1_050_000, 128_000, 0.1, 0.5, 0.01, 0.125)]
    [InlineData("openai", "gpt-6.2-astra", 1_050_000, 128_000, 8, 40, 0.4, 10)]
    [InlineData("openai", "gpt-5.4-mini", 400_000, 128_000, 0.75, 4.5, 0.075, 0.75)]
    [InlineData("anthropic", "claude-haiku-5-5", 1_000_000, 128_000, 0.1, 0.5, 0.01, 0.125)]
    [InlineData("anthropic", "claude-opus-5-5", 1_000_000, 128_000, 4, 20, 0.2, 5)]
    [InlineData("anthropic", "claude-sonnet-4-6", 1_000_000, 128_000, 3, 15, 0.3, 3.75)]
    [InlineData("gemini", "gemini-3.8-flash", 1_048_576, 65_536, 0.75, 3.75, 0.075, 0.75)]
    [InlineData("deepseek", "deepseek-v4-flash", 1_000_000, 384_000, 0.15, 0.6, 0.003, 0.15)]
    [InlineData("xai", "grok-4.20-reasoning", 1_000_000, 1_000_000, 1.25, 2.5, 0.2, 1.25)]
    [InlineData("mistral", "mistral-medium-latest", 262_144, 262_144, 1.5, 7.5, 1.5, 1.5)]
    [InlineData("moonshot", "kimi-k3", 1_048_576, 0, 3, 15, 0.3, 3)]
    public void The_catalog_is_as_of_November_2026(string provider, string model, int window, int output, double input, double outputPrice, double read, double write)
    {
        ModelRow row = ModelCatalog.Default.Find(provider)!.FindModel(model)!;

        Assert.Equal((window, output), (row.ContextWindow, row.OutputLimit));
        Assert.Equal(new Declarations.Model.TokenPrices((decimal)input, (decimal)outputPrice, (decimal)read, (decimal)write), row.Prices!.Standard with { AudioInput = null, Units = null });
    }

    [Theory]
    [InlineData("openai", "gpt-5", 400_000, 272_000, 128_000)]
    [InlineData("openai", "gpt-5.4-mini", 400_000, 272_000, 128_000)]
    [InlineData("openai", "gpt-6.2-sol", 1_050_000, 922_000, 128_000)]
    [InlineData("openai", "gpt-4o", 128_000, null, 16_384)]
    [InlineData("openrouter", "openai/gpt-5", 400_000, 272_000, 128_000)]
    [InlineData("anthropic", "claude-haiku-5-5", 1_000_000, null, 128_000)]
    [InlineData("moonshot", "kimi-k3", 1_048_576, null, null)]
    [InlineData("together_ai", "moonshotai/Kimi-K2-Instruct", null, null, null)]
    public void Window_input_limit_and_output_limit_are_three_facts(string provider, string model, int? window, int? input, int? output) =>
        Assert.Equal(new Declarations.Model.ModelLimits(window, input, output), ModelCatalog.Default.Find(provider)!.FindModel(model)!.Limits);

    private static ModelRules Rules(string provider, string model) => ModelCatalog.Default.Find(provider)!.RulesOf(model);
}
