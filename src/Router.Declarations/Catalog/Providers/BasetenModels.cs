using RouterGen.Declarations.Model;
using static RouterGen.Declarations.Model.ModelTraits;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Baseten, a host of open models: https://docs.baseten.co.</summary>
internal static class BasetenModels
{
    private const ModelTraits Chat = Sampling | TopK | Penalties | Stop | Seed | ReasoningEffort | JsonSchema | Tools | ParallelToolCalls | Vision | StreamUsageOption | DialectRow.ReasoningAsItCame;

    public static readonly ProviderRow Provider = new("baseten", Dialect.OpenAIChat, "https://inference.baseten.co/v1")
    {
        EndpointVariable = "BASETEN_API_BASE",
        KeyVariable = "BASETEN_API_KEY",
        KeyPrefixes = [],
        ServesUnlisted = true,
        UnlistedTraits = Chat,
    };
}
