using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>A vLLM server on this machine: https://docs.vllm.ai.</summary>
internal static class VllmModels
{
    private static readonly ModelTraits Chat =
        new ModelTraits(JsonSchema | Tools | Vision | Audio, Sampling | TopK | Penalties | Stop | Seed | Reasoning | ParallelToolCalls | RequiredToolChoice)
            .WithQuirks(StreamUsageOption | MessageNames | DialectRow.ReasoningAsItCame);

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
