using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelEfforts;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>
/// DeepSeek and its models: https://api-docs.deepseek.com/quick_start/pricing, as of 2026-11-28. Prices are those outside the
/// peak hours (Monday to Friday, 01:00 to 04:00 and 06:00 to 10:00 UTC), in which they are twice as high.
/// </summary>
internal static class DeepSeekModels
{
    // Answers can be JSON, but not by a schema.
    private static readonly ModelTraits Chat = new ModelTraits(Tools, Sampling | Penalties | Stop | RequiredToolChoice).WithQuirks(StreamUsageOption | PlainContent);

    // The older reasoning models pay no attention to sampling parameters and penalties.
    private static readonly ModelTraits Reasoner = new ModelTraits(ModelCapabilities.None, Stop).WithQuirks(StreamUsageOption | PlainContent | ReturnsReasoningContent);

    // They think unless told not to, and then refuse a forced tool choice and a history without its reasoning. https://api-docs.deepseek.com/guides/thinking_mode
    private static readonly ModelTraits Thinking = Chat.With(Reasoning).Without(RequiredToolChoice).WithQuirks(ReturnsReasoningContent | ReasoningContentWithCalls);

    public static readonly ProviderRow Provider = new("deepseek", Dialect.OpenAIChat, "https://api.deepseek.com")
    {
        EndpointVariable = "DEEPSEEK_API_BASE",
        KeyVariable = "DEEPSEEK_API_KEY",
        KeyPrefixes = ["sk-"],
        UnlistedTraits = Chat,
        UsualEfforts = new(Low | High | Max),
        Families = [new("deepseek-", "deepseek-flash")],
        Models =
        [
            new("deepseek-chat", Chat, 131_072, 8_192, 0.28m, 0.42m, 0.028m) { Retires = "2026-07-24", Successor = "deepseek-flash" },
            new("deepseek-flash", Thinking, 1_000_000, 384_000, 0.15m, 0.6m, 0.003m) { Aliases = ["deepseek-v4-flash"] },
            new("deepseek-reasoner", Reasoner, 131_072, 65_536, 0.28m, 0.42m, 0.028m) { Retires = "2026-07-24", Successor = "deepseek-flash" },
            new("deepseek-v4-pro", Thinking, 1_000_000, 384_000, 0.66m, 1.98m, 0.022m),
        ],
    };
}
