// The generator, which cannot refer to this library, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen;
#endif

/// <summary>What the deployments of a model group are asked for. A group has one kind of call, that of its models.</summary>
public enum CallKind
{
    /// <summary>Answers in a conversation: a <c>ChatGroup</c>.</summary>
    Chat,

    /// <summary>Vectors of texts: an <c>EmbeddingGroup</c>.</summary>
    Embeddings,

    /// <summary>Images, made or changed: an <c>ImageGroup</c>.</summary>
    Images,

    /// <summary>The text of what is said in a recording: a <c>TranscriptionGroup</c>.</summary>
    Transcription,

    /// <summary>A text, spoken: a <c>SpeechGroup</c>.</summary>
    Speech,

    /// <summary>Documents in the order of how well they answer a query: a <c>RerankGroup</c>.</summary>
    Rerank,

    /// <summary>Whether texts or images are harmful: a <c>ModerationGroup</c>.</summary>
    Moderation,

    /// <summary>A text that goes on where another one ends, or between two: a <c>CompletionGroup</c>.</summary>
    Completion,
}
