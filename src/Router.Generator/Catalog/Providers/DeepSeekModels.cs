using RouterGen.Generator.Model;
using static RouterGen.Generator.Model.ModelTraits;

namespace RouterGen.Generator.Catalog.Providers;

/// <summary>DeepSeek and its models: https://api-docs.deepseek.com/quick_start/pricing.</summary>
internal static class DeepSeekModels
{
    // Answers can be JSON, but not by a schema.
    private const ModelTraits Text = Sampling | Penalties | Stop | StreamUsageOption;
    private const ModelTraits Chat = Text | Tools;

    // The older reasoning models pay no heed to sampling parameters and penalties.
    private const ModelTraits Reasoner = Stop | StreamUsageOption;

    public static readonly ProviderRow Provider = new("deepseek", Dialect.OpenAIChat, "https://api.deepseek.com")
    {
        EndpointVariable = "DEEPSEEK_API_BASE",
        KeyVariable = "DEEPSEEK_API_KEY",
        UnlistedTraits = Chat,
        Models =
        [
            new("deepseek-chat", Chat, 131_072, 8_192, 0.28m, 0.42m, 0.028m),
            new("deepseek-coder", Chat, 128_000, 4_096, 0.14m, 0.28m),
            new("deepseek-r1", Reasoner | Tools, 65_536, 8_192, 0.55m, 2.19m),
            new("deepseek-reasoner", Reasoner, 131_072, 65_536, 0.28m, 0.42m, 0.028m),
            new("deepseek-v3", Chat, 65_536, 8_192, 0.27m, 1.1m, 0.07m),
            new("deepseek-v3.2", Chat, 163_840, 163_840, 0.28m, 0.4m),
            new("deepseek-v4-flash", Chat | ReasoningEffort, 1_000_000, 8_192, 0.14m, 0.28m, 0.0028m),
            new("deepseek-v4-pro", Chat | ReasoningEffort, 1_000_000, 8_192, 0.435m, 0.87m, 0.003625m),
        ],
    };
}
