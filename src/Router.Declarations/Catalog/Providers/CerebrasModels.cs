using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Cerebras and its models: https://inference-docs.cerebras.ai/models.</summary>
internal static class CerebrasModels
{
    // Penalties and parallel_tool_calls are refused with a 400.
    private static readonly ModelTraits Chat = new ModelTraits(Tools | JsonSchema, Sampling | Stop | Seed | RequiredToolChoice).WithQuirks(MaxCompletionTokens | StreamUsageOption);

    public static readonly ProviderRow Provider = new("cerebras", Dialect.OpenAIChat, "https://api.cerebras.ai/v1")
    {
        EndpointVariable = "CEREBRAS_API_BASE",
        KeyVariable = "CEREBRAS_API_KEY",
        KeyPrefixes = ["csk-"],
        UnlistedTraits = Chat,
        Families = [new("gpt-oss", "gpt-oss-120b")],
        Models =
        [
            new("gpt-oss-120b", Chat.With(Reasoning).WithQuirks(ReturnsReasoning), 131_072, 32_768, 0.35m, 0.75m),
            new("llama-3.3-70b", Chat, 128_000, 128_000, 0.85m, 1.2m),
            new("llama3.1-70b", Chat, 128_000, 128_000, 0.6m, 0.6m),
            new("llama3.1-8b", Chat, 128_000, 128_000, 0.1m, 0.1m),
            new("qwen-3-32b", Chat, 128_000, 128_000, 0.4m, 0.8m),
            new("zai-glm-4.6", Chat, 128_000, 128_000, 2.25m, 2.75m) { Retires = "2026-01-20", Successor = "zai-glm-4.7" },
            new("zai-glm-4.7", Chat, 128_000, 128_000, 2.25m, 2.75m),
        ],
    };
}
