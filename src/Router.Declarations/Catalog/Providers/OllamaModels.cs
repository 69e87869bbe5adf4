using RouterGen.Declarations.Model;
using static RouterGen.Declarations.Model.ModelTraits;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Ollama on this machine: https://docs.ollama.com/openai. What it serves, and how much context it gives a model, is its own configuration.</summary>
internal static class OllamaModels
{
    private const ModelTraits Chat = Sampling | Penalties | Stop | Seed | ReasoningEffort | JsonSchema | Tools | Vision | StreamUsageOption | DialectRow.ReasoningAsItCame;

    public static readonly ProviderRow Provider = new("ollama", Dialect.OpenAIChat, "http://localhost:11434/v1")
    {
        KeyPrefixes = [],
        ServesUnlisted = true,
        UnlistedPrices = new(0m, 0m, 0m, 0m),
        UnlistedTraits = Chat,
        UsualEfforts = new(ModelEfforts.None | ModelEfforts.Low | ModelEfforts.Medium | ModelEfforts.High),
        Models =
        [
            ModelRow.Embedding("all-minilm", 512, 384, 0m),
            ModelRow.Embedding("bge-m3", 8_192, 1_024, 0m),
            ModelRow.Embedding("mxbai-embed-large", 512, 1_024, 0m),
            ModelRow.Embedding("nomic-embed-text", 2_048, 768, 0m),
        ],
    };
}
