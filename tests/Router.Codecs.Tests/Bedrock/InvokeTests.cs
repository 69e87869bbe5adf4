using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.AnthropicMessages;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.Bedrock.EventStreamFrames;

namespace RouterGen.Codecs.Tests.Bedrock;

/// <summary>Claude by InvokeModel: Anthropic's bodies, in frames and with Bedrock's errors.</summary>
public class InvokeTests
{
    private static readonly BedrockAnthropicCodec<Haiku> Codec = new();

    private static readonly string[] Events =
    [
        """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku","content":[],"usage":{"input_tokens":10,"output_tokens":1}}}""",
        """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello 😀"}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}}""",
        """{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":10,"outputTokenCount":7,"invocationLatency":9,"firstByteLatency":3}}""",
    ];

    [Fact]
    public void The_model_and_whether_to_stream_are_in_the_path()
    {
        Assert.Equal("/model/anthropic.claude-haiku-4-5-20251001-v1%3A0/invoke", Codec.PathFor(streaming: false));
        Assert.Equal("/model/anthropic.claude-haiku-4-5-20251001-v1%3A0/invoke-with-response-stream", Codec.PathFor(streaming: true));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_body_begins_with_the_version_and_says_neither_model_nor_stream(bool streaming) => Assert.Equal(
        """{"anthropic_version":"bedrock-2023-05-31","max_tokens":4096,"messages":[{"role":"user","content":"Hello"}]}""", Body(null, streaming));

    [Fact]
    public void Betas_are_an_additional_property()
    {
        var options = new ChatOptions { AdditionalProperties = new() { ["anthropic_beta"] = new[] { "context-1m-2025-08-07" }, ["anthropic_version"] = "x", ["stream"] = true } };

        Assert.Equal(
            """{"anthropic_version":"bedrock-2023-05-31","max_tokens":4096,"messages":[{"role":"user","content":"Hello"}],"anthropic_beta":["context-1m-2025-08-07"]}""", Body(options));
    }

    [Fact]
    public void An_answer_is_Anthropics()
    {
        byte[] body = """{"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku","content":[{"type":"text","text":"Hello"}],"stop_reason":"end_turn","usage":{"input_tokens":10,"output_tokens":7}}"""u8.ToArray();

        Assert.Null(Codec.ReadReply(AnthropicWire.Asked, body, out RoutedResponse? reply));
        Assert.Equal(("Hello", 7), (reply!.Text, reply.Usage!.OutputTokenCount));
    }

    [Fact]
    public void A_stream_is_the_same_wherever_it_is_cut()
    {
        byte[] stream = [.. Events.SelectMany(Chunk)];
        string expected = Read(stream);
        Assert.Equal("msg_1|Hello 😀|stop|10|7", expected);
        for (int at = 0; at <= stream.Length; at++) Assert.Equal(expected, Read(stream[..at], stream[at..]));
    }

    [Theory]
    [InlineData("throttlingException", "slow down", FailureKind.RateLimited)]
    [InlineData("modelStreamErrorException", "broken", FailureKind.ServerError)]
    [InlineData("internalServerException", "oh", FailureKind.ServerError)]
    [InlineData("validationException", "input is too long: too many input tokens", FailureKind.ContextWindowExceeded)]
    public void An_exception_in_a_stream_is_Bedrocks(string type, string message, FailureKind kind)
    {
        ChatStreamDecoder decoder = Codec.StartStream(AnthropicWire.Asked);

        Assert.Equal(StreamSignal.Failed, decoder.Read(Encoding.UTF8.GetBytes("!" + type), Encoding.UTF8.GetBytes($$"""{"message":"{{message}}"}"""), out _, out AttemptFailure? failure));
        Assert.Equal((kind, type), (failure!.Kind, failure.ErrorCode));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"bytes":7}""")]
    [InlineData("""{"bytes":"not base64!"}""")]
    [InlineData("{\"bytes\":\"eyJ0\"")]
    [InlineData("""{"bytes":"bm8ganNvbg=="}""")]
    public void A_chunk_without_an_event_is_a_failure(string data)
    {
        ChatStreamDecoder decoder = Codec.StartStream(AnthropicWire.Asked);

        Assert.Equal(StreamSignal.Failed, decoder.Read("chunk"u8, Encoding.UTF8.GetBytes(data), out _, out AttemptFailure? failure));
        Assert.Equal(FailureKind.InvalidResponse, failure!.Kind);
    }

    [Fact]
    public void Base64_may_be_escaped_and_other_frames_are_skipped()
    {
        ChatStreamDecoder decoder = Codec.StartStream(AnthropicWire.Asked);
        string event0 = Convert.ToBase64String(Encoding.UTF8.GetBytes(Events[0])).Replace("e", "\\u0065", StringComparison.Ordinal);

        Assert.Equal(StreamSignal.Continue, decoder.Read("metadata"u8, "x"u8, out _, out _));
        Assert.Equal(StreamSignal.Continue, decoder.Read("chunk"u8, Encoding.UTF8.GetBytes($$"""{"p":"abc","bytes":"{{event0}}"}"""), out _, out _));
        Assert.Equal(10, decoder.UsageSoFar!.InputTokenCount);
        Assert.False(decoder.IsFinished);
        Assert.Equal(StreamSignal.Failed, decoder.End(out _, out _));
    }

    [Theory]
    [InlineData(403, """{"message":"The security token included in the request is expired"}""", FailureKind.AuthenticationFailed)]
    [InlineData(400, """{"message":"The provided model identifier is invalid."}""", FailureKind.ModelNotFound)]
    [InlineData(429, """{"message":"Too many requests, please wait before trying again."}""", FailureKind.RateLimited)]
    public void Errors_are_Bedrocks(int status, string body, FailureKind kind) => Assert.Equal(kind, Codec.ReadError(status, Encoding.UTF8.GetBytes(body)).Kind);

    [Fact]
    public void Whatever_bytes_come_nothing_is_thrown()
    {
        var random = new Random(11);
        byte[] good = Encoding.UTF8.GetBytes($$"""{"bytes":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Events[2]))}}"}""");
        for (int i = 0; i < 5000; i++)
        {
            byte[] bytes = [.. good];
            for (int change = random.Next(1, 4); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Codec.StartStream(AnthropicWire.Asked).Read("chunk"u8, bytes.AsSpan(0, random.Next(bytes.Length + 1)), out _, out _);
        }
    }

    private static string Body(ChatOptions? options, bool streaming = false)
    {
        var writer = new RequestWriter();
        Assert.Null(Codec.WriteRequest(new ChatRequest([AnthropicWire.Hello], options, streaming), writer));
        using JsonDocument valid = JsonDocument.Parse(writer.WrittenMemory);
        return Encoding.UTF8.GetString(writer.WrittenMemory.Span);
    }

    private static byte[] Chunk(string modelEvent) => Event("chunk", $$"""{"bytes":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(modelEvent))}}","p":"abcdef"}""");

    private static string Read(params byte[][] pieces)
    {
        ChatStreamDecoder decoder = Codec.StartStream(AnthropicWire.Asked);
        using StreamEventReader reader = Codec.Framing.Open(new MemoryStream(pieces.Length > 1 ? pieces[1] : []), pieces[0]);
        List<ChatResponseUpdate> updates = [];
        StreamSignal signal = StreamSignal.Continue;
        do
        {
            while (reader.TryRead(out StreamEvent next))
            {
                signal = decoder.Read(next.Type, next.Data, out ChatResponseUpdate? update, out AttemptFailure? failure);
                Assert.Null(failure);
                if (update is not null) updates.Add(update);
            }
        }
        while (reader.FillAsync(async: false, default).AsTask().GetAwaiter().GetResult());

        Assert.Equal(StreamSignal.Completed, signal);
        ChatResponse whole = updates.ToChatResponse();
        return $"{whole.ResponseId}|{whole.Text}|{whole.FinishReason}|{whole.Usage!.InputTokenCount}|{whole.Usage.OutputTokenCount}";
    }

    private readonly struct Haiku : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => """{"anthropic_version":"bedrock-2023-05-31" """u8[..^1];

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = AnthropicWire.AllButThinking.Of("bedrock", "anthropic.claude-haiku-4-5-20251001-v1:0");
    }
}
