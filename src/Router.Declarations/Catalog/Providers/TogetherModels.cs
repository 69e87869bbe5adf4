using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Together and the models that it serves: https://docs.together.ai/docs/serverless-models.</summary>
internal static class TogetherModels
{
    private static readonly ModelTraits Text =
        new ModelTraits(ModelCapabilities.None, Sampling | TopK | Penalties | Stop | Seed)
            .WithQuirks(StreamUsageOption | DialectRow.ReasoningAsItCame);

    private static readonly ModelTraits Chat = Text.With(Tools).With(ParallelToolCalls | RequiredToolChoice);
    private static readonly ModelTraits Agent = Chat.With(JsonSchema);

    public static readonly ProviderRow Provider = new("together_ai", Dialect.OpenAIChat, "https://api.together.xyz/v1")
    {
        Aliases = ["together"],
        EndpointVariable = "TOGETHER_AI_API_BASE",
        KeyVariable = "TOGETHER_API_KEY",
        KeyPrefixes = ["tgp_"],
        ServesUnlisted = true,
        UnlistedTraits = Agent.With(Vision),
        Families = [new("openai/gpt-oss", "openai/gpt-oss-120b")],
        Models =
        [
            new("deepseek-ai/DeepSeek-R1", Agent, 128_000, 20_480, 3m, 7m),
            new("deepseek-ai/DeepSeek-R1-0528-tput", Agent, 128_000, 0, 0.55m, 2.19m),
            new("deepseek-ai/DeepSeek-V3", Agent, 65_536, 8_192, 1.25m, 1.25m),
            new("deepseek-ai/DeepSeek-V3.1", Chat, 128_000, 16_384, 0.6m, 1.7m),
            new("meta-llama/Llama-3.3-70B-Instruct-Turbo", Agent, 131_072, 0, 0.88m, 0.88m),
            new("meta-llama/Llama-3.3-70B-Instruct-Turbo-Free", Agent, 131_072, 0, 0m, 0m),
            new("meta-llama/Llama-4-Maverick-17B-128E-Instruct-FP8", Agent.With(Vision), 0, 0, 0.27m, 0.85m),
            new("meta-llama/Llama-4-Scout-17B-16E-Instruct", Agent.With(Vision), 0, 0, 0.18m, 0.59m),
            new("meta-llama/Meta-Llama-3.1-405B-Instruct-Turbo", Agent, 130_815, 0, 3.5m, 3.5m),
            new("meta-llama/Meta-Llama-3.1-70B-Instruct-Turbo", Agent, 131_072, 0, 0.88m, 0.88m),
            new("meta-llama/Meta-Llama-3.1-8B-Instruct-Turbo", Agent, 131_072, 0, 0.18m, 0.18m),
            new("mistralai/Mixtral-8x7B-Instruct-v0.1", Agent, 32_768, 0, 0.6m, 0.6m),
            new("moonshotai/Kimi-K2-Instruct", Agent, 0, 0, 1m, 3m),
            new("moonshotai/Kimi-K2-Instruct-0905", Chat, 262_144, 0, 1m, 3m),
            new("moonshotai/Kimi-K2.5", Chat.With(Vision), 256_000, 256_000, 0.5m, 2.8m),
            new("openai/gpt-oss-120b", Agent.With(Reasoning), 131_072, 131_072, 0.15m, 0.6m),
            new("openai/gpt-oss-20b", Agent.With(Reasoning), 128_000, 0, 0.05m, 0.2m),
            new("Qwen/Qwen3-235B-A22B-fp8-tput", Text, 40_000, 0, 0.2m, 0.6m),
            new("Qwen/Qwen3-235B-A22B-Instruct-2507-tput", Agent, 262_000, 0, 0.2m, 0.6m),
            new("Qwen/Qwen3-235B-A22B-Thinking-2507", Agent, 256_000, 0, 0.65m, 3m),
            new("Qwen/Qwen3-Coder-480B-A35B-Instruct-FP8", Agent, 256_000, 0, 2m, 2m),
            new("Qwen/Qwen3-Next-80B-A3B-Instruct", Agent, 262_144, 0, 0.15m, 1.5m),
            new("Qwen/Qwen3-Next-80B-A3B-Thinking", Agent, 262_144, 0, 0.15m, 1.5m),
            new("Qwen/Qwen3.5-397B-A17B", Agent, 262_144, 0, 0.6m, 3.6m),
            new("zai-org/GLM-4.5-Air-FP8", Agent, 128_000, 0, 0.2m, 1.1m),
            new("zai-org/GLM-4.6", Chat, 200_000, 200_000, 0.6m, 2.2m),
            new("zai-org/GLM-4.7", Chat, 200_000, 200_000, 0.45m, 2m),
            ModelRow.Embedding("BAAI/bge-base-en-v1.5", 512, 768, 0.008m),
        ],
    };
}
