using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>NVIDIA, a host of open models: https://docs.api.nvidia.com.</summary>
internal static class NvidiaModels
{
    private static readonly ModelTraits Chat =
        new ModelTraits(JsonSchema | Tools | Vision, Sampling | Penalties | Stop | Seed | RequiredToolChoice)
            .WithQuirks(StreamUsageOption | DialectRow.ReasoningAsItCame);

    public static readonly ProviderRow Provider = new("nvidia_nim", Dialect.OpenAIChat, "https://integrate.api.nvidia.com/v1")
    {
        Aliases = ["nvidia"],
        EndpointVariable = "NVIDIA_NIM_API_BASE",
        KeyVariable = "NVIDIA_NIM_API_KEY",
        KeyPrefixes = ["nvapi-"],
        ServesUnlisted = true,
        UnlistedTraits = Chat,
    };
}
