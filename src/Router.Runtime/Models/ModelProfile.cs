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

    /// <summary>Gets the parameters and features that the model takes.</summary>
    public ModelTraits Traits { get; init; }

    /// <summary>Gets the reasoning efforts that the model takes; 0 where none is known.</summary>
    public ModelEfforts Efforts { get; init; }

    /// <summary>Gets the efforts that the model takes in a request with tools; null where they are <see cref="Efforts"/>.</summary>
    public ModelEfforts? EffortsWithTools { get; init; }

    /// <summary>Gets the output limit in tokens to send where the call gives none; 0 where none needs to be sent.</summary>
    public int DefaultMaxOutputTokens { get; init; }

    /// <summary>Returns whether the model has all of the traits.</summary>
    public bool Has(ModelTraits traits) => (Traits & traits) == traits;
}
