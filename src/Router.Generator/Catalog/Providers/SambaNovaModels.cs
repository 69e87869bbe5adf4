using RouterGen.Generator.Model;
using static RouterGen.Generator.Model.ModelTraits;

namespace RouterGen.Generator.Catalog.Providers;

/// <summary>SambaNova, a host of open models: https://docs.sambanova.ai.</summary>
internal static class SambaNovaModels
{
    // Penalties and a seed have no effect.
    private const ModelTraits Chat = Sampling | TopK | Stop | JsonSchema | Tools | ParallelToolCalls | Vision | StreamUsageOption;

    public static readonly ProviderRow Provider = new("sambanova", Dialect.OpenAIChat, "https://api.sambanova.ai/v1")
    {
        EndpointVariable = "SAMBANOVA_API_BASE",
        KeyVariable = "SAMBANOVA_API_KEY",
        ServesUnlisted = true,
        UnlistedTraits = Chat,
    };
}
