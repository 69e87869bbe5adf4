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
    int DefaultMaxOutputTokens)
{
    // A limit far above what answers need costs no money, but some providers count it against the rate limit.
    private const int OutputCeiling = 16_384;

    /// <summary>
    /// Thoughts go back in the member in which they came. That is the rule for whatever is not known better: servers of open
    /// models read what they write themselves, or ignore it, and some refuse a turn with tool calls without it. Providers
    /// that refuse such members (Groq, Cerebras, Mistral, OpenAI) are in the catalog, with quirks of their own.
    /// </summary>
    public const OpenAIQuirks ReasoningAsItCame = OpenAIQuirks.ReturnsReasoningContent | OpenAIQuirks.ReturnsReasoning;

    private static readonly string[] SharedByChat = ["Shared/Contents", "Shared/Failures", "Shared/Json", "Shared/Raw", "Shared/Requests", "Shared/Wishes"];

    internal static readonly string[] SharedByEmbeddings = ["Shared/Failures", "Shared/Json", "Shared/Replies", "Shared/Raw", "Shared/Additional", "Shared/Embeddings"];

    private static readonly string[] SharedByRerank = ["Shared/Failures", "Shared/Json", "Shared/Replies", "Shared/Additional", "Shared/Rerank"];

    private static readonly string[] SharedByModeration = ["Shared/Failures", "Shared/Json", "Shared/Additional"];

    private static readonly string[] SharedByCompletions = ["Shared/Failures", "Shared/Json", "Shared/Additional", "Shared/Wishes", "Shared/Completions"];

    private static readonly string[] SharedByImages = ["Shared/Failures", "Shared/Json", "Shared/Replies", "Shared/Raw", "Shared/Images"];

    /// <summary>What dialects share whose requests may be forms with files.</summary>
    private const string SharedByForms = "Shared/Forms";

    private static readonly string[] SharedBySound = ["Shared/Failures", "Shared/Json"];

    /// <summary>How Cohere's models take and give vectors, wherever they are.</summary>
    private const string SharedByCohere = "Shared/Cohere";

    /// <summary>What dialects share whose APIs count the tokens of requests.</summary>
    private const string SharedByCounts = "Shared/Counts";

    /// <summary>What dialects share whose answers hold what the API's own tools did.</summary>
    private const string SharedByHosted = "Shared/Hosted";

    /// <summary>What dialects share that pass on requests as a gateway's client wrote them.</summary>
    private const string SharedByPassing = "Shared/Passing";

    /// <summary>What Google says in each dialect that it speaks.</summary>
    internal const string SharedByGoogle = "Shared/Google";

    /// <summary>What dialects share whose messages are blocks of two speakers.</summary>
    private const string SharedByBlocks = "Shared/Blocks";

    /// <summary>What dialects share that tell in headers what is left of rate limits.</summary>
    private const string SharedByLimits = "Shared/Limits";

    private static readonly DialectRow OpenAIChat = new(
        Dialect.OpenAIChat,
        "OpenAIChatCodec",
        [.. SharedByChat, SharedByPassing, SharedByGoogle, SharedByLimits, "OpenAI", "OpenAI/Conversations", "OpenAI/Chat", "OpenAI/Chat/Requests", "OpenAI/Chat/Answers"],
        "Authorization",
        "Bearer ",
        [],
        Tools | JsonSchema | Vision | Audio | Documents | WebSearch | CodeInterpreter,
        new ModelTraits(Tools | JsonSchema | Vision | Audio | Documents, Sampling | Penalties | Stop | Seed | ParallelToolCalls | RequiredToolChoice)
            .WithQuirks(OpenAIQuirks.StreamUsageOption | OpenAIQuirks.MessageNames | ReasoningAsItCame | OpenAIQuirks.ReturnsReasoningDetails | OpenAIQuirks.ReturnsExtraContent),
        static quirks => (OpenAIQuirks)quirks,
        static name => Enum.TryParse(name, ignoreCase: true, out OpenAIQuirks quirk) ? (int)quirk : null,
        0)
    {
        OtherKinds =
        [
            new(CallKind.Embeddings, "OpenAIEmbeddingsCodec", [.. SharedByEmbeddings, SharedByGoogle, SharedByLimits, "OpenAI", "OpenAI/Embeddings"]),
            new(CallKind.Completion, "OpenAICompletionsCodec", [.. SharedByCompletions, SharedByGoogle, SharedByLimits, "OpenAI", "OpenAI/Completions"]),
            new(CallKind.Rerank, "OpenAIRerankCodec", [.. SharedByRerank, SharedByGoogle, SharedByLimits, "OpenAI", "OpenAI/Rerank"]),
            new(CallKind.Moderation, "OpenAIModerationCodec", [.. SharedByModeration, SharedByGoogle, SharedByLimits, "OpenAI", "OpenAI/Moderation"]),
            new(CallKind.Images, "OpenAIImagesCodec", [.. SharedByImages, SharedByForms, SharedByGoogle, SharedByLimits, "OpenAI", "OpenAI/Images"]),
            new(CallKind.Transcription, "OpenAITranscriptionCodec", [.. SharedBySound, SharedByGoogle, SharedByLimits, "OpenAI", "OpenAI/Transcription"]),
            new(CallKind.Speech, "OpenAISpeechCodec", [.. SharedBySound, SharedByGoogle, SharedByLimits, "OpenAI", "OpenAI/Speech"]),
        ],
    };

    private static readonly DialectRow AnthropicMessages = new(
        Dialect.AnthropicMessages,
        "AnthropicMessagesCodec",
        [.. SharedByChat, SharedByPassing, SharedByCounts, SharedByHosted, SharedByGoogle, SharedByBlocks, SharedByLimits, "Anthropic", "Anthropic/Messages", "Anthropic/Messages/Requests", "Anthropic/Messages/Answers"],
        "x-api-key",
        "",
        [new("anthropic-version", "2023-06-01")],
        Tools | JsonSchema | Vision | Documents | WebSearch | CodeInterpreter | McpServers,
        new(Tools | JsonSchema | Vision | Documents, Sampling | TopK | Stop | ParallelToolCalls | RequiredToolChoice),
        static quirks => (AnthropicQuirks)quirks,
        static name => Enum.TryParse(name, ignoreCase: true, out AnthropicQuirks quirk) ? (int)quirk : null,
        4096);

    private static readonly DialectRow OpenAIResponses = OpenAIChat with
    {
        Dialect = Dialect.OpenAIResponses,
        Codec = "OpenAIResponsesCodec",
        Folders = [.. SharedByChat, SharedByPassing, SharedByCounts, SharedByHosted, SharedByGoogle, SharedByLimits, "OpenAI", "OpenAI/Conversations", "OpenAI/Responses", "OpenAI/Responses/Requests", "OpenAI/Responses/Answers"],
        Carries = Tools | JsonSchema | Vision | Documents | WebSearch | CodeInterpreter | McpServers,
        Names = Sampling | Reasoning | ParallelToolCalls | RequiredToolChoice | ModelParameters.ServiceTier,
        UnlistedTraits = new(Tools | JsonSchema | Vision | Documents, Sampling | ParallelToolCalls | RequiredToolChoice),
    };

    private static readonly DialectRow Gemini = new(
        Dialect.Gemini,
        "GeminiChatCodec",
        [.. SharedByChat, SharedByCounts, SharedByHosted, SharedByGoogle, "Gemini", "Gemini/Answers", "Gemini/Chat", "Gemini/Chat/Requests", "Gemini/Chat/Answers"],
        "x-goog-api-key",
        "",
        [],
        Tools | JsonSchema | Vision | Audio | Documents | WebSearch | CodeInterpreter,
        new ModelTraits(Tools | JsonSchema | Vision | Audio | Documents, Sampling | TopK | Stop | Seed | RequiredToolChoice)
            .WithQuirks(GeminiQuirks.SignatureWithCalls | GeminiQuirks.CombinesTools | GeminiQuirks.Video),
        static quirks => (GeminiQuirks)quirks,
        static name => Enum.TryParse(name, ignoreCase: true, out GeminiQuirks quirk) ? (int)quirk : null,
        0)
    {
        NamesModelInPath = true,
        OtherKinds =
        [
            new(CallKind.Embeddings, "GeminiEmbeddingsCodec", [.. SharedByEmbeddings, SharedByGoogle, "Gemini", "Gemini/Embeddings"]),
            new(CallKind.Images, "GeminiImagesCodec", [.. SharedByImages, SharedByGoogle, "Gemini", "Gemini/Answers", "Gemini/Images"]),
        ],
    };

    // A model that is not listed may be any: what only some take (cache points, images in results of tools) is not sent to it.
    private static readonly DialectRow BedrockConverse = new(
        Dialect.BedrockConverse,
        "BedrockConverseCodec",
        [.. SharedByChat, SharedByCounts, SharedByBlocks, "Bedrock", "Bedrock/Counts", "Bedrock/EventStream", "Bedrock/Converse", "Bedrock/Converse/Requests", "Bedrock/Converse/Answers"],
        "Authorization",
        "Bearer ",
        [],
        Tools | JsonSchema | Vision | Audio | Documents,
        new(Tools | JsonSchema | Vision | Documents, Sampling | Stop | RequiredToolChoice),
        static quirks => (ConverseQuirks)quirks,
        static name => Enum.TryParse(name, ignoreCase: true, out ConverseQuirks quirk) ? (int)quirk : null,
        0)
    {
        NamesModelInPath = true,
        OtherKinds =
        [
            new(CallKind.Embeddings, "BedrockEmbeddingsCodec", [.. SharedByEmbeddings, SharedByCohere, "Bedrock", "Bedrock/Embeddings"]),
            new(CallKind.Rerank, "BedrockRerankCodec", [.. SharedByRerank, "Bedrock", "Bedrock/Rerank"]),
            new(CallKind.Images, "BedrockImagesCodec", [.. SharedByImages, "Bedrock", "Bedrock/Images"]),
        ],
    };

    private static readonly DialectRow CohereChat = new(
        Dialect.CohereChat,
        "CohereChatCodec",
        [.. SharedByChat, "Cohere", "Cohere/Chat", "Cohere/Chat/Requests", "Cohere/Chat/Answers"],
        "Authorization",
        "Bearer ",
        [],
        Tools | JsonSchema | Vision,
        new(Tools | JsonSchema | Vision, Sampling | TopK | Penalties | Stop | Seed | RequiredToolChoice),
        static _ => NoQuirks.None,
        static _ => null,
        0)
    {
        OtherKinds =
        [
            new(CallKind.Embeddings, "CohereEmbeddingsCodec", [.. SharedByEmbeddings, SharedByCohere, "Cohere", "Cohere/Embeddings"]),
            new(CallKind.Rerank, "CohereRerankCodec", [.. SharedByRerank, "Cohere", "Cohere/Rerank"]),
        ],
    };

    private static readonly DialectRow OllamaChat = new(
        Dialect.OllamaChat,
        "OllamaChatCodec",
        [.. SharedByChat, "Ollama", "Ollama/Texts", "Ollama/Chat", "Ollama/Chat/Requests", "Ollama/Chat/Answers"],
        "Authorization",
        "Bearer ",
        [],
        Tools | JsonSchema | Vision,
        new(Tools | JsonSchema | Vision, Sampling | TopK | Penalties | Stop | Seed | Reasoning),
        static _ => NoQuirks.None,
        static _ => null,
        0)
    {
        OtherKinds =
        [
            new(CallKind.Embeddings, "OllamaEmbeddingsCodec", [.. SharedByEmbeddings, "Ollama", "Ollama/Embeddings"]),
            new(CallKind.Completion, "OllamaCompletionsCodec", [.. SharedByCompletions, "Ollama", "Ollama/Texts", "Ollama/Completions"]),
        ],
    };

    /// <summary>All wire formats.</summary>
    public static readonly DialectRow[] All = [OpenAIChat, AnthropicMessages, OpenAIResponses, Gemini, BedrockConverse, CohereChat, OllamaChat];

    /// <summary>Gets whether the codec's path names the model, which the body then does not.</summary>
    public bool NamesModelInPath { get; init; }

    /// <summary>The kinds of calls that it has besides chat, of which <see cref="Codec"/> and <see cref="Folders"/> are.</summary>
    public KindRow[] OtherKinds { get; init; } = [];

    /// <summary>All kinds of calls that it has.</summary>
    public IEnumerable<KindRow> Kinds => OtherKinds.Prepend(new KindRow(CallKind.Chat, Codec, Folders));

    /// <summary>Returns what of it is for a kind of call; null where it has none of that kind.</summary>
    public KindRow? For(CallKind kind) => Kinds.FirstOrDefault(row => row.Kind == kind);

    /// <summary>The parameters that the format has names for: a model is asked with no other, whatever it takes elsewhere.</summary>
    public ModelParameters Names { get; init; } = (ModelParameters)~0;

    /// <summary>The quirks of a dialect that is the same for each model.</summary>
    private enum NoQuirks
    {
        None,
    }

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
