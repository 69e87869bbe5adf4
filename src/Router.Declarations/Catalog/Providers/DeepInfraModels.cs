using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>DeepInfra, a host of open models: https://deepinfra.com/docs/openai_api.</summary>
internal static class DeepInfraModels
{
    private static readonly ModelTraits Chat =
        new ModelTraits(JsonSchema | Tools | Vision, Sampling | TopK | Penalties | Stop | Seed | Reasoning | ParallelToolCalls | RequiredToolChoice)
            .WithQuirks(StreamUsageOption | DialectRow.ReasoningAsItCame);

    public static readonly ProviderRow Provider = new("deepinfra", Dialect.OpenAIChat, "https://api.deepinfra.com/v1/openai")
    {
        EndpointVariable = "DEEPINFRA_API_BASE",
        KeyVariable = "DEEPINFRA_API_KEY",
        KeyPrefixes = [],
        ServesUnlisted = true,
        UnlistedTraits = Chat,
    };
}
