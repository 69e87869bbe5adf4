using RouterGen.Declarations.Model;
using static RouterGen.Declarations.Model.ModelTraits;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>DeepInfra, a host of open models: https://deepinfra.com/docs/openai_api.</summary>
internal static class DeepInfraModels
{
    private const ModelTraits Chat = Sampling | TopK | Penalties | Stop | Seed | ReasoningEffort | JsonSchema | Tools | ParallelToolCalls | Vision | StreamUsageOption | DialectRow.ReasoningAsItCame;

    public static readonly ProviderRow Provider = new("deepinfra", Dialect.OpenAIChat, "https://api.deepinfra.com/v1/openai")
    {
        EndpointVariable = "DEEPINFRA_API_BASE",
        KeyVariable = "DEEPINFRA_API_KEY",
        KeyPrefixes = [],
        ServesUnlisted = true,
        UnlistedTraits = Chat,
    };
}
