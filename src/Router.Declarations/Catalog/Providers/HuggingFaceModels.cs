using RouterGen.Declarations.Model;
using static RouterGen.Declarations.Model.ModelTraits;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Hugging Face, which routes to hosts of open models: https://huggingface.co/docs/inference-providers.</summary>
internal static class HuggingFaceModels
{
    private const ModelTraits Chat = Sampling | TopK | Penalties | Stop | Seed | JsonSchema | Tools | ParallelToolCalls | Vision | StreamUsageOption | DialectRow.ReasoningAsItCame;

    public static readonly ProviderRow Provider = new("huggingface", Dialect.OpenAIChat, "https://router.huggingface.co/v1")
    {
        KeyVariable = "HF_TOKEN",
        KeyPrefixes = ["hf_"],
        ServesUnlisted = true,
        UnlistedTraits = Chat,
    };
}
