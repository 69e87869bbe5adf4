using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Counts the images of a stream as they come, for what they cost.</summary>
/// <param name="decoder">Reads the stream.</param>
/// <param name="request">What was asked for.</param>
internal sealed class CountedImages(StreamDecoder<ImageUpdate> decoder, ImageRequest request) : StreamDecoder<ImageUpdate>
{
    private readonly List<GeneratedImage> _images = [];
    private UsageDetails? _usage;

    public override UsageDetails? UsageSoFar => _usage ?? decoder.UsageSoFar;

    public override bool IsFinished => decoder.IsFinished;

    public override bool EndsWithConnection => decoder.EndsWithConnection;

    public override StreamSignal End(out ImageUpdate? update, out AttemptFailure? failure)
    {
        StreamSignal signal = decoder.End(out update, out failure);
        Count(update);
        return signal;
    }

    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out ImageUpdate? update, out AttemptFailure? failure)
    {
        StreamSignal signal = decoder.Read(eventType, data, out update, out failure);
        Count(update);
        return signal;
    }

    private void Count(ImageUpdate? update)
    {
        if (update is null) return;
        if (update is { Image: { } image, IsPartial: false }) _images.Add(image);
        _usage = update.Usage = ImageCounts.Add(update.Usage ?? _usage, request, _images);
    }
}
