using RouterGen.Declarations.Model;
using static RouterGen.Declarations.Model.ModelTraits;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>A vLLM server on this machine: https://docs.vllm.ai.</summary>
internal static class VllmModels
{
    private const ModelTraits Chat = Sampling | TopK | Penalties | Stop | Seed | ReasoningEffort | JsonSchema | Tools | ParallelToolCalls | Vision | Audio | StreamUsageOption | MessageNames | DialectRow.ReasoningAsItCame;

    public static readonly ProviderRow Provider = new("vllm", Dialect.OpenAIChat, "http://localhost:8000/v1")
    {
        Aliases = ["hosted_vllm"],
        EndpointVariable = "HOSTED_VLLM_API_BASE",
        KeyPrefixes = [],
        ServesUnlisted = true,
        UnlistedPrices = new(0m, 0m, 0m, 0m),
        UnlistedTraits = Chat,
    };
}
