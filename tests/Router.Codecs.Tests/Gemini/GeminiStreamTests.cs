using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Gemini;

/// <summary>Streams: each event a chunk of the answer, without a terminator.</summary>
public class GeminiStreamTests
{
    internal static readonly string[] Golden =
    [
        """{"candidates":[{"content":{"parts":[{"text":"Let me see.","thought":true}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":10,"totalTokenCount":17,"thoughtsTokenCount":7},"modelVersion":"gemini-3.8-flash","responseId":"r1"}""",
        """{"candidates":[{"content":{"parts":[{"text":"Kö"}],"role":"model"},"index":0}],"modelVersion":"gemini-3.8-flash","responseId":"r1"}""",
        """{"candidates":[{"content":{"parts":[{"text":"ln: "},{"functionCall":{"name":"weather","args":{"city":"Köln"},"id":"fc1"},"thoughtSignature":"c2ln"}],"role":"model"},"index":0}],"responseId":"r1"}""",
        """{"candidates":[{"content":{"parts":[{"functionCall":{"name":"time","args":{}}}],"role":"model"},"index":0}],"responseId":"r1"}""",
        """{"candidates":[{"content":{"parts":[{"text":"","thoughtSignature":"bGFzdA=="}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":22,"thoughtsTokenCount":7},"modelVersion":"gemini-3.8-flash","responseId":"r1"}""",
    ];

    private static void AssertGolden(IEnumerable<ChatResponseUpdate> updates)
    {
        ChatResponse response = updates.ToChatResponse();
        Assert.Equal(("Köln: ", "r1", "gemini-3.8-flash", ChatFinishReason.ToolCalls), (response.Text, response.ResponseId, response.ModelId, response.FinishReason!.Value));
        FunctionCallContent[] calls = [.. response.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>()];
        Assert.Equal(["fc1", "call_2"], calls.Select(static call => call.CallId));
        Assert.Equal("Köln", calls[0].Arguments!["city"]!.ToString());
        Assert.Equal("Let me see.", Assert.Single(response.Messages.SelectMany(static message => message.Contents).OfType<TextReasoningContent>(), static thoughts => thoughts.Text.Length > 0).Text);
        Assert.Equal((10, 12), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
    }

    [Fact]
    public void Texts_thoughts_and_calls_are_handed_on_as_they_come()
    {
        List<ChatResponseUpdate> updates = GeminiWire.Stream(Golden);
        Assert.Equal(6, updates.Count);
        Assert.Null(updates[^2].FinishReason);
        AssertGolden(updates);
    }

    [Fact]
    public async Task A_stream_may_be_split_anywhere()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Golden.Select(static data => $"data: {data}\r\n\r\n")));
        for (int split = 0; split <= bytes.Length; split++)
        {
            using StreamEventReader events = GeminiWire.Framing.Open(new SplitStream(bytes, split), default);
            var decoder = new GeminiStream(GeminiWire.Asked, GeminiWire.Model);
            var updates = new List<ChatResponseUpdate>();
            while (await events.FillAsync(async: true, TestContext.Current.CancellationToken)) TakeAll(events, decoder, updates);
            Assert.True(decoder.IsFinished);
            decoder.End(out ChatResponseUpdate? last, out _);
            AssertGolden([.. updates, last!]);
        }
    }

    private static void TakeAll(StreamEventReader events, GeminiStream decoder, List<ChatResponseUpdate> updates)
    {
        while (events.TryRead(out StreamEvent next))
        {
            Assert.NotEqual(StreamSignal.Failed, decoder.Read(next.Type, next.Data, out ChatResponseUpdate? update, out _));
            if (update is not null) updates.Add(update);
        }
    }

    [Fact]
    public void A_stream_without_a_reason_to_stop_is_not_finished()
    {
        var decoder = new GeminiStream(GeminiWire.Asked, GeminiWire.Model);
        foreach (string data in Golden[..^1]) decoder.Read(default, Encoding.UTF8.GetBytes(data), out _, out _);
        Assert.False(decoder.IsFinished);
        Assert.Equal(17, decoder.UsageSoFar!.TotalTokenCount);
    }

    [Fact]
    public void Usage_may_come_behind_the_reason()
    {
        List<ChatResponseUpdate> updates = GeminiWire.Stream(GeminiWire.Answer("""{"text":"Hi"}"""), """{"usageMetadata":{"promptTokenCount":1,"candidatesTokenCount":2}}""");
        Assert.Equal(3, updates.ToChatResponse().Usage!.TotalTokenCount);
    }

    [Fact]
    public void A_terminator_of_a_gateways_ends_it_too()
    {
        var decoder = new GeminiStream(GeminiWire.Asked, GeminiWire.Model);
        Assert.Equal(StreamSignal.Failed, new GeminiStream(GeminiWire.Asked, GeminiWire.Model).Read(default, "[DONE]"u8, out _, out _));
        decoder.Read(default, Encoding.UTF8.GetBytes(GeminiWire.Answer("""{"text":"Hi"}""")), out _, out _);
        Assert.Equal(StreamSignal.Completed, decoder.Read(default, "[DONE]"u8, out ChatResponseUpdate? last, out _));
        Assert.Equal(ChatFinishReason.Stop, last!.FinishReason);
        Assert.Equal(StreamSignal.Continue, decoder.Read(default, "{"u8, out _, out _));
    }

    [Fact]
    public void An_array_is_a_stream_at_once() =>
        Assert.Equal("Hello", GeminiWire.Stream($"[{GeminiWire.Chunk("""{"text":"Hel"}""")},\n{GeminiWire.Answer("""{"text":"lo"}""")}]").ToChatResponse().Text);

    [Fact]
    public void A_chunk_without_contents_shows_that_the_model_is_at_work()
    {
        var decoder = new GeminiStream(GeminiWire.Asked, GeminiWire.Model);
        Assert.Equal(StreamSignal.Continue, decoder.Read(default, """{"usageMetadata":{"promptTokenCount":1}}"""u8, out _, out _));
        Assert.Equal(StreamSignal.Progress, decoder.Read(default, """{"candidates":[{"content":{"parts":[{"text":""}]}}]}"""u8, out _, out _));
        Assert.Equal(StreamSignal.Continue, decoder.Read(default, " "u8, out _, out _));
    }

    [Theory]
    [InlineData("""{"error":{"code":503,"status":"UNAVAILABLE","message":"The model is overloaded."}}""", FailureKind.Overloaded)]
    [InlineData("""[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"Quota","details":[{"retryDelay":"3s"}]}}]""", FailureKind.RateLimited)]
    [InlineData("""{"error":{"status":"INTERNAL"}}""", FailureKind.ServerError)]
    [InlineData("""{"error":{}}""", FailureKind.InvalidResponse)]
    [InlineData("""{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL"}]}""", FailureKind.InvalidResponse)]
    [InlineData("""{"candidates":[{"content":{"parts":[{"functionCall":{}}]}}]}""", FailureKind.InvalidResponse)]
    [InlineData("<html>", FailureKind.InvalidResponse)]
    [InlineData("5", FailureKind.InvalidResponse)]
    public void A_failure_ends_a_stream_at_any_place(string data, FailureKind kind)
    {
        Assert.Equal(kind, GeminiWire.Broken(data).Kind);
        Assert.Equal(kind, GeminiWire.Broken(GeminiWire.Chunk("""{"text":"Hi"}"""), data).Kind);
    }

    [Theory]
    [InlineData("""{"candidates":[{"finishReason":"SAFETY"}]}""")]
    [InlineData("""{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"}}""")]
    public void A_filter_withholds_all_or_the_rest(string data)
    {
        Assert.Equal(FailureKind.ContentFiltered, GeminiWire.Broken(data).Kind);
        Assert.Equal(FailureKind.ContentFiltered, GeminiWire.Broken(GeminiWire.Chunk("""{"text":"","thoughtSignature":"S"}"""), data).Kind);
        ChatResponse cut = GeminiWire.Stream(GeminiWire.Chunk("""{"text":"Once"}"""), data).ToChatResponse();
        Assert.Equal(("Once", ChatFinishReason.ContentFilter), (cut.Text, cut.FinishReason!.Value));
    }

    /// <summary>Gives its bytes in two pieces.</summary>
    private sealed class SplitStream(byte[] bytes, int split) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, (int)Math.Min(count, (Position < split ? split : Length) - Position));
    }
}
