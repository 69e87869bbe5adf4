using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Baseten, a host of open models: https://docs.baseten.co.</summary>
internal static class BasetenModels
{
    private static readonly ModelTraits Chat =
        new ModelTraits(JsonSchema | Tools | Vision, Sampling | TopK | Penalties | Stop | Seed | Reasoning | ParallelToolCalls | RequiredToolChoice)
            .WithQuirks(StreamUsageOption | DialectRow.ReasoningAsItCame);

    public static readonly ProviderRow Provider = new("baseten", Dialect.OpenAIChat, "https://inference.baseten.co/v1")
    {
        EndpointVariable = "BASETEN_API_BASE",
        KeyVariable = "BASETEN_API_KEY",
        KeyPrefixes = [],
        ServesUnlisted = true,
        UnlistedTraits = Chat,
    };
}
