using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>A llama.cpp server on this machine: https://github.com/ggml-org/llama.cpp/tree/master/tools/server.</summary>
internal static class LlamaCppModels
{
    private static readonly ModelTraits Chat =
        new ModelTraits(JsonSchema | Tools | Vision | Audio, Sampling | TopK | Penalties | Stop | Seed | ParallelToolCalls | RequiredToolChoice)
            .WithQuirks(StreamUsageOption | DialectRow.ReasoningAsItCame);

    public static readonly ProviderRow Provider = new("llamacpp", Dialect.OpenAIChat, "http://localhost:8080/v1")
    {
        KeyPrefixes = [],
        ServesUnlisted = true,
        UnlistedPrices = new(0m, 0m, 0m, 0m),
        UnlistedTraits = Chat,
    };
}
