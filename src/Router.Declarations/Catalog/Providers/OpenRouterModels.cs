using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelEfforts;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>OpenRouter and the models behind it: https://openrouter.ai/models. Its prices are those of the first provider that it would choose.</summary>
internal static class OpenRouterModels
{
    // What a model does not take, OpenRouter leaves out; documents it turns into text where the model cannot read them.
    // Reasoning of earlier turns is wanted back in reasoning_details, whatever form the model itself gives it. A server tool
    // that OpenRouter runs for each model searches the web.
    private static readonly ModelTraits Text =
        new ModelTraits(Documents | WebSearch, Sampling | TopK | Penalties | Stop | Seed)
            .WithQuirks(StreamUsageOption | MessageNames | ReturnsReasoningDetails | ServerTools);

    private static readonly ModelTraits Agent = Text.With(Tools).With(ParallelToolCalls | RequiredToolChoice);
    private static readonly ModelTraits Thinking = Agent.With(Reasoning);
    private static readonly ModelTraits Gpt4 = Agent.With(Vision | JsonSchema);
    private static readonly ModelTraits Gemini = Gpt4.With(Audio);

    private static readonly ModelTraits OpenAIThinking = Thinking.With(JsonSchema).Without(Sampling | TopK | Penalties | Stop);
    private static readonly ModelTraits Gpt5 = OpenAIThinking.With(Vision);
    private static readonly ModelTraits ClaudeWithoutSampling = Gpt5.With(Penalties | Stop);
    private static readonly ModelTraits Claude55 = ClaudeWithoutSampling.Without(RequiredToolChoice);
    private static readonly ModelTraits Kimi3 = Thinking.With(Vision).Without(Sampling | TopK | Penalties | RequiredToolChoice);

    // OpenAI keeps room in the window for the longest answer.
    private const int Gpt5Window = 400_000;
    private const int Gpt54Window = 1_050_000;
    private const int Gpt5Output = 128_000;
    private const int Gpt5Input = Gpt5Window - Gpt5Output;
    private const int Gpt54Input = Gpt54Window - Gpt5Output;

    public static readonly ProviderRow Provider = new("openrouter", Dialect.OpenAIChat, "https://openrouter.ai/api/v1")
    {
        EndpointVariable = "OPENROUTER_API_BASE",
        KeyVariable = "OPENROUTER_API_KEY",
        KeyPrefixes = ["sk-or-"],
        ServesUnlisted = true,
        UnlistedTraits = Gpt4.With(Reasoning),

        // An effort that a model does not have becomes the nearest one that it has. https://openrouter.ai/docs/guides/best-practices/reasoning-tokens
        UsualEfforts = new(ModelEfforts.None | Minimal | Low | Medium | High | ExtraHigh),
        Families =
        [
            new("anthropic/claude-3", "anthropic/claude-3.7-sonnet"),
            new("anthropic/claude-haiku", "anthropic/claude-haiku-5.5"),
            new("anthropic/claude-", "anthropic/claude-opus-5.5"),
            new("google/gemini-", "google/gemini-3.1-pro-preview"),
            new("moonshotai/kimi-", "moonshotai/kimi-k3"),
            new("openai/gpt-oss", "openai/gpt-oss-120b"),
            new("openai/gpt-*chat", "openai/gpt-5.2-chat"),
            new("openai/gpt-3", "openai/gpt-3.5-turbo"),
            new("openai/gpt-4", "openai/gpt-4.1"),
            new("openai/gpt-#", "openai/gpt-6.2-sol"),
            new("openai/o#", "openai/o1"),
            new("x-ai/grok-", "x-ai/grok-4.7"),
        ],
        Models =
        [
            new("anthropic/claude-3-haiku", Agent.With(Vision), 200_000, 4_096, 0.25m, 1.25m),
            new("anthropic/claude-3.5-sonnet", Agent.With(Vision), 200_000, 8_192, 3m, 15m),
            new("anthropic/claude-3.7-sonnet", Thinking.With(Vision), 200_000, 64_000, 3m, 15m),
            new("anthropic/claude-haiku-4.5", Gpt4.With(Reasoning), 200_000, 64_000, 1m, 5m, 0.1m, 1.25m),
            new("anthropic/claude-haiku-5.5", ClaudeWithoutSampling, 1_000_000, 128_000, 0.1m, 0.5m, 0.01m, 0.125m),
            new("anthropic/claude-opus-4", Thinking.With(Vision), 200_000, 32_000, 15m, 75m, 1.5m, 18.75m),
            new("anthropic/claude-opus-4.1", Thinking.With(Vision), 200_000, 32_000, 15m, 75m, 1.5m, 18.75m),
            new("anthropic/claude-opus-4.5", Gpt4.With(Reasoning), 200_000, 32_000, 5m, 25m, 0.5m, 6.25m),
            new("anthropic/claude-opus-4.6", Gpt4.With(Reasoning), 1_000_000, 128_000, 5m, 25m, 0.5m, 6.25m),
            new("anthropic/claude-opus-4.7", ClaudeWithoutSampling, 1_000_000, 128_000, 5m, 25m, 0.5m, 6.25m),
            new("anthropic/claude-opus-5.5", Claude55, 1_000_000, 128_000, 4m, 20m, 0.2m, 5m),
            new("anthropic/claude-sonnet-4", Thinking.With(Vision), 1_000_000, 64_000, 3m, 15m, 0.3m, 3.75m),
            new("anthropic/claude-sonnet-4.5", Gpt4.With(Reasoning), 1_000_000, 64_000, 3m, 15m, 0.3m, 3.75m),
            new("anthropic/claude-sonnet-4.6", Gpt4.With(Reasoning), 1_000_000, 128_000, 3m, 15m, 0.3m, 3.75m),
            new("anthropic/claude-sonnet-5.5", Claude55, 1_000_000, 128_000, 2m, 10m, 0.1m, 2.5m),
            new("bytedance/ui-tars-1.5-7b", Text, 131_072, 2_048, 0.1m, 0.2m),
            new("deepseek/deepseek-chat", Text, 65_536, 8_192, 0.14m, 0.28m),
            new("deepseek/deepseek-chat-v3-0324", Text, 65_536, 8_192, 0.14m, 0.28m),
            new("deepseek/deepseek-chat-v3.1", Thinking, 163_840, 163_840, 0.2m, 0.8m),
            new("deepseek/deepseek-r1", Thinking, 65_336, 8_192, 0.55m, 2.19m),
            new("deepseek/deepseek-r1-0528", Thinking, 65_336, 8_192, 0.5m, 2.15m),
            new("deepseek/deepseek-v3.2", Thinking, 163_840, 163_840, 0.28m, 0.4m),
            new("deepseek/deepseek-v3.2-exp", Agent, 163_840, 163_840, 0.2m, 0.4m),
            new("google/gemini-2.0-flash-001", Gemini, 1_048_576, 8_192, 0.1m, 0.4m) { Retires = "2026-06-01", Successor = "google/gemini-3.1-flash-lite" },
            new("google/gemini-2.5-flash", Gemini, 1_048_576, 8_192, 0.3m, 2.5m),
            new("google/gemini-2.5-pro", Gemini, 1_048_576, 8_192, 1.25m, 10m),
            new("google/gemini-3-flash-preview", Gemini.With(Reasoning), 1_048_576, 65_535, 0.5m, 3m, 0.05m),
            new("google/gemini-3-pro-preview", Gemini.With(Reasoning), 1_048_576, 65_535, 2m, 12m, 0.2m),
            new("google/gemini-3.1-flash-lite", Gemini.With(Reasoning), 1_048_576, 65_536, 0.25m, 1.5m, 0.025m),
            new("google/gemini-3.1-flash-lite-preview", Gemini.With(Reasoning), 1_048_576, 65_536, 0.25m, 1.5m, 0.025m),
            new("google/gemini-3.1-pro-preview", Gemini.With(Reasoning), 1_048_576, 65_536, 2m, 12m, 0.2m),
            new("gryphe/mythomax-l2-13b", Text, 0, 0, 1.875m, 1.875m),
            new("mancer/weaver", Text, 8_000, 2_000, 5.625m, 5.625m),
            new("meta-llama/llama-3-70b-instruct", Text, 8_192, 8_000, 0.59m, 0.79m),
            new("minimax/minimax-m2", Thinking, 204_800, 204_800, 0.255m, 1.02m),
            new("minimax/minimax-m2.1", Thinking.With(Vision), 204_000, 64_000, 0.27m, 1.2m),
            new("minimax/minimax-m2.5", Thinking, 196_608, 65_536, 0.3m, 1.1m, 0.15m),
            new("mistralai/devstral-2512", Agent, 262_144, 65_536, 0.15m, 0.6m),
            new("mistralai/ministral-14b-2512", Agent.With(Vision), 262_144, 262_144, 0.2m, 0.2m),
            new("mistralai/ministral-3b-2512", Agent.With(Vision), 131_072, 131_072, 0.1m, 0.1m),
            new("mistralai/ministral-8b-2512", Agent.With(Vision), 262_144, 262_144, 0.15m, 0.15m),
            new("mistralai/mistral-7b-instruct", Text, 32_768, 8_191, 0.13m, 0.13m),
            new("mistralai/mistral-large", Text, 128_000, 8_191, 8m, 24m),
            new("mistralai/mistral-large-2512", Agent.With(Vision), 262_144, 262_144, 0.5m, 1.5m),
            new("mistralai/mistral-small-3.1-24b-instruct", Text, 131_072, 131_072, 0.1m, 0.3m),
            new("mistralai/mistral-small-3.2-24b-instruct", Text, 128_000, 128_000, 0.1m, 0.3m),
            new("mistralai/mixtral-8x22b-instruct", Text, 65_536, 65_536, 0.65m, 0.65m),
            new("moonshotai/kimi-k2.5", Agent.With(Vision), 262_144, 262_144, 0.6m, 3m, 0.1m),
            new("moonshotai/kimi-k3", Kimi3, 1_048_576, 0, 3m, 15m, 0.3m),
            new("openai/gpt-3.5-turbo", Text, 16_385, 4_096, 1.5m, 2m),
            new("openai/gpt-3.5-turbo-16k", Text, 16_385, 4_096, 3m, 4m),
            new("openai/gpt-4", Text, 8_191, 4_096, 30m, 60m),
            new("openai/gpt-4.1", Gpt4, 1_047_576, 32_768, 2m, 8m, 0.5m),
            new("openai/gpt-4.1-mini", Gpt4, 1_047_576, 32_768, 0.4m, 1.6m, 0.1m),
            new("openai/gpt-4.1-nano", Gpt4, 1_047_576, 32_768, 0.1m, 0.4m, 0.025m),
            new("openai/gpt-4o", Gpt4, 128_000, 4_096, 2.5m, 10m),
            new("openai/gpt-4o-2024-05-13", Agent.With(Vision), 128_000, 4_096, 5m, 15m),
            new("openai/gpt-5", Gpt5, Gpt5Window, Gpt5Output, 1.25m, 10m, 0.125m) { InputLimit = Gpt5Input },
            new("openai/gpt-5-chat", Text.With(Vision | JsonSchema), 128_000, 16_384, 1.25m, 10m, 0.125m),
            new("openai/gpt-5-codex", Gpt5, Gpt5Window, Gpt5Output, 1.25m, 10m, 0.125m) { InputLimit = Gpt5Input },
            new("openai/gpt-5-mini", Gpt5, Gpt5Window, Gpt5Output, 0.25m, 2m, 0.025m) { InputLimit = Gpt5Input },
            new("openai/gpt-5-nano", Gpt5, Gpt5Window, Gpt5Output, 0.05m, 0.4m, 0.005m) { InputLimit = Gpt5Input },
            new("openai/gpt-5.1-codex-max", Gpt5, Gpt5Window, Gpt5Output, 1.25m, 10m, 0.125m) { InputLimit = Gpt5Input },
            new("openai/gpt-5.2", Gpt5, Gpt5Window, Gpt5Output, 1.75m, 14m, 0.175m) { InputLimit = Gpt5Input },
            new("openai/gpt-5.2-chat", Gpt4, 128_000, 16_384, 1.75m, 14m, 0.175m),
            new("openai/gpt-5.2-codex", Gpt5, Gpt5Window, Gpt5Output, 1.75m, 14m, 0.175m) { InputLimit = Gpt5Input },
            new("openai/gpt-5.2-pro", Gpt5, Gpt5Window, Gpt5Output, 21m, 168m) { InputLimit = Gpt5Input },
            new("openai/gpt-6-luna", Gpt5, Gpt54Window, Gpt5Output, 0.1m, 0.5m, 0.01m, 0.125m) { InputLimit = Gpt54Input },
            new("openai/gpt-6.2-sol", Gpt5, Gpt54Window, Gpt5Output, 2m, 10m, 0.1m, 2.5m) { InputLimit = Gpt54Input },
            new("openai/gpt-oss-120b", Thinking.With(JsonSchema), 131_072, 32_768, 0.18m, 0.8m),
            new("openai/gpt-oss-20b", Thinking.With(JsonSchema), 131_072, 32_768, 0.02m, 0.1m),
            new("openai/o1", Gpt5, 200_000, 100_000, 15m, 60m, 7.5m),
            new("openai/o3-mini", OpenAIThinking, 128_000, 65_536, 1.1m, 4.4m),
            new("openai/o3-mini-high", OpenAIThinking, 128_000, 65_536, 1.1m, 4.4m),
            new("openrouter/free", Gpt4, 200_000, 0, 0m, 0m),
            new("qwen/qwen-2.5-coder-32b-instruct", Text, 33_792, 33_792, 0.18m, 0.18m),
            new("qwen/qwen-vl-plus", Text.With(Vision), 8_192, 2_048, 0.21m, 0.63m),
            new("qwen/qwen3-235b-a22b-2507", Agent, 262_144, 262_144, 0.071m, 0.1m),
            new("qwen/qwen3-235b-a22b-thinking-2507", Thinking, 262_144, 262_144, 0.11m, 0.6m),
            new("qwen/qwen3-coder", Agent, 262_100, 262_100, 0.22m, 0.95m),
            new("qwen/qwen3-coder-plus", Thinking, 997_952, 65_536, 1m, 5m),
            new("qwen/qwen3.5-122b-a10b", Thinking.With(Vision), 262_144, 65_536, 0.4m, 2m),
            new("qwen/qwen3.5-27b", Thinking.With(Vision), 262_144, 65_536, 0.3m, 2.4m),
            new("qwen/qwen3.5-35b-a3b", Thinking.With(Vision), 262_144, 65_536, 0.25m, 2m),
            new("qwen/qwen3.5-397b-a17b", Thinking.With(Vision), 262_144, 65_536, 0.6m, 3.6m),
            new("qwen/qwen3.5-flash-02-23", Thinking.With(Vision), 1_000_000, 65_536, 0.1m, 0.4m),
            new("qwen/qwen3.5-plus-02-15", Thinking.With(Vision), 1_000_000, 65_536, 0.4m, 2.4m),
            new("qwen/qwen3.6-plus", Thinking.With(Vision), 1_000_000, 65_536, 0.325m, 1.95m),
            new("undi95/remm-slerp-l2-13b", Text, 6_144, 4_096, 1.875m, 1.875m),
            new("x-ai/grok-4", Gpt4.With(Reasoning), 256_000, 256_000, 3m, 15m),
            new("x-ai/grok-4.7", Gpt4.With(Reasoning), 500_000, 500_000, 2m, 6m, 0.5m),
            new("xiaomi/mimo-v2-flash", Thinking, 262_144, 16_384, 0.1m, 0.3m, 0.01m),
            new("xiaomi/mimo-v2.5", Gpt4.With(Reasoning), 1_048_576, 131_072, 0.4m, 2m, 0.08m),
            new("xiaomi/mimo-v2.5-pro", Thinking.With(JsonSchema), 1_048_576, 16_384, 1m, 3m, 0.2m),
            new("z-ai/glm-4.6", Thinking, 202_800, 131_000, 0.4m, 1.75m),
            new("z-ai/glm-4.6:exacto", Thinking, 202_800, 131_000, 0.45m, 1.9m),
            new("z-ai/glm-4.7", Thinking.With(Vision), 202_752, 64_000, 0.4m, 1.5m),
            new("z-ai/glm-4.7-flash", Thinking.With(Vision), 200_000, 32_000, 0.07m, 0.4m),
            new("z-ai/glm-5", Thinking, 202_752, 128_000, 0.8m, 2.56m),
        ],
    };
}
