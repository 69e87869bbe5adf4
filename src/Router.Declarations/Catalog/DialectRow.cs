using RouterGen.Codecs;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Specs;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog;

/// <summary>A wire format: the codec that speaks it, and what holds unless a provider differs.</summary>
/// <param name="Dialect">The wire format.</param>
/// <param name="Codec">The generic type of the codec.</param>
/// <param name="Folders">The folders of <c>Router.Codecs</c> that are delivered with it: their own files, without those of folders within.</param>
/// <param name="KeyHeader">The header with the key.</param>
/// <param name="KeyPrefix">What precedes the key in it.</param>
/// <param name="Headers">Headers of each request.</param>
/// <param name="Carries">What requests in this format can demand.</param>
/// <param name="UnlistedTraits">The traits of a model that the catalog does not list.</param>
/// <param name="Quirks">Gives the flags of <see cref="ModelTraits.Quirks"/> their names: the enum is the dialect's own, in the folder of its codec.</param>
/// <param name="QuirkNamed">Gives the flag of such a name, in whatever case; null where there is none.</param>
/// <param name="DefaultMaxOutputTokens">The output limit that is sent to a model whose own is not known, where the format demands one; else 0.</param>
/// <param name="ModelInPath">Whether the model is in the path of a request, not in its body.</param>
internal sealed record DialectRow(
    Dialect Dialect,
    string Codec,
    string[] Folders,
    string KeyHeader,
    string KeyPrefix,
    HeaderSpec[] Headers,
    ModelCapabilities Carries,
    ModelTraits UnlistedTraits,
    Func<int, Enum> Quirks,
    Func<string, int?> QuirkNamed,
    int DefaultMaxOutputTokens,
    bool ModelInPath = false)
{
    // A limit far above what answers need costs no money, but some providers count it against the rate limit.
    private const int OutputCeiling = 16_384;

    /// <summary>
    /// Thoughts go back in the member in which they came. That is the rule for whatever is not known better: servers of open
    /// models read what they write themselves, or ignore it, and some refuse a turn with tool calls without it. Providers
    /// that refuse such members (Groq, Cerebras, Mistral, OpenAI) are in the catalog, with quirks of their own.
    /// </summary>
    public const OpenAIQuirks ReasoningAsItCame = OpenAIQuirks.ReturnsReasoningContent | OpenAIQuirks.ReturnsReasoning;

    private static readonly string[] SharedByChat = ["Shared/Contents", "Shared/Failures", "Shared/Json", "Shared/Requests"];

    /// <summary>What dialects share whose messages are blocks of two speakers.</summary>
    private const string SharedByBlocks = "Shared/Blocks";

    /// <summary>What dialects share that tell in headers what is left of rate limits.</summary>
    private const string SharedByLimits = "Shared/Limits";

    private static readonly DialectRow OpenAIChat = new(
        Dialect.OpenAIChat,
        "OpenAIChatCodec",
        [.. SharedByChat, SharedByLimits, "OpenAI", "OpenAI/Chat", "OpenAI/Chat/Requests", "OpenAI/Chat/Answers"],
        "Authorization",
        "Bearer ",
        [],
        Tools | JsonSchema | Vision | Audio | Documents | WebSearch | CodeInterpreter,
        new ModelTraits(Tools | JsonSchema | Vision | Audio | Documents, Sampling | Penalties | Stop | Seed | ParallelToolCalls | RequiredToolChoice)
            .WithQuirks(OpenAIQuirks.StreamUsageOption | OpenAIQuirks.MessageNames | ReasoningAsItCame | OpenAIQuirks.ReturnsReasoningDetails | OpenAIQuirks.ReturnsExtraContent),
        static quirks => (OpenAIQuirks)quirks,
        static name => Enum.TryParse(name, ignoreCase: true, out OpenAIQuirks quirk) ? (int)quirk : null,
        0);

    private static readonly DialectRow AnthropicMessages = new(
        Dialect.AnthropicMessages,
        "AnthropicMessagesCodec",
        [.. SharedByChat, SharedByBlocks, SharedByLimits, "Anthropic", "Anthropic/Messages", "Anthropic/Messages/Requests", "Anthropic/Messages/Answers"],
        "x-api-key",
        "",
        [new("anthropic-version", "2023-06-01")],
        Tools | JsonSchema | Vision | Documents | WebSearch | CodeInterpreter | McpServers,
        new(Tools | JsonSchema | Vision | Documents, Sampling | TopK | Stop | ParallelToolCalls | RequiredToolChoice),
        static quirks => (AnthropicQuirks)quirks,
        static name => Enum.TryParse(name, ignoreCase: true, out AnthropicQuirks quirk) ? (int)quirk : null,
        4096);

    // A model that is not listed may be any: what only some take (cache points, images in results of tools) is not sent to it.
    private static readonly DialectRow BedrockConverse = new(
        Dialect.BedrockConverse,
        "BedrockConverseCodec",
        [.. SharedByChat, SharedByBlocks, "Bedrock", "Bedrock/Converse", "Bedrock/Converse/Requests", "Bedrock/Converse/Answers"],
        "Authorization",
        "Bearer ",
        [],
        Tools | JsonSchema | Vision | Audio | Documents,
        new(Tools | JsonSchema | Vision | Documents, Sampling | Stop | RequiredToolChoice),
        static quirks => (ConverseQuirks)quirks,
        static name => Enum.TryParse(name, ignoreCase: true, out ConverseQuirks quirk) ? (int)quirk : null,
        0,
        ModelInPath: true);

    /// <summary>All wire formats.</summary>
    public static readonly DialectRow[] All = [OpenAIChat, AnthropicMessages, BedrockConverse];

    /// <summary>Returns whether quirks have the same names in both, so that what is said of a model in one holds in the other.</summary>
    public bool SharesQuirksWith(DialectRow other) => Quirks(0).GetType() == other.Quirks(0).GetType();

    /// <summary>Returns the row of a dialect.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no row for it.</exception>
    public static DialectRow Of(Dialect dialect) =>
        Array.Find(All, row => row.Dialect == dialect) ?? throw new ArgumentOutOfRangeException(nameof(dialect), dialect, "No row describes this dialect.");

    /// <summary>Returns the output limit to send where neither the call nor the declaration gives one; 0 for none.</summary>
    /// <param name="outputLimit">The model's own output limit; 0 where it is not known.</param>
    public int DefaultMaxOutputTokensFor(int outputLimit) => DefaultMaxOutputTokens == 0 || outputLimit == 0
        ? DefaultMaxOutputTokens
        : Math.Min(outputLimit, OutputCeiling);
}
