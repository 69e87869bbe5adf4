using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>What is known of one model.</summary>
/// <param name="Name">The model as the provider knows it.</param>
/// <param name="Traits">What it takes, and how requests to it are written.</param>
internal sealed record ModelRow(string Name, ModelTraits Traits)
{
    /// <summary>The most tokens of a prompt and its answer together; 0 where that is not known.</summary>
    public int ContextWindow { get; init; }

    /// <summary>The most tokens of a prompt, where it takes fewer than its window holds; 0 where it is not known to.</summary>
    public int InputLimit { get; init; }

    /// <summary>The most tokens that it can write; 0 where that is not known.</summary>
    public int OutputLimit { get; init; }

    /// <summary>Its window and limits.</summary>
    public ModelLimits Limits => new(Known(ContextWindow), Known(InputLimit), Known(OutputLimit));

    /// <summary>What it costs; null where that is not known.</summary>
    public ModelPrices? Prices { get; init; }

    /// <summary>What it costs where it stays in a part of the world (<see cref="InferenceProfiles"/>); null where that makes no difference.</summary>
    public ModelPrices? RegionalPrices { get; init; }

    /// <summary>What the model is for.</summary>
    public CallKind Kind { get; init; }

    /// <summary>How many numbers an embedding model's vectors have where a request does not say; 0 for others.</summary>
    public int Dimensions { get; init; }

    /// <summary>The model whose vectors it gives, where that is known by another name elsewhere; null for its own name.</summary>
    public string? Space { get; init; }

    /// <summary>The most texts of one request to an embedding model, or documents of one to a model that ranks; 0 where the provider's limit holds, or none is known.</summary>
    public int BatchTexts { get; init; }

    /// <summary>The most characters of a text that it speaks; 0 where the provider's limit holds.</summary>
    public int Characters { get; init; }

    /// <summary>The voice of a model that speaks, where a request must name one; null where it need not.</summary>
    public string? Voice { get; init; }

    /// <summary>The reasoning efforts that it takes; null where the provider's usual ones hold.</summary>
    public EffortSpec? Efforts { get; init; }

    /// <summary>Other names of the very same model.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>The day on which the provider stops serving it, as <c>yyyy-MM-dd</c>; null where none is announced.</summary>
    public string? Retires { get; init; }

    /// <summary>The provider's model to use in its place once it is retired; null where there is no obvious one.</summary>
    public string? Successor { get; init; }

    /// <summary>Where this was read; null where it is no row of the catalog's.</summary>
    public string? Source { get; init; }

    /// <summary>The day on which it was last compared with its source, as <c>yyyy-MM-dd</c>.</summary>
    public string? Checked { get; init; }

    private static int? Known(int tokens) => tokens > 0 ? tokens : null;
}
