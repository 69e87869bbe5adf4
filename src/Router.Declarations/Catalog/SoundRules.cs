using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>What a provider takes of one request with sound, or for it.</summary>
/// <param name="FileMegabytes">The largest file, in units of 1,048,576 bytes; 0 where no limit is known.</param>
/// <param name="Characters">The most characters of a text to speak; 0 where no limit is known.</param>
internal sealed record SoundRules(int FileMegabytes, int Characters)
{
    /// <summary>What holds unless the provider's file says more: no limit.</summary>
    public static readonly SoundRules Usual = new(0, 0);

    /// <summary>The traits of a model that the catalog does not list: what servers of Whisper take.</summary>
    public static readonly ModelTraits Heard = ModelTraits.None.With(ModelParameters.Sampling | ModelParameters.Timestamps | ModelParameters.TranscriptPrompt);

    /// <summary>The traits of a model that speaks and that the catalog does not list: a server that knows no instructions ignores them.</summary>
    public static readonly ModelTraits Spoken = ModelTraits.None.With(ModelParameters.SpokenInstructions);
}
