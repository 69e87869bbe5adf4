using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>What declarations must know of a kind of call, whatever wire format it is in.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">What messages call it.</param>
/// <param name="Modes">What LiteLLM calls it (<c>mode</c>).</param>
/// <param name="Signs">Parts of names that suggest this kind, for models that the catalog does not have.</param>
internal sealed record CallKindRow(CallKind Kind, string Name, string[] Modes, params string[] Signs)
{
    /// <summary>All kinds. Where a name has signs of several, the first holds.</summary>
    public static readonly CallKindRow[] All =
    [
        new(CallKind.Chat, "chat", ["chat", "responses"]) { Streams = true },
        new(CallKind.Rerank, "rerank", ["rerank"], "rerank"),
        new(CallKind.Embeddings, "embeddings", ["embedding"], "embed", "bge-", "gte-", "e5-", "minilm"),
        new(CallKind.Images, "images", ["image_generation", "image_edit"], "dall-e", "gpt-image", "imagen-", "imagine-image", "nova-canvas", "titan-image", "stable-diffusion", "stable-image", "flux.", "flux-") { Streams = true },
        new(CallKind.Transcription, "transcription", ["audio_transcription"], "whisper", "-transcribe") { Streams = true },
        new(CallKind.Speech, "speech", ["audio_speech"], "tts-") { Streams = true },
        new(CallKind.Moderation, "moderation", ["moderation", "moderations"], "moderation"),
        new(CallKind.Completion, "completion", ["completion"]) { Streams = true },
    ];

    /// <summary>Gets whether answers can come as streams.</summary>
    public bool Streams { get; init; }

    /// <summary>Returns the row of a kind.</summary>
    public static CallKindRow Of(CallKind kind) => Array.Find(All, row => row.Kind == kind)!;

    /// <summary>Returns the kind that LiteLLM calls by a name; null where none is.</summary>
    public static CallKind? OfMode(string mode) => Array.Find(All, row => Array.IndexOf(row.Modes, mode) >= 0)?.Kind;

    /// <summary>Returns the kind that the name of a model suggests of which nothing is known.</summary>
    public static CallKind GuessOf(string model)
    {
        string name = model.ToLowerInvariant();
        return Array.Find(All, row => row.Signs.Any(name.Contains))?.Kind ?? CallKind.Chat;
    }
}
