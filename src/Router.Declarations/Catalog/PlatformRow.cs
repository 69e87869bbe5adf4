using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>Where providers serve models otherwise than at the path of a dialect with a key in a header: how requests are addressed and authorised there.</summary>
/// <param name="Name">Its name in the files of providers.</param>
/// <param name="Type">The type of the platform, in the namespace of the codecs.</param>
/// <param name="Folders">The folders of <c>Router.Codecs</c> that are delivered with it.</param>
internal sealed record PlatformRow(string Name, string Type, params string[] Folders)
{
    /// <summary>The package that has credentials for it besides keys, whose assembly has its name; null where there is none.</summary>
    public string? Package { get; init; }

    /// <summary>C# for the credentials that the package has.</summary>
    public string? Credentials { get; init; }

    /// <summary>Whether a key is all that it can do without the package; else it needs the package.</summary>
    public bool TakesKeys { get; init; } = true;

    /// <summary>Whether addresses may have a version of the API, which a deployment states.</summary>
    public bool TakesApiVersion { get; init; }

    /// <summary>The kinds of calls whose addresses it knows.</summary>
    public CallKind[] Kinds { get; init; } = [CallKind.Chat, CallKind.Embeddings, CallKind.Images];

    /// <summary>What differs there in some dialects.</summary>
    public PlatformDialect[] Dialects { get; init; } = [];

    private static readonly PlatformRow Azure = new("azure", "AzurePlatform", "Platforms/Azure")
    {
        Package = "RouterGen.Azure",
        Credentials = "global::RouterGen.AzureCredentials.Default",
        TakesApiVersion = true,
        Kinds = [CallKind.Chat, CallKind.Embeddings, CallKind.Images, CallKind.Transcription, CallKind.Speech, CallKind.Completion],
    };

    // Tokens are for another audience there, and Claude's keys are where Anthropic has them.
    private static readonly PlatformRow Foundry = Azure with
    {
        Name = "foundry",
        Credentials = "global::RouterGen.AzureCredentials.Foundry",
        Dialects = [new(Dialect.AnthropicMessages, null) { KeyHeader = "x-api-key" }],
    };

    // The model is in the address. https://docs.anthropic.com/en/api/claude-on-vertex-ai: the API's version is in the body.
    private static readonly PlatformRow Vertex = new("vertex", "VertexPlatform", "Platforms/Vertex")
    {
        Package = "RouterGen.Google",
        Credentials = "global::RouterGen.GoogleCredentials.Default",
        TakesKeys = false,
        Dialects =
        [
            new(Dialect.AnthropicMessages, "\"anthropic_version\":\"vertex-2023-10-16\""),
            new(Dialect.OpenAIChat, null) { Kinds = [CallKind.Chat] },
            new(Dialect.Gemini, null, "Gemini/Vertex")
            {
                Codec = "VertexGeminiCodec",
                OtherKinds = [new(CallKind.Embeddings, "VertexEmbeddingsCodec", [.. DialectRow.SharedByEmbeddings, DialectRow.SharedByGoogle, "Gemini", "Gemini/VertexEmbeddings"])],
            },
        ],
    };

    // https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
    private static readonly PlatformRow Bedrock = new("bedrock", "BedrockPlatform", "Platforms/Bedrock")
    {
        Package = "RouterGen.Aws",
        Credentials = "global::RouterGen.AwsCredentials.Default",
        Kinds = [CallKind.Chat, CallKind.Embeddings, CallKind.Rerank, CallKind.Images],
        Dialects =
        [
            new(Dialect.AnthropicMessages, "\"anthropic_version\":\"bedrock-2023-05-31\"", "Bedrock", "Bedrock/Counts", "Bedrock/EventStream", "Bedrock/Invoke")
            {
                Codec = "BedrockAnthropicCodec",
                HeaderInBody = ("anthropic-beta", "anthropic_beta"),
            },
        ],
    };

    // A key is exchanged for tokens, which needs no library.
    private static readonly PlatformRow Watsonx = new("watsonx", "WatsonxPlatform", "Platforms/Watsonx")
    {
        Kinds = [CallKind.Chat, CallKind.Embeddings, CallKind.Completion],
    };

    /// <summary>All platforms.</summary>
    public static readonly PlatformRow[] All = [Azure, Foundry, Vertex, Bedrock, Watsonx];

    /// <summary>Returns the row of a platform; null where there is none of that name.</summary>
    public static PlatformRow? Find(string? name) => Array.Find(All, row => row.Name == name);

    /// <summary>Returns whether a kind of call is served there in a dialect.</summary>
    public bool Serves(CallKind kind, Dialect dialect) => Array.IndexOf(In(dialect)?.Kinds ?? Kinds, kind) >= 0;

    /// <summary>Returns what is spoken there for a kind of call other than chat; null where that is the dialect's own.</summary>
    public KindRow? For(CallKind kind, Dialect dialect) => In(dialect)?.OtherKinds.FirstOrDefault(row => row.Kind == kind);

    /// <summary>Returns what differs there in a dialect; null where nothing does.</summary>
    public PlatformDialect? In(Dialect dialect) => Array.Find(Dialects, row => row.Dialect == dialect);
}

/// <summary>What differs of a dialect at a platform.</summary>
/// <param name="Dialect">The dialect.</param>
/// <param name="BodyStart">The members that begin the body in place of the model, as JSON without braces; empty for none, null where the dialect's own hold.</param>
/// <param name="Folders">Further folders of <c>Router.Codecs</c> that are delivered.</param>
internal sealed record PlatformDialect(Dialect Dialect, string? BodyStart, params string[] Folders)
{
    /// <summary>The header with the key; null where it is the platform's own.</summary>
    public string? KeyHeader { get; init; }

    /// <summary>The generic type of the codec in place of the dialect's own; null where that is spoken.</summary>
    public string? Codec { get; init; }

    /// <summary>The kinds of calls whose addresses are known there in this dialect; null where those of the platform are.</summary>
    public CallKind[]? Kinds { get; init; }

    /// <summary>What is spoken there for other kinds of calls than chat, in place of what the dialect has for them.</summary>
    public KindRow[] OtherKinds { get; init; } = [];

    /// <summary>A header with a list that is a member of the body there, an array; null where there is none.</summary>
    public (string Header, string Member)? HeaderInBody { get; init; }
}
