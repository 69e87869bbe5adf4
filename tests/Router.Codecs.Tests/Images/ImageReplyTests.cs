using System.Text;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Images;

/// <summary>Answers with images: what is read of them, and that no bytes make a wrong image.</summary>
public class ImageReplyTests
{
    [Theory]
    [MemberData(nameof(ImageWire.Names), MemberType = typeof(ImageWire))]
    public void An_image_and_its_tokens_are_read(string dialect)
    {
        Assert.Null(ImageWire.Read(dialect, ImageWire.Dialects[dialect].Answer, out ImageResults results));
        GeneratedImage image = Assert.Single(results.Images);
        Assert.Equal(ImageWire.Bytes, image.Data.ToArray());
        Assert.Equal("image/jpeg", image.MediaType);
        Assert.Empty(results.Withheld);
        if (dialect is not ("gpt-image" or "gemini")) Assert.Null(results.Usage);
        else Assert.Equal((7L, 9L, 9L), (results.Usage!.InputTokenCount!.Value, results.Usage.OutputTokenCount!.Value, results.Usage.AdditionalCounts![UsageCounts.ImageOutput]));
        if (dialect is "gpt-image") Assert.Equal(3, results.Usage!.AdditionalCounts![UsageCounts.ImageInput]);
        Assert.Equal(dialect is "compatible" ? "A blue kite" : null, image.RevisedPrompt);
    }

    [Theory]
    [MemberData(nameof(ImageWire.Names), MemberType = typeof(ImageWire))]
    public void An_answer_cut_anywhere_is_none(string dialect)
    {
        byte[] whole = Encoding.UTF8.GetBytes(ImageWire.Dialects[dialect].Answer);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Equal(FailureKind.InvalidResponse, ImageWire.Read(dialect, whole.AsSpan(0, length), out _)?.Kind);
        }
    }

    [Theory]
    [MemberData(nameof(ImageWire.Names), MemberType = typeof(ImageWire))]
    public void A_mutated_answer_is_an_answer_or_a_failure(string dialect)
    {
        byte[] whole = Encoding.UTF8.GetBytes(ImageWire.Dialects[dialect].Answer);
        var random = new Random(20261130);
        int failed = 0;
        for (int i = 0; i < 2000; i++)
        {
            if (ImageWire.Read(dialect, Mutation.Of(whole, random), out ImageResults results) is null && results.Images.Count > 0) Assert.All(results.Images, image => Assert.False(image.HasData && image.Data.IsEmpty));
            else failed++;
        }

        Assert.InRange(failed, 1, 1999); // Both ways were gone.
    }

    [Theory]
    [InlineData("compatible", """{"data":[{"b64_json":7}]}""")]
    [InlineData("compatible", """{"data":[{"b64_json":"????"}]}""")]
    [InlineData("compatible", """{"data":[{"b64_json":"AQI"}]}""")]
    [InlineData("compatible", """{"data":[{"url":"no address"}]}""")]
    [InlineData("compatible", """{"data":[7]}""")]
    [InlineData("compatible", """{"data":null}""")]
    [InlineData("compatible", "[]")]
    [InlineData("compatible", "<html>")]
    [InlineData("compatible", """{"created":1}""")]
    [InlineData("gemini", "{}")]
    [InlineData("gemini", """{"candidates":[{"content":{"parts":[{"inlineData":{"data":"A"}}]}}]}""")]
    [InlineData("imagen", """{"predictions":[{"bytesBase64Encoded":{}}]}""")]
    [InlineData("amazon", """{"seeds":[1]}""")]
    [InlineData("amazon", """{"images":[{}]}""")]
    public void What_holds_no_image_is_no_answer(string dialect, string body) => Assert.Equal(FailureKind.InvalidResponse, ImageWire.Read(dialect, body, out _)?.Kind);

    [Theory]
    [InlineData("compatible", """{"data":[{"error":{"code":"content_filter","message":"It was filtered."}},{"b64_json":"AQID"}]}""", "It was filtered.", 1)]
    [InlineData("compatible", """{"data":[{"finish_reason":"CONTENT_FILTERED","b64_json":""}]}""", "CONTENT_FILTERED", 0)]
    [InlineData("compatible", """{"data":[{}]}""", "The provider sent neither the bytes of an image nor its address.", 0)]
    [InlineData("gemini", """{"candidates":[{"finishReason":"IMAGE_SAFETY","finishMessage":"Try again."}]}""", "IMAGE_SAFETY: Try again.", 0)]
    [InlineData("imagen", """{"predictions":[{"raiFilteredReason":"Unsafe."},{"bytesBase64Encoded":"AQID","mimeType":"image/png"}]}""", "Unsafe.", 1)]
    [InlineData("amazon", """{"images":["AQID"],"error":"One was blocked."}""", "One was blocked.", 1)]
    [InlineData("stability", """{"finish_reasons":["Filter reason: prompt"]}""", "Filter reason: prompt", 0)]
    public void What_a_filter_withholds_is_noted(string dialect, string body, string reason, int images)
    {
        Assert.Null(ImageWire.Read(dialect, body, out ImageResults results));
        Assert.Equal([reason], results.Withheld);
        Assert.Equal(images, results.Images.Count);
    }

    [Theory]
    [InlineData("compatible", """{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}""", FailureKind.RateLimited)]
    [InlineData("gemini", """{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}}""", FailureKind.ContentFiltered)]
    [InlineData("stability", """{"finish_reasons":["Inference error"],"images":[]}""", FailureKind.ServerError)]
    public void A_failure_inside_a_success_is_the_failure(string dialect, string body, FailureKind kind) => Assert.Equal(kind, ImageWire.Read(dialect, body, out _)?.Kind);

    [Fact]
    public void An_address_stays_one_and_a_data_URI_is_the_image()
    {
        Assert.Null(ImageWire.Read("compatible", """{"data":[{"url":"https:\/\/images.example\/1.png"},{"url":"data:image/png;base64,AQID"}]}""", out ImageResults results));
        Assert.Equal(("https://images.example/1.png", false), (results.Images[0].Uri?.ToString(), results.Images[0].HasData));
        Assert.Equal([1, 2, 3], results.Images[1].Data.ToArray());
    }

    [Fact]
    public void A_draft_of_a_thought_is_no_image()
    {
        const string Body = """{"candidates":[{"content":{"parts":[{"thought":true,"inlineData":{"mimeType":"image/png","data":"AQ=="}},{"inlineData":{"mimeType":"image/png","data":"AQID"}}]}}]}""";
        Assert.Null(ImageWire.Read("gemini", Body, out ImageResults results));
        Assert.Equal([1, 2, 3], Assert.Single(results.Images).Data.ToArray());
    }

    [Theory]
    [InlineData("gpt-image", "/")]
    [InlineData("gpt-image", "\\/")]
    [InlineData("gemini", "/")]
    [InlineData("amazon", "/")]
    public void An_image_costs_its_own_bytes_and_little_more(string dialect, string slash)
    {
        byte[] image = new byte[3_000_000];
        new Random(1).NextBytes(image);
        byte[] body = Encoding.UTF8.GetBytes(ImageWire.Dialects[dialect].Answer.Replace("/9j/AQID+/8=", Convert.ToBase64String(image).Replace("/", slash, StringComparison.Ordinal), StringComparison.Ordinal));
        Assert.Null(ImageWire.Read(dialect, body, out _)); // compiled, and buffers rented

        long before = GC.GetAllocatedBytesForCurrentThread();
        ImageWire.Read(dialect, body, out ImageResults results);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(image, results.Images[0].Data.ToArray());
        Assert.InRange(allocated, image.Length, (long)(image.Length * 1.05));
    }
}
