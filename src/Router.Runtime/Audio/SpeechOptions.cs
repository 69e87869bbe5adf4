namespace RouterGen;

/// <summary>What speech is to be like. Everything is optional.</summary>
public sealed class SpeechOptions
{
    internal static readonly SpeechOptions None = new();

    /// <summary>Gets the voice, as the provider calls it (<c>alloy</c>); null for the usual one of the model. <see cref="Voices"/> goes before it.</summary>
    public string? Voice { get; init; }

    /// <summary>Gets the voice by provider (<c>openai</c>, <c>groq</c>), for groups of several, each of which has voices of its own.</summary>
    public IReadOnlyDictionary<string, string>? Voices { get; init; }

    /// <summary>Gets the format of the sound: <c>mp3</c>, <c>opus</c>, <c>aac</c>, <c>flac</c>, <c>wav</c>, <c>pcm</c>, or another that the provider knows; null for its usual one.</summary>
    public string? Format { get; init; }

    /// <summary>Gets how fast it is spoken, 1 as usual; OpenAI takes 0.25 to 4.</summary>
    public float? Speed { get; init; }

    /// <summary>Gets how it is to be spoken, in words. A model that takes no such words is asked without them, and the answer says so.</summary>
    public string? Instructions { get; init; }

    /// <summary>Gets the language of the text. Most models find out by themselves and are asked without it; the answer says so.</summary>
    public string? Language { get; init; }

    /// <summary>Gets the name or the model of the only deployments that may answer; one that the group does not have has no effect, which the answer lists.</summary>
    public string? ModelId { get; init; }

    /// <summary>Gets further members of the request, by the provider's name for each.</summary>
    public IReadOnlyDictionary<string, object?>? AdditionalProperties { get; init; }
}
