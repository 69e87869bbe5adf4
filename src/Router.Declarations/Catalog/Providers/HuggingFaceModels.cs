using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Hugging Face, which routes to hosts of open models: https://huggingface.co/docs/inference-providers.</summary>
internal static class HuggingFaceModels
{
    private static readonly ModelTraits Chat =
        new ModelTraits(JsonSchema | Tools | Vision, Sampling | TopK | Penalties | Stop | Seed | ParallelToolCalls | RequiredToolChoice)
            .WithQuirks(StreamUsageOption | DialectRow.ReasoningAsItCame);

    public static readonly ProviderRow Provider = new("huggingface", Dialect.OpenAIChat, "https://router.huggingface.co/v1")
    {
        KeyVariable = "HF_TOKEN",
        KeyPrefixes = ["hf_"],
        ServesUnlisted = true,
        UnlistedTraits = Chat,
    };
}
