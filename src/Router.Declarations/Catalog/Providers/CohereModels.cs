using RouterGen.Declarations.Model;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Cohere through its OpenAI-compatible endpoint: https://docs.cohere.com/docs/compatibility-api.</summary>
internal static class CohereModels
{
    // The endpoint refuses stream_options, and has neither images nor parallel_tool_calls.
    private static readonly ModelTraits Chat =
        new(Tools | JsonSchema, Sampling | Penalties | Stop | Seed | RequiredToolChoice);

    public static readonly ProviderRow Provider = new("cohere", Dialect.OpenAIChat, "https://api.cohere.ai/compatibility/v1")
    {
        Aliases = ["cohere_chat"],
        KeyVariable = "COHERE_API_KEY",
        KeyPrefixes = [],
        UnlistedTraits = Chat,
        Models =
        [
            new("command-a-03-2025", Chat, 256_000, 8_000, 2.5m, 10m),
            new("command-r", Chat, 128_000, 4_096, 0.15m, 0.6m),
            new("command-r-08-2024", Chat, 128_000, 4_096, 0.15m, 0.6m),
            new("command-r-plus", Chat, 128_000, 4_096, 2.5m, 10m),
            new("command-r-plus-08-2024", Chat, 128_000, 4_096, 2.5m, 10m),
            new("command-r7b-12-2024", Chat, 128_000, 4_096, 0.0375m, 0.15m),
            ModelRow.Embedding("embed-english-light-v3.0", 512, 384, 0.1m),
            ModelRow.Embedding("embed-english-v3.0", 512, 1_024, 0.1m),
            ModelRow.Embedding("embed-multilingual-light-v3.0", 512, 384, 0.1m),
            ModelRow.Embedding("embed-multilingual-v3.0", 512, 1_024, 0.1m),
            ModelRow.Embedding("embed-v4.0", 128_000, 1_536, 0.12m),
        ],
    };
}
