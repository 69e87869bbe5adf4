using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Emit;

/// <summary>The types of a kind of call, as emitted code names them.</summary>
/// <param name="Group">What a group of the kind derives from.</param>
/// <param name="Service">What such a group is registered as: the interface of Microsoft.Extensions.AI, or where there is none, <paramref name="Group"/>.</param>
internal sealed record KindNames(string Group, string Service)
{
    // The warning of the framework's interfaces that may still change.
    private const string Experimental = "MEAI001";

    private const string Framework = "global::Microsoft.Extensions.AI.";

    private static readonly Dictionary<CallKind, KindNames> All = new()
    {
        [CallKind.Chat] = Of("ChatGroup", Framework + "IChatClient"),
        [CallKind.Embeddings] = Of("EmbeddingGroup", Framework + "IEmbeddingGenerator<string, " + Framework + "Embedding<float>>"),
        [CallKind.Images] = Of("ImageGroup", Framework + "IImageGenerator") with { Suppressed = Experimental },
        [CallKind.Transcription] = Of("TranscriptionGroup", Framework + "ISpeechToTextClient") with { Suppressed = Experimental },
        [CallKind.Speech] = Of("SpeechGroup", Framework + "ITextToSpeechClient") with { Suppressed = Experimental },
        [CallKind.Rerank] = Of("RerankGroup"),
        [CallKind.Moderation] = Of("ModerationGroup"),
        [CallKind.Completion] = Of("CompletionGroup"),
    };

    /// <summary>Gets the warning that is suppressed where <see cref="Service"/> is named; empty for none.</summary>
    public string Suppressed { get; init; } = "";

    /// <summary>Returns the types of a kind.</summary>
    public static KindNames Of(CallKind kind) => All[kind];

    private static KindNames Of(string group, string? service = null) => new("global::RouterGen." + group, service ?? "global::RouterGen." + group);
}
