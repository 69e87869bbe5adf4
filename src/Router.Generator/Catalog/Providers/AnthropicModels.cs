using RouterGen.Generator.Model;
using static RouterGen.Generator.Model.ModelTraits;

namespace RouterGen.Generator.Catalog.Providers;

/// <summary>Anthropic and its models: https://docs.anthropic.com/en/docs/about-claude/models.</summary>
internal static class AnthropicModels
{
    private const ModelTraits Claude3 = Sampling | TopK | Stop | Tools | ParallelToolCalls | Vision | Documents;

    // Extended thinking with a budget came with 3.7, structured output with 4.5, adaptive thinking and effort with 4.6.
    private const ModelTraits Claude4 = Claude3 | ThinkingBudget;
    private const ModelTraits Claude45 = Claude4 | JsonSchema;
    private const ModelTraits Claude46 = Claude3 | JsonSchema | AdaptiveThinking | ReasoningEffort;

    // From Opus 4.7 on, a temperature, top_p or top_k other than the default is refused with a 400.
    private const ModelTraits Claude47 = Claude46 & ~(Sampling | TopK);

    public static readonly ProviderRow Provider = new("anthropic", Dialect.AnthropicMessages, "https://api.anthropic.com")
    {
        EndpointVariable = "ANTHROPIC_BASE_URL",
        KeyVariable = "ANTHROPIC_API_KEY",
        Models =
        [
            new("claude-3-5-haiku-20241022", Claude3, 200_000, 8_192, 0.8m, 4m, 0.08m, 1m) { Aliases = ["claude-3-5-haiku-latest"], Retires = "2026-02-19", Successor = "claude-haiku-4-5" },
            new("claude-3-5-sonnet-20240620", Claude3, 200_000, 8_192, 3m, 15m, 0.3m, 3.75m) { Retires = "2025-10-28", Successor = "claude-sonnet-4-6" },
            new("claude-3-5-sonnet-20241022", Claude3, 200_000, 8_192, 3m, 15m, 0.3m, 3.75m) { Aliases = ["claude-3-5-sonnet-latest"], Retires = "2025-10-28", Successor = "claude-sonnet-4-6" },
            new("claude-3-7-sonnet-20250219", Claude4, 200_000, 64_000, 3m, 15m, 0.3m, 3.75m) { Aliases = ["claude-3-7-sonnet-latest"], Retires = "2026-02-19", Successor = "claude-sonnet-4-6" },
            new("claude-3-haiku-20240307", Claude3, 200_000, 4_096, 0.25m, 1.25m, 0.03m, 0.3m) { Retires = "2026-04-20", Successor = "claude-haiku-4-5" },
            new("claude-3-opus-20240229", Claude3, 200_000, 4_096, 15m, 75m, 1.5m, 18.75m) { Aliases = ["claude-3-opus-latest"], Retires = "2026-01-05", Successor = "claude-opus-4-8" },
            new("claude-3-sonnet-20240229", Claude3, 200_000, 4_096, 3m, 15m) { Retires = "2025-07-21", Successor = "claude-sonnet-4-6" },
            new("claude-fable-5", Claude47, 1_000_000, 128_000, 10m, 50m, 1m, 12.5m),
            new("claude-haiku-4-5", Claude45, 200_000, 64_000, 1m, 5m, 0.1m, 1.25m) { Aliases = ["claude-haiku-4-5-20251001"] },
            new("claude-opus-4-1-20250805", Claude4, 200_000, 32_000, 15m, 75m, 1.5m, 18.75m) { Aliases = ["claude-opus-4-1"], Retires = "2026-08-05", Successor = "claude-opus-4-8" },
            new("claude-opus-4-20250514", Claude4, 200_000, 32_000, 15m, 75m, 1.5m, 18.75m) { Aliases = ["claude-opus-4-0", "claude-4-opus-20250514"], Retires = "2026-06-15", Successor = "claude-opus-4-8" },
            new("claude-opus-4-5", Claude45 | ReasoningEffort, 200_000, 64_000, 5m, 25m, 0.5m, 6.25m) { Aliases = ["claude-opus-4-5-20251101"] },
            new("claude-opus-4-6", Claude46, 1_000_000, 128_000, 5m, 25m, 0.5m, 6.25m) { Aliases = ["claude-opus-4-6-20260205"] },
            new("claude-opus-4-7", Claude47, 1_000_000, 128_000, 5m, 25m, 0.5m, 6.25m) { Aliases = ["claude-opus-4-7-20260416"] },
            new("claude-opus-4-8", Claude47, 1_000_000, 128_000, 5m, 25m, 0.5m, 6.25m),
            new("claude-sonnet-4-20250514", Claude4, 1_000_000, 64_000, 3m, 15m, 0.3m, 3.75m) { Aliases = ["claude-sonnet-4-0", "claude-4-sonnet-20250514"], Retires = "2026-06-15", Successor = "claude-sonnet-4-6" },
            new("claude-sonnet-4-5", Claude45, 200_000, 64_000, 3m, 15m, 0.3m, 3.75m) { Aliases = ["claude-sonnet-4-5-20250929"] },
            new("claude-sonnet-4-6", Claude46, 1_000_000, 64_000, 3m, 15m, 0.3m, 3.75m),
        ],
    };
}
