using System.Text;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Images;

/// <summary>Streams of images: partial ones, the image, and what ends or breaks them.</summary>
public class ImageStreamTests
{
    private const string Partial = """{"type":"image_generation.partial_image","b64_json":"AQ==","created_at":1,"output_format":"png","partial_image_index":1}""";
    private const string Whole = """{"type":"image_generation.completed","b64_json":"AQID","usage":{"input_tokens":7,"output_tokens":9,"total_tokens":16,"input_tokens_details":{"text_tokens":7,"image_tokens":0}}}""";

    [Theory]
    [InlineData("image_generation")]
    [InlineData("image_edit")]
    public void Partial_images_come_before_the_image_which_ends_the_stream(string of)
    {
        OpenAIImageStream stream = Stream();
        Assert.Equal(StreamSignal.Update, Read(stream, "", Partial.Replace("image_generation", of, StringComparison.Ordinal), out ImageUpdate? partial, out _));
        Assert.Equal((true, 1, 1), (partial!.IsPartial, partial.PartialIndex, partial.Image!.Data.Length));
        Assert.False(stream.EndsWithConnection);
        Assert.Equal(StreamSignal.Completed, Read(stream, of + ".completed", Whole.Replace("image_generation", of, StringComparison.Ordinal), out ImageUpdate? whole, out _));
        Assert.Equal((false, 3, 9L), (whole!.IsPartial, whole.Image!.Data.Length, whole.Usage!.AdditionalCounts![UsageCounts.ImageOutput]));
        Assert.True(stream.EndsWithConnection);
    }

    [Fact]
    public void Of_several_images_the_last_ends_the_stream()
    {
        OpenAIImageStream stream = Stream(count: 2);
        Assert.Equal(StreamSignal.Update, Read(stream, "", Whole, out _, out _));
        Assert.Equal((true, false), (stream.EndsWithConnection, stream.IsFinished)); // Should the other be withheld, the stream ends with its connection; silence does not end it.
        Assert.Equal(StreamSignal.Completed, Read(stream, "", Whole, out _, out _));
    }

    [Theory]
    [InlineData("", """{"type":"keepalive"}""", StreamSignal.Continue)]
    [InlineData("image_generation.new_event", """{"type":"image_generation.new_event","b64_json":"AQ=="}""", StreamSignal.Continue)]
    [InlineData("", "[DONE]", StreamSignal.Completed)]
    public void What_is_not_known_is_passed_over(string type, string data, StreamSignal signal)
    {
        Assert.Equal(signal, Read(Stream(), type, data, out ImageUpdate? update, out AttemptFailure? failure));
        Assert.Null(update);
        Assert.Null(failure);
    }

    [Theory]
    [InlineData("", """{"error":{"message":"Rate limit reached","code":"rate_limit_exceeded"}}""", FailureKind.RateLimited)]
    [InlineData("error", """{"type":"error","error":{"message":"Blocked","code":"moderation_blocked"}}""", FailureKind.ContentFiltered)]
    [InlineData("", """{"type":"image_generation.completed"}""", FailureKind.InvalidResponse)]
    [InlineData("", """{"type":"image_generation.completed","b64_json":"?"}""", FailureKind.InvalidResponse)]
    [InlineData("", """{"type":"image_generation.completed","b64_json":"AQID\" """, FailureKind.InvalidResponse)]
    [InlineData("", "[7]", FailureKind.InvalidResponse)]
    [InlineData("", "<html>", FailureKind.InvalidResponse)]
    public void What_breaks_a_stream_is_told(string type, string data, FailureKind kind)
    {
        Assert.Equal(StreamSignal.Failed, Read(Stream(), type, data, out _, out AttemptFailure? failure));
        Assert.Equal(kind, failure!.Kind);
    }

    [Fact]
    public void An_event_cut_anywhere_fails_and_throws_nothing()
    {
        for (int length = 1; length < Whole.Length; length++) Assert.Equal(StreamSignal.Failed, Read(Stream(), "", Whole[..length], out _, out _));
    }

    private static OpenAIImageStream Stream(int count = 1) => new(count, ImageWire.Profile(ImageWire.All));

    private static StreamSignal Read(OpenAIImageStream stream, string type, string data, out ImageUpdate? update, out AttemptFailure? failure) =>
        stream.Read(Encoding.UTF8.GetBytes(type), Encoding.UTF8.GetBytes(data), out update, out failure);
}
