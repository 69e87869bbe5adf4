using System.Globalization;
using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Reads the answers of image models. One with fewer images than were asked for is an answer, one with none is not.</summary>
internal readonly struct ImageAnswers : IAnswerReader<RoutedImages>
{
    /// <summary>The failure of an answer that is complete and holds no image.</summary>
    public static readonly AttemptFailure Empty = new(FailureKind.EmptyResponse, "The answer holds no image.");

    public static AttemptResult<RoutedImages> Read(in AttemptContext context, ReadOnlySpan<byte> body)
    {
        AttemptFailure? failure = ReadResults(context, body, out ImageResults results);
        if (failure is not null) return new(null, failure) { Usage = results.Usage };
        return new(new RoutedImages(results.Images, ImageCounts.Add(results.Usage, (ImageRequest)context.Request, results.Images)) { Withheld = results.Withheld }, null);
    }

    /// <summary>Reads a body.</summary>
    /// <returns>Null where it holds an image.</returns>
    public static AttemptFailure? ReadResults(in AttemptContext context, ReadOnlySpan<byte> body, out ImageResults results)
    {
        results = new ImageResults();
        var codec = (ImageCodec)context.Deployment.Definition.Codec;
        return codec.ReadReply((ImageRequest)context.Request, body, results) ?? (results.Images.Count > 0 ? null : WhyNone(results.Withheld));
    }

    public static RoutedImages Complete(in AttemptContext context, RoutedImages answer) =>
        new(answer, ImageCounts.Add(answer.Usage, (ImageRequest)context.Request, answer)) { Withheld = answer.Withheld };

    public static void Annotate(RoutedImages answer, List<string> leftOut) => answer.LeftOut = leftOut.ToArray();

    private static AttemptFailure WhyNone(IReadOnlyList<string> withheld) => withheld.Count == 0
        ? Empty
        : new(FailureKind.ContentFiltered, string.Create(CultureInfo.InvariantCulture, $"The provider's content filter withheld {(withheld.Count == 1 ? "the image" : $"all {withheld.Count} images")}: {withheld[0]}"));
}
