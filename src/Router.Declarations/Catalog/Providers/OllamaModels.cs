using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Ollama on this machine: https://docs.ollama.com/openai. What it serves, and how much context it gives a model, is its own configuration.</summary>
internal static class OllamaModels
{
    private static readonly ModelTraits Chat =
        new ModelTraits(JsonSchema | Tools | Vision, Sampling | Penalties | Stop | Seed | Reasoning | RequiredToolChoice)
            .WithQuirks(StreamUsageOption | DialectRow.ReasoningAsItCame);

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
