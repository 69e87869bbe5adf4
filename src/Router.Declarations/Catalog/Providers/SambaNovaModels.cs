using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>SambaNova, a host of open models: https://docs.sambanova.ai.</summary>
internal static class SambaNovaModels
{
    // Penalties and a seed have no effect.
    private static readonly ModelTraits Chat =
        new ModelTraits(JsonSchema | Tools, Sampling | TopK | Stop | ParallelToolCalls | RequiredToolChoice)
            .WithQuirks(StreamUsageOption | DialectRow.ReasoningAsItCame);

    public static readonly ProviderRow Provider = new("sambanova", Dialect.OpenAIChat, "https://api.sambanova.ai/v1")
    {
        EndpointVariable = "SAMBANOVA_API_BASE",
        KeyVariable = "SAMBANOVA_API_KEY",
        KeyPrefixes = [],
        ServesUnlisted = true,
        UnlistedTraits = Chat.With(Vision),
        Models =
        [
            new("DeepSeek-R1-0528", Chat, 131_072, 0, 5m, 7m),
            new("DeepSeek-V3-0324", Chat, 0, 0, 3m, 4.5m),
            new("DeepSeek-V3.1", Chat, 131_072, 0, 3m, 4.5m),
            new("DeepSeek-V3.2", Chat, 0, 0, 3m, 4.5m),
            new("gpt-oss-120b", Chat, 131_072, 0, 0.22m, 0.59m),
            new("Llama-4-Maverick-17B-128E-Instruct", Chat.With(Vision), 0, 0, 0.63m, 1.8m),
            new("Meta-Llama-3.1-8B-Instruct", Chat, 16_384, 0, 0.1m, 0.2m),
            new("Meta-Llama-3.3-70B-Instruct", Chat, 131_072, 0, 0.6m, 1.2m),
        ],
    };
}
