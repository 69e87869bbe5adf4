using RouterGen.Declarations.Model;
using static RouterGen.Codecs.AnthropicQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelEfforts;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>
/// Anthropic and its models: https://platform.claude.com/docs/en/about-claude/models and …/model-deprecations, as of 2026-11-28.
/// Prices of cache writes are those for five minutes.
/// </summary>
internal static class AnthropicModels
{
    private static readonly ModelTraits Claude3 = new(Tools | Vision | Documents, Sampling | TopK | Stop | ParallelToolCalls | RequiredToolChoice);

    // Extended thinking with a budget came with 3.7, structured output with 4.5, adaptive thinking and effort with 4.6.
    // From Claude 4 on the provider's own tools run with each model.
    private const ModelCapabilities OwnTools = WebSearch | CodeInterpreter | McpServers;
    private static readonly ModelTraits Claude4 = Claude3.With(OwnTools).With(Reasoning).WithQuirks(ThinkingBudget);
    private static readonly ModelTraits Claude45 = Claude4.With(JsonSchema);
    private static readonly ModelTraits Claude46 = Claude3.With(OwnTools | JsonSchema).With(Reasoning).WithQuirks(AdaptiveThinking | Effort);

    // From Opus 4.7 on, a temperature, top_p or top_k other than the default is refused with a 400.
    private static readonly ModelTraits Claude47 = Claude46.Without(Sampling | TopK);

    // Fable and Mythos always think. Sonnet 5.5 refuses to have thinking disabled, too: it has between_tools in its place.
    private static readonly ModelTraits Fable5 = Claude47.WithQuirks(AlwaysThinks);

    // A forced tool choice is refused by Fable 5.1, Opus 5.5 and Sonnet 5.5 and what came after them.
    private static readonly ModelTraits Claude55 = Fable5.Without(RequiredToolChoice);

    // A budget is one of tokens: any effort is turned into one.
    private static readonly EffortSpec AnyAsBudget = EffortSpec.Unknown;
    private static readonly EffortSpec UpToMax = new(Low | Medium | High | Max);
    private static readonly EffortSpec All = new(Low | Medium | High | ExtraHigh | Max);

    public static readonly ProviderRow Provider = new("anthropic", Dialect.AnthropicMessages, "https://api.anthropic.com")
    {
        EndpointVariable = "ANTHROPIC_BASE_URL",
        KeyVariable = "ANTHROPIC_API_KEY",
        KeyPrefixes = ["sk-ant-"],
        UsualEfforts = All,
        Families =
        [
            new("claude-2", "claude-3-opus-20240229"),
            new("claude-3-7", "claude-3-7-sonnet-20250219"),
            new("claude-3", "claude-3-5-sonnet-20241022"),
            new("claude-haiku", "claude-haiku-5-5"),
            new("claude-sonnet", "claude-sonnet-5-5"),
            new("claude-opus", "claude-opus-5-5"),
            new("claude-mythos", "claude-mythos-5-2"),
            new("claude", "claude-fable-5-2"),
        ],
        Models =
        [
            new("claude-3-5-haiku-20241022", Claude3, 200_000, 8_192, 0.8m, 4m, 0.08m, 1m) { Aliases = ["claude-3-5-haiku-latest"], Retires = "2026-02-19", Successor = "claude-haiku-5-5" },
            new("claude-3-5-sonnet-20240620", Claude3, 200_000, 8_192, 3m, 15m, 0.3m, 3.75m) { Retires = "2025-10-28", Successor = "claude-sonnet-5-5" },
            new("claude-3-5-sonnet-20241022", Claude3, 200_000, 8_192, 3m, 15m, 0.3m, 3.75m) { Aliases = ["claude-3-5-sonnet-latest"], Retires = "2025-10-28", Successor = "claude-sonnet-5-5" },
            new("claude-3-7-sonnet-20250219", Claude4, 200_000, 64_000, 3m, 15m, 0.3m, 3.75m) { Efforts = AnyAsBudget, Aliases = ["claude-3-7-sonnet-latest"], Retires = "2026-02-19", Successor = "claude-sonnet-5-5" },
            new("claude-3-haiku-20240307", Claude3, 200_000, 4_096, 0.25m, 1.25m, 0.03m, 0.3m) { Retires = "2026-04-20", Successor = "claude-haiku-5-5" },
            new("claude-3-opus-20240229", Claude3, 200_000, 4_096, 15m, 75m, 1.5m, 18.75m) { Aliases = ["claude-3-opus-latest"], Retires = "2026-01-05", Successor = "claude-opus-5-5" },
            new("claude-3-sonnet-20240229", Claude3, 200_000, 4_096, 3m, 15m) { Retires = "2025-07-21", Successor = "claude-sonnet-5-5" },
            new("claude-fable-5", Fable5, 1_000_000, 128_000, 10m, 50m, 1m, 12.5m),
            new("claude-fable-5-1", Claude55, 1_000_000, 128_000, 10m, 50m, 0.25m, 12.5m),
            new("claude-fable-5-2", Claude55, 1_000_000, 128_000, 8m, 40m, 0.2m, 10m),
            new("claude-haiku-4-5", Claude45, 200_000, 64_000, 1m, 5m, 0.1m, 1.25m) { Efforts = AnyAsBudget, Aliases = ["claude-haiku-4-5-20251001"] },

            // Prompts of more than 100,000 tokens cost five times as much.
            new("claude-haiku-5-5", Claude47, 1_000_000, 128_000, 0.1m, 0.5m, 0.01m, 0.125m),
            new("claude-mythos-5", Fable5, 1_000_000, 128_000, 10m, 50m, 1m, 12.5m),
            new("claude-mythos-5-1", Claude55, 1_000_000, 128_000, 10m, 50m, 0.25m, 12.5m),
            new("claude-mythos-5-2", Claude55, 1_000_000, 128_000, 8m, 40m, 0.2m, 10m),
            new("claude-opus-4-1-20250805", Claude4, 200_000, 32_000, 15m, 75m, 1.5m, 18.75m) { Efforts = AnyAsBudget, Aliases = ["claude-opus-4-1"], Retires = "2026-08-05", Successor = "claude-opus-5-5" },
            new("claude-opus-4-20250514", Claude4, 200_000, 32_000, 15m, 75m, 1.5m, 18.75m) { Efforts = AnyAsBudget, Aliases = ["claude-opus-4-0", "claude-4-opus-20250514"], Retires = "2026-06-15", Successor = "claude-opus-5-5" },
            new("claude-opus-4-5", Claude45.WithQuirks(Effort), 200_000, 64_000, 5m, 25m, 0.5m, 6.25m) { Efforts = new(Low | Medium | High), Aliases = ["claude-opus-4-5-20251101"], Retires = "2027-01-22", Successor = "claude-opus-5-5" },
            new("claude-opus-4-6", Claude46, 1_000_000, 128_000, 5m, 25m, 0.5m, 6.25m) { Efforts = UpToMax, Aliases = ["claude-opus-4-6-20260205"] },
            new("claude-opus-4-7", Claude47, 1_000_000, 128_000, 5m, 25m, 0.5m, 6.25m) { Aliases = ["claude-opus-4-7-20260416"] },
            new("claude-opus-4-8", Claude47, 1_000_000, 128_000, 5m, 25m, 0.5m, 6.25m),
            new("claude-opus-5", Claude47, 1_000_000, 128_000, 5m, 25m, 0.5m, 6.25m),
            new("claude-opus-5-5", Claude55, 1_000_000, 128_000, 4m, 20m, 0.2m, 5m),
            new("claude-sonnet-4-20250514", Claude4, 1_000_000, 64_000, 3m, 15m, 0.3m, 3.75m) { Efforts = AnyAsBudget, Aliases = ["claude-sonnet-4-0", "claude-4-sonnet-20250514"], Retires = "2026-06-15", Successor = "claude-sonnet-5-5" },
            new("claude-sonnet-4-5", Claude45, 200_000, 64_000, 3m, 15m, 0.3m, 3.75m) { Efforts = AnyAsBudget, Aliases = ["claude-sonnet-4-5-20250929"], Retires = "2026-11-30", Successor = "claude-sonnet-5-5" },
            new("claude-sonnet-4-6", Claude46, 1_000_000, 128_000, 3m, 15m, 0.3m, 3.75m) { Efforts = UpToMax },
            new("claude-sonnet-5", Claude47, 1_000_000, 128_000, 2m, 10m, 0.2m, 2.5m),
            new("claude-sonnet-5-5", Claude55, 1_000_000, 128_000, 2m, 10m, 0.1m, 2.5m),
        ],
    };
}
