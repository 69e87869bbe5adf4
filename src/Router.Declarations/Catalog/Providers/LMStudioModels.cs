using RouterGen.Declarations.Model;
using static RouterGen.Declarations.Model.ModelTraits;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>LM Studio on this machine: https://lmstudio.ai/docs/developer.</summary>
internal static class LMStudioModels
{
    private const ModelTraits Chat = Sampling | TopK | Penalties | Stop | Seed | JsonSchema | Tools | Vision | StreamUsageOption | DialectRow.ReasoningAsItCame;

    public static readonly ProviderRow Provider = new("lm_studio", Dialect.OpenAIChat, "http://localhost:1234/v1")
    {
        EndpointVariable = "LM_STUDIO_API_BASE",
        KeyPrefixes = [],
        ServesUnlisted = true,
        UnlistedPrices = new(0m, 0m, 0m, 0m),
        UnlistedTraits = Chat,
    };
}
