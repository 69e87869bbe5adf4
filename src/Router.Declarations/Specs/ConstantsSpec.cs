using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Specs;

/// <summary>What specialises a codec: the same for all deployments of a project that requests are written alike for.</summary>
/// <param name="Dialect">The wire format.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="Model">The model as the provider knows it.</param>
/// <param name="Traits">What the model takes, and how requests to it are written.</param>
/// <param name="Efforts">The reasoning efforts that it takes.</param>
/// <param name="DefaultMaxOutputTokens">The output limit that is sent where a call gives none; 0 for none.</param>
/// <param name="BodyStart">The members that begin a request's body in place of the model, as JSON without braces; null for the model.</param>
/// <param name="Tier">The service tier that is asked for where a call asks for none; null for none.</param>
internal sealed record ConstantsSpec(Dialect Dialect, string Provider, string Model, ModelTraits Traits, EffortSpec Efforts, int DefaultMaxOutputTokens, string? BodyStart, ServiceTier? Tier)
{
    /// <summary>Gets what requests for vectors, and for rankings, are fitted to; null for other kinds of calls.</summary>
    public EmbeddingSpec? Embedding { get; init; }

    /// <summary>Gets what requests with sound, or for it, are fitted to; null for other kinds of calls.</summary>
    public SoundSpec? Sound { get; init; }
}

/// <summary>What requests with sound, or for it, are fitted to.</summary>
/// <param name="FileBytes">The largest file; 0 where no limit is known.</param>
/// <param name="Characters">The most characters of a text to speak; 0 where no limit is known.</param>
/// <param name="Voice">The voice that is asked for where a call names none; null where none is.</param>
internal sealed record SoundSpec(long FileBytes, int Characters, string? Voice);

/// <summary>What requests for vectors, and for rankings, are fitted to.</summary>
/// <param name="Dimensions">How many numbers the vectors have where a request does not say; 0 where that is not known.</param>
/// <param name="Texts">The most texts, or documents, of a request; 0 where no limit is known.</param>
/// <param name="Tokens">The most tokens of a request; 0 where no limit is known.</param>
internal sealed record EmbeddingSpec(int Dimensions, int Texts, int Tokens);
