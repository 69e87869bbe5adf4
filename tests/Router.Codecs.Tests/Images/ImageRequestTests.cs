using System.Drawing;
using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Images;

/// <summary>What requests for images look like.</summary>
public class ImageRequestTests
{
    private static readonly ImageGenerationOptions Many = new() { Count = 2, ImageSize = new Size(1536, 1024), MediaType = "image/webp" };

    private static MediaFile Mask => MediaFile.FromBytes(new byte[] { 9 }, "image/png");

    [Theory]
    [InlineData("gpt-image", """{"model":"m","prompt":"A \"red\" kite é"}""")]
    [InlineData("compatible", """{"model":"m","prompt":"A \"red\" kite é","response_format":"b64_json"}""")]
    [InlineData("xai", """{"model":"m","prompt":"A \"red\" kite é","response_format":"b64_json"}""")]
    [InlineData("together", """{"model":"m","prompt":"A \"red\" kite é","response_format":"base64"}""")]
    [InlineData("gemini", """{"contents":[{"role":"user","parts":[{"text":"A \"red\" kite é"}]}],"generationConfig":{"responseModalities":["IMAGE"],"imageConfig":{}}}""")]
    [InlineData("imagen", """{"instances":[{"prompt":"A \"red\" kite é"}],"parameters":{"sampleCount":1}}""")]
    [InlineData("amazon", """{"taskType":"TEXT_IMAGE","textToImageParams":{"text":"A \"red\" kite é"},"imageGenerationConfig":{"numberOfImages":1}}""")]
    [InlineData("stability", """{"prompt":"A \"red\" kite é"}""")]
    public void A_prompt_is_written_in_the_dialects_own_words(string dialect, string expected)
    {
        Assert.Equal(expected, ImageWire.Body(dialect, new ImageRequest("A \"red\" kite é"), out List<string>? notes));
        Assert.Null(notes);
    }

    [Theory]
    [InlineData("gpt-image", """{"model":"m","prompt":"A kite","n":2,"size":"1536x1024","output_format":"webp"}""", null)]
    [InlineData("compatible", """{"model":"m","prompt":"A kite","n":2,"size":"1536x1024","output_format":"webp","response_format":"b64_json"}""", null)]
    [InlineData("xai", """{"model":"m","prompt":"A kite","n":2,"aspect_ratio":"3:2","output_format":"webp","response_format":"b64_json"}""", "size: the ratio 3:2 in its place")]
    [InlineData("together", """{"model":"m","prompt":"A kite","n":2,"width":1536,"height":1024,"output_format":"webp","response_format":"base64"}""", null)]
    [InlineData("imagen", """{"instances":[{"prompt":"A kite"}],"parameters":{"sampleCount":2,"aspectRatio":"4:3","outputOptions":{"mimeType":"image/webp"}}}""", "size: the ratio 4:3 in its place")]
    [InlineData("amazon", """{"taskType":"TEXT_IMAGE","textToImageParams":{"text":"A kite"},"imageGenerationConfig":{"numberOfImages":2,"width":1536,"height":1024}}""", null)]
    [InlineData("stability", """{"prompt":"A kite","aspect_ratio":"3:2","output_format":"webp"}""", "n: left out; size: the ratio 3:2 in its place")]
    public void Number_size_and_format_are_asked_for_where_they_can_be(string dialect, string expected, string? left)
    {
        Assert.Equal(expected, ImageWire.Body(dialect, new ImageRequest("A kite", Many), out List<string>? notes));
        Assert.Equal(left, notes is null ? null : string.Join("; ", notes));
    }

    [Theory]
    [MemberData(nameof(ImageWire.Names), MemberType = typeof(ImageWire))]
    public void What_a_model_does_not_take_is_left_out_and_noted(string dialect)
    {
        ModelProfile model = ImageWire.Profile(ModelParameters.None, ImageWire.Dialects[dialect].Model.Quirks);
        string body = ImageWire.Body(dialect, new ImageRequest("A kite", Many, isStreaming: true), out List<string>? notes, model);
        Assert.DoesNotContain("1536", body, StringComparison.Ordinal);
        Assert.DoesNotContain("webp", body, StringComparison.Ordinal);
        Assert.DoesNotContain("stream", body, StringComparison.Ordinal);
        Assert.Contains("n: left out", notes!);
        Assert.Contains("output_format: left out", notes!);
        Assert.Contains(notes!, note => note.StartsWith("size: ", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ImageWire.Names), MemberType = typeof(ImageWire))]
    public void A_model_that_cannot_change_images_is_not_asked_to(string dialect)
    {
        Assert.Contains("cannot change images", ImageWire.Refused(dialect, ImageWire.Edit(), ImageWire.Profile(ModelParameters.None)), StringComparison.Ordinal);
        if (dialect is not "imagen") Assert.Contains("takes no mask", ImageWire.Refused(dialect, ImageWire.Edit(Mask), ImageWire.Profile(ModelParameters.ImageEdits)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xai", 1, """{"model":"m","prompt":"Blue","image":{"url":"data:image/png;base64,AQID","type":"image_url"},"response_format":"b64_json"}""")]
    [InlineData("xai", 2, """{"model":"m","prompt":"Blue","images":[{"url":"data:image/png;base64,AQID","type":"image_url"},{"url":"data:image/png;base64,AQID","type":"image_url"}],"response_format":"b64_json"}""")]
    [InlineData("gemini", 1, """{"contents":[{"role":"user","parts":[{"text":"Blue"},{"inlineData":{"mimeType":"image/png","data":"AQID"}}]}],"generationConfig":{"responseModalities":["IMAGE"],"imageConfig":{}}}""")]
    [InlineData("amazon", 2, """{"taskType":"IMAGE_VARIATION","imageVariationParams":{"text":"Blue","images":["AQID","AQID"]},"imageGenerationConfig":{"numberOfImages":1}}""")]
    [InlineData("stability", 1, """{"prompt":"Blue","image":"AQID","mode":"image-to-image","strength":0.7}""")]
    public void Images_to_change_go_along_in_the_dialects_own_words(string dialect, int count, string expected) => Assert.Equal(expected, ImageWire.Body(dialect, ImageWire.Edit(images: count), out _));

    [Theory]
    [InlineData("amazon", """{"taskType":"INPAINTING","inPaintingParams":{"text":"Blue","image":"AQID","maskImage":"CQ=="},"imageGenerationConfig":{"numberOfImages":1}}""")]
    [InlineData("stability", """{"prompt":"Blue","image":"AQID","mask":"CQ=="}""")]
    public void A_mask_goes_along(string dialect, string expected) => Assert.Equal(expected, ImageWire.Body(dialect, ImageWire.Edit(Mask), out _));

    [Theory]
    [InlineData(1, "image", "gpt-image")]
    [InlineData(2, "image[]", "gpt-image")]
    [InlineData(1, "image", "compatible")]
    public void OpenAI_gets_images_to_change_as_a_form(int count, string field, string dialect)
    {
        string body = ImageWire.Body(dialect, ImageWire.Edit(Mask, count), out _);
        string[] names = [.. body.Split("\r\n").Where(line => line.StartsWith("Content-Disposition", StringComparison.Ordinal)).Select(line => line.Split('"')[1])];
        IEnumerable<string> expected = ["model", "prompt", .. Enumerable.Repeat(field, count), "mask"];
        Assert.Equal(dialect is "gpt-image" ? expected : expected.Append("response_format"), names);
    }

    [Fact]
    public void A_form_has_the_options_and_what_the_caller_adds_once()
    {
        var options = new ImageGenerationOptions { Count = 3, AdditionalProperties = new() { ["quality"] = "high", ["output_compression"] = 80, ["style"] = "vivid" } };
        var request = new ImageRequest("Blue", options, isStreaming: true) { Images = ImageWire.Edit().Images, RawSource = static () => """{"n":4,"quality":"low","prompt":"other","extra":{"a":1}}""" };
        string body = ImageWire.Body("gpt-image", request, out List<string>? notes);
        foreach (string field in (string[])["n\"\r\n\r\n4\r\n", "quality\"\r\n\r\nlow\r\n", "output_compression\"\r\n\r\n80\r\n", "stream\"\r\n\r\ntrue\r\n", "extra\"\r\n\r\n{\"a\":1}\r\n", "prompt\"\r\n\r\nBlue\r\n"])
        {
            Assert.Equal(1, body.Split("name=\"" + field).Length - 1);
        }

        Assert.Equal(["style: left out", "RawRepresentationFactory: 'prompt' is left out, since the router decides it"], notes);
    }

    [Theory]
    [InlineData("gpt-image", "\"stream\":true,\"partial_images\":2")]
    [InlineData("gemini", "generationConfig")] // Without streams, a whole answer is asked for.
    public void A_stream_is_asked_for_where_there_is_one(string dialect, string expected)
    {
        string body = ImageWire.Body(dialect, new ImageRequest("A kite", new ImageGenerationOptions { StreamingCount = 2 }, isStreaming: true), out _);
        Assert.Contains(expected, body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpt-image", "quality", "high", "negativeText: left out; style: left out")]
    [InlineData("compatible", "negative_prompt", "rain", "negativeText: left out")]
    [InlineData("xai", "resolution", "2k", "negativeText: left out; style: left out")]
    [InlineData("gemini", "aspectRatio", "21:9", "negativeText: left out; style: left out")]
    [InlineData("imagen", "personGeneration", "dont_allow", "negativeText: left out; style: left out")]
    [InlineData("stability", "negative_prompt", "rain", "negativeText: left out; style: left out")]
    public void Additional_properties_go_along_where_the_API_knows_them(string dialect, string name, string value, string left)
    {
        var options = new ImageGenerationOptions { AdditionalProperties = new() { [name] = value, ["negativeText"] = "rain", ["style"] = "vivid", ["routergen.x"] = 1 } };
        string body = ImageWire.Body(dialect, new ImageRequest("A kite", options), out List<string>? notes);
        Assert.Contains($"\"{name}\":\"{value}\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("routergen", body, StringComparison.Ordinal);
        Assert.Equal(left, string.Join("; ", notes!));
    }

    [Fact]
    public void Amazon_has_properties_of_the_task_and_of_the_configuration()
    {
        var options = new ImageGenerationOptions { AdditionalProperties = new() { ["negativeText"] = "rain", ["quality"] = "premium", ["seed"] = 7 } };
        Assert.Equal(
            """{"taskType":"TEXT_IMAGE","textToImageParams":{"text":"A kite","negativeText":"rain"},"imageGenerationConfig":{"numberOfImages":1,"quality":"premium","seed":7}}""",
            ImageWire.Body("amazon", new ImageRequest("A kite", options), out _));
    }

    [Theory]
    [InlineData("gpt-image", ImageGenerationResponseFormat.Uri, null)]
    [InlineData("gemini", ImageGenerationResponseFormat.Uri, null)]
    [InlineData("compatible", (ImageGenerationResponseFormat)2, "b64_json")] // Hosted, which is experimental
    [InlineData("compatible", ImageGenerationResponseFormat.Uri, "url")]
    [InlineData("together", ImageGenerationResponseFormat.Uri, "url")]
    public void Addresses_are_asked_for_where_there_are_any(string dialect, ImageGenerationResponseFormat format, string? sent)
    {
        string body = ImageWire.Body(dialect, new ImageRequest("A kite", new ImageGenerationOptions { ResponseFormat = format }), out List<string>? notes);
        Assert.Equal(sent is not null, body.Contains($"\"response_format\":\"{sent}\"", StringComparison.Ordinal));
        Assert.Equal(sent is "url" ? null : "response_format: left out, images come as data", notes?.Single());
    }

    [Theory]
    [InlineData(1024, 1024, null)]
    [InlineData(2048, 2048, "2K")]
    [InlineData(4096, 4096, "4K")]
    public void Gemini_names_sizes_above_the_usual_one(int width, int height, string? name)
    {
        string body = ImageWire.Body("gemini", new ImageRequest("A kite", new ImageGenerationOptions { ImageSize = new Size(width, height) }), out _);
        Assert.Contains("\"aspectRatio\":\"1:1\"", body, StringComparison.Ordinal);
        Assert.Equal(name is not null, body.Contains($"\"imageSize\":\"{name}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_raw_representation_is_joined_and_does_not_decide_what_the_router_decides()
    {
        var request = new ImageRequest("A kite") { RawSource = static () => """{"user":"u1","prompt":"other","n":3}""" };
        Assert.Equal("""{"model":"m","prompt":"A kite","user":"u1","n":3}""", ImageWire.Body("gpt-image", request, out List<string>? notes));
        Assert.Single(notes!);
    }

    [Fact]
    public void A_large_image_is_written_whole()
    {
        byte[] bytes = [.. Enumerable.Range(0, 200_001).Select(n => (byte)(n * 7))];
        var request = new ImageRequest("Blue") { Images = [MediaFile.FromBytes(bytes, "image/png")] };
        Assert.Contains("\"" + Convert.ToBase64String(bytes) + "\"", ImageWire.Body("stability", request, out _), StringComparison.Ordinal);
    }
}
