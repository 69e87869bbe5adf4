using RouterGen.Declarations.Model;
using static RouterGen.Declarations.Model.ModelTraits;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>A llama.cpp server on this machine: https://github.com/ggml-org/llama.cpp/tree/master/tools/server.</summary>
internal static class LlamaCppModels
{
    private const ModelTraits Chat = Sampling | TopK | Penalties | Stop | Seed | JsonSchema | Tools | ParallelToolCalls | Vision | Audio | StreamUsageOption | DialectRow.ReasoningAsItCame;

    public static readonly ProviderRow Provider = new("llamacpp", Dialect.OpenAIChat, "http://localhost:8080/v1")
    {
        KeyPrefixes = [],
        ServesUnlisted = true,
        UnlistedPrices = new(0m, 0m, 0m, 0m),
        UnlistedTraits = Chat,
    };
}
