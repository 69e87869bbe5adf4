using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>What requests cost to write, and what is too large to be written: in each dialect.</summary>
public class RequestSizeTests
{
    private const int Megabyte = 1 << 20;

    // What a request may allocate beside its body: notes, lists of contents, a schema's reader.
    private const int Small = 64 * 1024;

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void A_text_of_a_megabyte_goes_straight_into_the_body(string dialect) =>
        AssertStraight(dialect, new ChatMessage(ChatRole.User, new string('x', Megabyte)), Megabyte);

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void An_image_of_a_megabyte_is_encoded_straight_into_the_body(string dialect) =>
        AssertStraight(dialect, new ChatMessage(ChatRole.User, [new TextContent("Look"), Data(Megabyte, "image/png")]), Megabyte / 3 * 4);

    [Theory]
    [InlineData("openai", "application/pdf")]
    [InlineData("openai", "audio/wav")]
    [InlineData("responses", "application/pdf")]
    [InlineData("anthropic", "application/pdf")]
    [InlineData("anthropic", "text/plain")]
    [InlineData("gemini", "application/pdf")]
    [InlineData("gemini", "audio/wav")]
    [InlineData("bedrock", "application/pdf")]
    public void A_file_of_a_megabyte_is_encoded_straight_into_the_body(string dialect, string mediaType) =>
        AssertStraight(dialect, new ChatMessage(ChatRole.User, [new TextContent("Look"), Data(Megabyte, mediaType)]), Megabyte);

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void A_first_request_of_a_megabyte_allocates_its_growing_buffer_alone(string dialect)
    {
        var image = new ChatRequest([new ChatMessage(ChatRole.User, [Data(Megabyte, "image/png")])], options: null, isStreaming: false);
        var text = new ChatRequest([new ChatMessage(ChatRole.User, new string('x', Megabyte))], options: null, isStreaming: false);
        Assert.Null(CodecWire.Write(dialect, image, out _)); // Whatever a first call makes once.

        // A buffer that doubles: the last is up to twice the body, and those before it are as much again.
        Assert.InRange(Allocated(dialect, image, new RequestWriter()), Megabyte, 4 * (Megabyte / 3 * 4) + Small);
        Assert.InRange(Allocated(dialect, text, new RequestWriter()), Megabyte, 4 * Megabyte + Small); // Twice a copy of the text.
    }

    // The largest that is taken, and one byte more. A dialect without a row takes any size.
    [Theory]
    [InlineData("openai", "image/png", 50 * Megabyte)]
    [InlineData("responses", "image/png", 50 * Megabyte)]
    [InlineData("openai", "application/pdf", 50 * Megabyte)]
    [InlineData("responses", "application/pdf", 50 * Megabyte)]
    [InlineData("anthropic", "image/png", 15 * Megabyte / 2)]
    [InlineData("anthropic", "application/pdf", 24 * Megabyte)]
    [InlineData("gemini", "application/pdf", 50 * Megabyte)]
    [InlineData("gemini", "image/png", 75 * Megabyte)]
    [InlineData("bedrock", "image/png", 15 * Megabyte / 4)]
    [InlineData("bedrock", "text/csv", 9 * Megabyte / 2)]
    [InlineData("bedrock", "application/pdf", 25 * Megabyte)]
    [InlineData("bedrock", "video/mp4", 25 * Megabyte)]
    [InlineData("cohere", "image/png", 20 * Megabyte)]
    public void What_is_larger_than_the_API_takes_is_refused_with_its_size(string dialect, string mediaType, int largest)
    {
        ChatMessage Asking(int bytes) => new(ChatRole.User, [new TextContent("Look"), Data(bytes, mediaType)]);

        string refused = CodecWire.Refused(dialect, null, Asking(largest + 3));

        Assert.Contains("MB", refused);
        Assert.NotNull(CodecWire.Request(dialect, [Asking(largest - 3)], out _));
    }

    [Fact]
    public void Models_that_take_no_large_document_behind_Converse_refuse_it() => Assert.Equal(
        "The Converse API takes no document of more than 4.5 MB, and one of type 'application/pdf' has 5 MB.",
        CodecWire.Refused("bedrock", ModelCapabilities.Documents, new ChatMessage(ChatRole.User, [new TextContent("Look"), Data(5 * Megabyte, "application/pdf")])));

    [Theory]
    [InlineData("openai", 14)]
    [InlineData("responses", 14)]
    [InlineData("anthropic", 4)]
    [InlineData("gemini", 3)]
    [InlineData("cohere", 2)]
    public void Many_are_refused_that_are_too_large_together(string dialect, int count)
    {
        byte[] shared = new byte[dialect is "anthropic" ? 7 * Megabyte : dialect is "cohere" ? 12 * Megabyte : 30 * Megabyte];

        string refused = CodecWire.Refused(dialect, null, new ChatMessage(ChatRole.User, [.. Enumerable.Range(0, count).Select(_ => new DataContent(shared, "image/png"))]));

        Assert.Contains("in a request", refused);
    }

    [Theory]
    [InlineData("anthropic")]
    [InlineData("bedrock")]
    public void An_earlier_image_that_is_too_large_is_left_out(string dialect)
    {
        var earlier = new ChatMessage(ChatRole.User, [new TextContent("Look"), Data(8 * Megabyte, "image/png")]);

        string messages = CodecWire.Messages(dialect, earlier, new ChatMessage(ChatRole.Assistant, "Nice."), new ChatMessage(ChatRole.User, "Thanks"));

        Assert.Contains("[image/png, not shown]", messages);
    }

    [Fact]
    public void A_text_that_JSON_cannot_hold_in_one_piece_is_refused() => Assert.Equal(
        "A text of 166666667 characters is too long for a request.",
        CodecSizes.None.ProblemOf([new ChatMessage(ChatRole.User, new string('x', 166_666_667))]));

    private static DataContent Data(int bytes, string mediaType) => new(new byte[bytes], mediaType);

    private static void AssertStraight(string dialect, ChatMessage message, int least)
    {
        var request = new ChatRequest([message], options: null, isStreaming: false);
        Assert.Null(CodecWire.Write(dialect, request, out RequestWriter body)); // The buffer is pooled: from now on it is large enough.
        Assert.True(body.WrittenMemory.Length >= least);
        body.Clear();

        long allocated = Allocated(dialect, request, body);

        Assert.True(allocated < Small, $"{allocated:n0} bytes were allocated.");
    }

    private static long Allocated(string dialect, ChatRequest request, RequestWriter body)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        AttemptFailure? failure = CodecWire.Write(dialect, request, body);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Null(failure);
        return allocated;
    }
}
