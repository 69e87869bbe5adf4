using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What the streams of image models have of their own.</summary>
internal readonly struct ImageStreams : IStreamKind<ImageUpdate>
{
    public static AttemptFailure Empty => ImageAnswers.Empty;

    public static StreamDecoder<ImageUpdate> Start(in AttemptContext context)
    {
        var request = (ImageRequest)context.Request;
        return new CountedImages(((ImageCodec)context.Deployment.Definition.Codec).StartStream(request), request);
    }

    public static AttemptResult<WholeStream<ImageUpdate>> ReadWhole(in AttemptContext context, HttpResponseMessage response, in ResponseBody body)
    {
        AttemptResult<RoutedImages> whole = WholeAttempt<ImageAnswers, RoutedImages>.Read(context, response, body, leftOut: null);
        return new(whole.Value is { } images ? new([.. images.Select(static image => new ImageUpdate { Image = image })], images.Usage, null) : null, whole.Failure) { Usage = whole.Usage };
    }

    public static bool HasContent(ImageUpdate update) => update.Image is not null;

    public static UsageDetails? UsageOf(ImageUpdate update) => update.Usage;

    public static ServiceTier? TierOf(ImageUpdate update) => null;

    public static void AttachRaw(ImageUpdate update, ReadOnlySpan<byte> data) => update.RawRepresentation = RawAnswer.Parse(data);

    public static PlayedUpdates<ImageUpdate> StartPlaying() => new PlayedImages();

    public static ImageUpdate Last(CallRoute route, ProviderStream<ImageUpdate> stream, PlayedUpdates<ImageUpdate> played, RouteSummary summary) => new RoutedImageUpdate(summary)
    {
        Image = stream.Update?.Image,
        IsPartial = stream.Update?.IsPartial ?? false,
        PartialIndex = stream.Update?.PartialIndex ?? 0,
        RawRepresentation = stream.Update?.RawRepresentation,
        Usage = stream.Usage,
        LeftOut = stream.Notes?.ToArray() ?? [],
    };
}
