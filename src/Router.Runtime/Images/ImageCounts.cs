using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Counts what images are paid by beside tokens: how many were made, of how many pixels, and in which quality.</summary>
internal static class ImageCounts
{
    /// <summary>Adds images to what the provider counted.</summary>
    /// <param name="usage">What the provider counted; null where it did not say. It is changed.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="images">The images.</param>
    /// <returns>The counts; null where there are neither images nor counts.</returns>
    public static UsageDetails? Add(UsageDetails? usage, ImageRequest request, IReadOnlyList<GeneratedImage> images)
    {
        if (images.Count == 0) return usage;
        usage ??= new UsageDetails();
        AdditionalPropertiesDictionary<long> counts = usage.AdditionalCounts ??= [];
        counts[UsageCounts.ImagesMade] = images.Count;
        long pixels = 0;
        foreach (GeneratedImage image in images) pixels += PixelsOf(image, request);
        if (pixels > 0) counts[UsageCounts.PixelsMade] = pixels;
        if (request.Quality is { } quality) counts[UsageCounts.QualityOfImages(quality)] = images.Count;
        return usage;
    }

    private static long PixelsOf(GeneratedImage image, ImageRequest request) =>
        image is { Width: { } width, Height: { } height } ? (long)width * height
        : request.Options?.ImageSize is { Width: > 0, Height: > 0 } asked ? (long)asked.Width * asked.Height
        : 0;
}
