namespace RouterGen;

/// <summary>What a transcription is to be like. Everything is optional.</summary>
public sealed class TranscribeOptions
{
    internal static readonly TranscribeOptions None = new();

    /// <summary>Gets the language that is spoken, as ISO 639-1 has it (<c>en</c>); null where the model is to find out.</summary>
    public string? Language { get; init; }

    /// <summary>Gets a text that shows how names and terms are spelt, or that goes before the sound. A model that takes none is asked without it, and the answer says so.</summary>
    public string? Prompt { get; init; }

    /// <summary>Gets how much chance there is in the choice of words, from 0 to 1.</summary>
    public float? Temperature { get; init; }

    /// <summary>Gets the times that the answer must have. A deployment whose model gives none is passed over.</summary>
    public TranscriptTimestamps Timestamps { get; init; }

    /// <summary>Gets whether the segments must say who speaks. A deployment whose model cannot tell is passed over.</summary>
    public bool Diarize { get; init; }

    /// <summary>Gets the name or the model of the only deployments that may answer; one that the group does not have has no effect, which the answer lists.</summary>
    public string? ModelId { get; init; }

    /// <summary>Gets further fields of the request, by the provider's name for each: texts, numbers, flags, and lists of them.</summary>
    public IReadOnlyDictionary<string, object?>? AdditionalProperties { get; init; }
}

/// <summary>The times that a transcription has.</summary>
[Flags]
public enum TranscriptTimestamps
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Where each segment begins and ends: a sentence or so.</summary>
    Segments = 1,

    /// <summary>Where each word begins and ends.</summary>
    Words = 2,
}
