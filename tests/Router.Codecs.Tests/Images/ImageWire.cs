using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Images;

/// <summary>How each dialect asks for images and answers with them, for tests of what holds in each.</summary>
internal static class ImageWire
{
    public delegate AttemptFailure? RequestWriting(ImageRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model);

    public delegate AttemptFailure? ReplyReading(ReadOnlySpan<byte> body, ImageResults images);

    /// <param name="Write">Writes a request.</param>
    /// <param name="Read">Reads an answer.</param>
    /// <param name="Answer">An answer with one image, of the bytes <see cref="Bytes"/>.</param>
    /// <param name="Prefix">What a request begins with.</param>
    public sealed record Row(RequestWriting Write, ReplyReading Read, string Answer, string Prefix = "{\"model\":\"m\"")
    {
        /// <summary>What the dialect's models take.</summary>
        public ModelProfile Model { get; init; } = Profile(All);
    }

    public const ModelParameters All = ModelParameters.ImageEdits | ModelParameters.ImageMask | ModelParameters.ImageCount | ModelParameters.ImageSize | ModelParameters.ImageFormat | ModelParameters.ImageStream;

    public static readonly byte[] Bytes = [0xFF, 0xD8, 0xFF, 1, 2, 3, 0xFB, 0xFF];

    private const string Text = "/9j/AQID+/8=";

    public static readonly Dictionary<string, Row> Dialects = new()
    {
        ["gpt-image"] = new(
            OpenAIImageRequest.Write, (body, images) => OpenAIImageReply.Read(body, images, Profile(All)),
            $$$"""{"created":1,"background":"opaque","data":[{"b64_json":"{{{Text}}}"}],"output_format":"jpeg","usage":{"input_tokens":7,"output_tokens":9,"total_tokens":16,"input_tokens_details":{"text_tokens":4,"image_tokens":3} } }""")
        { Model = Profile(All, (int)OpenAIQuirks.GptImage) },
        ["compatible"] = new(
            OpenAIImageRequest.Write, (body, images) => OpenAIImageReply.Read(body, images, Profile(All)),
            $$"""{"created":1,"data":[{"index":0,"b64_json":"{{Text}}","revised_prompt":"A blue kite"}]}"""),
        ["xai"] = new(
            OpenAIImageRequest.Write, (body, images) => OpenAIImageReply.Read(body, images, Profile(All)),
            $$"""{"data":[{"b64_json":"data:image/jpeg;base64,{{Text}}","mime_type":"image/jpeg"}]}""") { Model = Profile(All, (int)OpenAIQuirks.ImageAspect) },
        ["together"] = new(
            OpenAIImageRequest.Write, (body, images) => OpenAIImageReply.Read(body, images, Profile(All)),
            $$"""{"id":"o","model":"m","object":"list","data":[{"index":0,"b64_json":"{{Text}}"}]}""") { Model = Profile(All | ModelParameters.ImageSides) },
        ["gemini"] = new(
            GeminiImages.Write, GeminiImages.Read,
            $$$"""{"candidates":[{"content":{"parts":[{"text":"Here"},{"inlineData":{"mimeType":"image/jpeg","data":"{{{Text}}}"}}],"role":"model"},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":9,"totalTokenCount":16,"candidatesTokensDetails":[{"modality":"IMAGE","tokenCount":9}]}}""", "{")
        { Model = Profile(All & ~ModelParameters.ImageCount & ~ModelParameters.ImageMask) },
        ["imagen"] = new(ImagenImages.Write, ImagenImages.Read, $$"""{"predictions":[{"mimeType":"image/jpeg","bytesBase64Encoded":"{{Text}}"}]}""", "{") { Model = Profile(ModelParameters.ImageCount | ModelParameters.ImageFormat) },
        ["amazon"] = new(AmazonImages.Write, BedrockImageReply.Read, $$"""{"images":["{{Text}}"],"maskImage":null,"error":null}""", "{"),
        ["stability"] = new(StabilityImages.Write, BedrockImageReply.Read, $$"""{"seeds":[2130420379],"finish_reasons":[null],"images":["{{Text}}"]}""", "{") { Model = Profile(All & ~ModelParameters.ImageCount) },
    };

    public static TheoryData<string> Names => [.. Dialects.Keys];

    public static ModelProfile Profile(ModelParameters parameters, int quirks = 0) => new("test", "m") { Parameters = parameters, Quirks = quirks };

    /// <summary>Writes a request, and says what was left out of it.</summary>
    public static string Body(string dialect, ImageRequest request, out List<string>? notes, ModelProfile? model = null)
    {
        Row row = Dialects[dialect];
        var body = new RequestWriter();
        AttemptFailure? failure = row.Write(request, body, Encoding.UTF8.GetBytes(row.Prefix), model ?? row.Model);
        Assert.Null(failure?.Message);
        notes = body.Notes;
        return Encoding.UTF8.GetString(body.WrittenMemory.Span).TrimEnd();
    }

    public static string Refused(string dialect, ImageRequest request, ModelProfile? model = null)
    {
        Row row = Dialects[dialect];
        AttemptFailure? failure = row.Write(request, new RequestWriter(), Encoding.UTF8.GetBytes(row.Prefix), model ?? row.Model);
        Assert.Equal(FailureKind.Unsupported, failure?.Kind);
        return failure!.Message;
    }

    public static AttemptFailure? Read(string dialect, string body, out ImageResults images) => Read(dialect, Encoding.UTF8.GetBytes(body), out images);

    public static AttemptFailure? Read(string dialect, ReadOnlySpan<byte> body, out ImageResults images)
    {
        images = new ImageResults();
        return Dialects[dialect].Read(body, images);
    }

    public static ImageRequest Edit(MediaFile? mask = null, int images = 1) =>
        new("Blue") { Images = [.. Enumerable.Range(0, images).Select(_ => MediaFile.FromBytes(new byte[] { 1, 2, 3 }, "image/png"))], Mask = mask };
}
