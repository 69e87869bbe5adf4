using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>What is known of one model. Prices are USD per million tokens.</summary>
/// <param name="Name">The model as the provider knows it.</param>
/// <param name="Traits">What it takes, and how requests to it are written.</param>
/// <param name="ContextWindow">The most tokens of a prompt and its answer together; 0 where that is not known.</param>
/// <param name="OutputLimit">The most tokens that it can write; 0 where that is not known.</param>
/// <param name="Input">Price of input tokens.</param>
/// <param name="Output">Price of output tokens.</param>
/// <param name="CacheRead">Price of input tokens read from the provider's cache; null where it is the input price.</param>
/// <param name="CacheWrite">Price of input tokens written to the provider's cache; null where it is the input price.</param>
internal sealed record ModelRow(
    string Name,
    ModelTraits Traits,
    int ContextWindow,
    int OutputLimit,
    decimal Input,
    decimal Output,
    decimal? CacheRead = null,
    decimal? CacheWrite = null)
{
    /// <summary>The most tokens of a prompt, where it takes fewer than its window holds; 0 where it is not known to.</summary>
    public int InputLimit { get; init; }

    /// <summary>Its window and limits.</summary>
    public ModelLimits Limits => new(Known(ContextWindow), Known(InputLimit), Known(OutputLimit));

    /// <summary>What the model is for.</summary>
    public ModelMode Mode { get; init; }

    /// <summary>How many numbers an embedding model's vectors have where a request does not say; 0 for others.</summary>
    public int Dimensions { get; init; }

    /// <summary>The reasoning efforts that it takes; null where the provider's usual ones hold.</summary>
    public EffortSpec? Efforts { get; init; }

    /// <summary>Other names of the very same model.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>The day on which the provider stops serving it, as <c>yyyy-MM-dd</c>; null where none is announced.</summary>
    public string? Retires { get; init; }

    /// <summary>The provider's model to use in its place once it is retired; null where there is no obvious one.</summary>
    public string? Successor { get; init; }

    /// <summary>Whether its prices are known. Those of the catalog's models are.</summary>
    public bool IsPriced { get; init; } = true;

    public TokenPrices? Prices => IsPriced ? new(Input, Output, CacheRead ?? Input, CacheWrite ?? Input) : null;

    /// <summary>A model that turns text into vectors. It reads only, so that it has one price.</summary>
    /// <param name="name">The model as the provider knows it.</param>
    /// <param name="window">The most tokens that one text may have.</param>
    /// <param name="dimensions">How many numbers its vectors have where a request does not say.</param>
    /// <param name="input">Price of input tokens.</param>
    public static ModelRow Embedding(string name, int window, int dimensions, decimal input) =>
        new(name, ModelTraits.None, window, 0, input, 0m) { Mode = ModelMode.Embedding, Dimensions = dimensions };

    private static int? Known(int tokens) => tokens > 0 ? tokens : null;
}
