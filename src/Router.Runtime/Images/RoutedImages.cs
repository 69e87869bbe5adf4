using System.Collections;
using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Images, and how they came about.</summary>
public sealed class RoutedImages : IReadOnlyList<GeneratedImage>, ICallAnswer
{
    private readonly IReadOnlyList<GeneratedImage> _images;
    private RouteSummary _route = RouteSummary.None;

    /// <summary>Makes an answer of what a provider sent. For codecs.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RoutedImages(IReadOnlyList<GeneratedImage> images, UsageDetails? usage)
    {
        ArgumentNullException.ThrowIfNull(images);
        _images = images;
        Usage = usage;
    }

    /// <summary>Makes an answer by hand, for tests of code that takes one.</summary>
    public RoutedImages(IReadOnlyList<GeneratedImage> images, string modelUsed, decimal? cost = null, TimeSpan duration = default, IReadOnlyList<Attempt>? attempts = null) : this(images, usage: null) =>
        _route = new RouteSummary(modelUsed, modelUsed, null, default, duration, null, attempts?.ToArray() ?? []) { StatedCost = cost };

    /// <summary>Gets how many images there are: at least one, perhaps fewer than were asked for (<see cref="Withheld"/>).</summary>
    public int Count => _images.Count;

    /// <summary>Gets an image.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none there.</exception>
    public GeneratedImage this[int index] => _images[index];

    /// <summary>Gets the image, where there is one.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public GeneratedImage Image => Count == 1 ? _images[0] : throw new InvalidOperationException($"There are {Count} images: take one by its index.");

    /// <summary>Gets why images are missing that were asked for, a reason each: what a content filter said. Empty where none is missing, or the provider does not say why.</summary>
    public IReadOnlyList<string> Withheld { get; internal init; } = [];

    /// <summary>Gets what was counted: tokens, where the provider says, and images (<see cref="UsageCounts.ImagesMade"/>).</summary>
    public UsageDetails? Usage { get; }

    /// <summary>Gets the provider and model that answered, for example <c>openai/gpt-image-2</c>.</summary>
    public string ModelUsed => _route.ModelUsed;

    /// <summary>Gets the name of the deployment that answered.</summary>
    public string Deployment => _route.Deployment;

    /// <summary>Gets what it cost in USD; null where no price is known, or the provider did not count what it is paid by.</summary>
    public decimal? Cost => _route.CostOf(Usage);

    /// <summary>Gets how long the whole call took, failed attempts and waits included.</summary>
    public TimeSpan Duration => _route.Duration;

    /// <summary>Gets all attempts of the call in order; the last one answered.</summary>
    public IReadOnlyList<Attempt> Attempts => _route.Attempts;

    /// <summary>
    /// Gets what was left out of the request or changed in it because the model that answered does not take it, for example <c>style: left out</c>;
    /// empty where it was sent as asked.
    /// </summary>
    public IReadOnlyList<string> LeftOut { get; internal set; } = [];

    ServiceTier? ICallAnswer.Tier => null;

    /// <inheritdoc/>
    public IEnumerator<GeneratedImage> GetEnumerator() => _images.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Attach(RouteSummary route) => _route = route;
}
