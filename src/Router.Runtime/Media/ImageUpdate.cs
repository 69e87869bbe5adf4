using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>A piece of a stream of images: one while it takes shape, or as it is in the end. The last update is a <see cref="RoutedImageUpdate"/>.</summary>
public class ImageUpdate
{
    /// <summary>Gets the image; null where the update brings none.</summary>
    public GeneratedImage? Image { get; init; }

    /// <summary>Gets whether <see cref="Image"/> is still taking shape.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Gets the place of a partial image among those of the same image, from 0.</summary>
    public int PartialIndex { get; init; }

    /// <summary>Gets what the provider sent, where the call asks for it (<see cref="CallOptions.IncludeRawRepresentation"/>); else null.</summary>
    public object? RawRepresentation { get; internal set; }

    /// <summary>Gets what was counted so far; null where the provider has not said.</summary>
    public UsageDetails? Usage { get; set; }
}
