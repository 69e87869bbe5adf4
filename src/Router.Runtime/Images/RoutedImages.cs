using System.Collections;
using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Images, and how they came about.</summary>
public sealed class RoutedImages : RoutedAnswer, IReadOnlyList<GeneratedImage>
{
    private readonly IReadOnlyList<GeneratedImage> _images;
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
        Attach(RouteSummary.Stated(modelUsed, cost, duration, attempts));

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

    /// <inheritdoc/>
    public IEnumerator<GeneratedImage> GetEnumerator() => _images.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
