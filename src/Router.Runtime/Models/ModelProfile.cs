using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>One model at one provider, and what it takes, as the catalog has it. Immutable. Emitted by the generator.</summary>
/// <param name="provider">The provider's name, for example <c>anthropic</c>.</param>
/// <param name="model">The model as the provider knows it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModelProfile(string provider, string model)
{
    /// <summary>A model of which nothing is known.</summary>
    public static readonly ModelProfile Unknown = new("", "");

    /// <summary>Gets provider and model in one, for example <c>anthropic/claude-haiku-4-5</c>.</summary>
    public string Name { get; } = provider + "/" + model;

    /// <summary>Gets the model as the provider knows it, for dialects that name it in the path.</summary>
    public string Model { get; } = model;

    /// <summary>Gets what a request may demand of the model.</summary>
    public ModelCapabilities Capabilities { get; init; }

    /// <summary>Gets the parameters of a request that the model takes.</summary>
    public ModelParameters Parameters { get; init; }

    /// <summary>Gets how the dialect differs for the model: flags of the dialect's own enum, which its codec alone reads.</summary>
    public int Quirks { get; init; }

    /// <summary>Gets the reasoning efforts that the model takes; 0 where none is known.</summary>
    public ModelEfforts Efforts { get; init; }

    /// <summary>Gets the efforts that the model takes in a request with tools; null where they are <see cref="Efforts"/>.</summary>
    public ModelEfforts? EffortsWithTools { get; init; }

    /// <summary>Gets the output limit in tokens that is sent where the call gives none; 0 where none is. The model's own limit may be higher.</summary>
    public int DefaultMaxOutputTokens { get; init; }

    /// <summary>Gets how many numbers the vectors of an embedding model have where a request does not say; 0 where that is not known.</summary>
    public int Dimensions { get; init; }

    /// <summary>Gets the most texts of one request to an embedding model, or documents of one to a model that ranks; 0 where no limit is known.</summary>
    public int MaxBatchTexts { get; init; }

    /// <summary>Gets the most tokens of one request to an embedding model, over all of its texts; 0 where no limit is known.</summary>
    public int MaxBatchTokens { get; init; }

    /// <summary>Gets the largest file in bytes that a request may hold; 0 where no limit is known.</summary>
    public long MaxFileBytes { get; init; }

    /// <summary>Gets the most characters of a text to speak; 0 where no limit is known.</summary>
    public int MaxCharacters { get; init; }

    /// <summary>Gets the voice that is asked for where the call names none; null where the model has one by itself.</summary>
    public string? DefaultVoice { get; init; }

    /// <summary>Gets the service tier that is asked for where the call asks for none; null where none is.</summary>
    public ServiceTier? ServiceTier { get; init; }

    /// <summary>Returns whether the model can do all of this.</summary>
    public bool Can(ModelCapabilities capabilities) => (Capabilities & capabilities) == capabilities;

    /// <summary>Returns whether the model takes all of the parameters.</summary>
    public bool Takes(ModelParameters parameters) => (Parameters & parameters) == parameters;
}
