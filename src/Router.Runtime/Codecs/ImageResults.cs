using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>The images of an answer while it is read, and why some are not there.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ImageResults
{
    private readonly List<GeneratedImage> _images = [];
    private readonly List<string> _withheld = [];

    /// <summary>Gets or sets what the provider counted; null where it did not say.</summary>
    public UsageDetails? Usage { get; set; }

    /// <summary>Gets the images, in the order in which they came.</summary>
    public IReadOnlyList<GeneratedImage> Images => _images;

    /// <summary>Gets why images are missing that were asked for, a reason each.</summary>
    public IReadOnlyList<string> Withheld => _withheld;

    /// <summary>Adds an image.</summary>
    public void Add(GeneratedImage image) => _images.Add(image);

    /// <summary>Notes that a content filter withheld an image.</summary>
    /// <param name="reason">What the provider says of it.</param>
    public void Withhold(string reason) => _withheld.Add(reason);
}
