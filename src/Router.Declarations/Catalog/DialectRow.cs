using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>A wire format: the codec that speaks it, and what holds unless a provider differs.</summary>
/// <param name="Dialect">The wire format.</param>
/// <param name="Codec">The generic type of the codec.</param>
/// <param name="Folders">The folders of <c>Router.Codecs</c> that are delivered with it: their own files, without those of folders within.</param>
/// <param name="KeyHeader">The header with the key.</param>
/// <param name="KeyPrefix">What precedes the key in it.</param>
/// <param name="Headers">Headers of each request.</param>
/// <param name="Traits">What an unknown model behind this format is taken to support.</param>
/// <param name="DefaultMaxOutputTokens">The output limit for an unknown model, where the format demands one; else 0.</param>
internal sealed record DialectRow(
    Dialect Dialect,
    string Codec,
    string[] Folders,
    string KeyHeader,
    string KeyPrefix,
    HeaderSpec[] Headers,
    ModelTraits Traits,
    int DefaultMaxOutputTokens)
{
    /// <summary>The capabilities that requests in this format can demand.</summary>
    public ModelTraits Carries => Traits & ModelRules.Capabilities;

    // A limit far above what answers need costs no money, but some providers count it against the rate limit.
    private const int OutputCeiling = 16_384;

    /// <summary>
    /// Thoughts go back in the member in which they came. That is the rule for whatever is not known better: servers of open
    /// models read what they write themselves, or ignore it, and some refuse a turn with tool calls without it. Providers
    /// that refuse such members (Groq, Cerebras, Mistral, OpenAI) are in the catalog, with traits of their own.
    /// </summary>
    public const ModelTraits ReasoningAsItCame = ModelTraits.ReturnsReasoningContent | ModelTraits.ReturnsReasoning;

    private static readonly string[] SharedByChat = ["Shared/Contents", "Shared/Failures", "Shared/Json", "Shared/Requests"];

    private static readonly DialectRow OpenAIChat = new(
        Dialect.OpenAIChat,
        "OpenAIChatCodec",
        [.. SharedByChat, "OpenAI", "OpenAI/Chat", "OpenAI/Chat/Requests", "OpenAI/Chat/Answers"],
        "Authorization",
        "Bearer ",
        [],
        ModelTraits.Sampling | ModelTraits.Penalties | ModelTraits.Stop | ModelTraits.Seed | ModelTraits.JsonSchema | ModelTraits.Tools
        | ModelTraits.ParallelToolCalls | ModelTraits.Vision | ModelTraits.Audio | ModelTraits.Documents | ModelTraits.StreamUsageOption | ModelTraits.MessageNames
        | ReasoningAsItCame | ModelTraits.ReturnsReasoningDetails | ModelTraits.ReturnsExtraContent,
        0);

    private static readonly DialectRow AnthropicMessages = new(
        Dialect.AnthropicMessages,
        "AnthropicMessagesCodec",
        [.. SharedByChat, "Anthropic", "Anthropic/Messages", "Anthropic/Messages/Requests", "Anthropic/Messages/Answers"],
        "x-api-key",
        "",
        [new("anthropic-version", "2023-06-01")],
        ModelTraits.Sampling | ModelTraits.TopK | ModelTraits.Stop | ModelTraits.JsonSchema | ModelTraits.Tools | ModelTraits.ParallelToolCalls | ModelTraits.Vision | ModelTraits.Documents,
        4096);

    /// <summary>All wire formats.</summary>
    public static readonly DialectRow[] All = [OpenAIChat, AnthropicMessages];

    /// <summary>Returns the row of a dialect.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no row for it.</exception>
    public static DialectRow Of(Dialect dialect) =>
        Array.Find(All, row => row.Dialect == dialect) ?? throw new ArgumentOutOfRangeException(nameof(dialect), dialect, "No row describes this dialect.");

    /// <summary>The output limit to send where neither the call nor the declaration gives one; 0 for none.</summary>
    public int OutputLimitFor(ModelRules model) => DefaultMaxOutputTokens == 0 || model.MaxOutputTokens == 0
        ? DefaultMaxOutputTokens
        : Math.Min(model.MaxOutputTokens, OutputCeiling);
}
