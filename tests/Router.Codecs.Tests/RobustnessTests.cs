using System.Text;
using RouterGen.Codecs.Tests.AnthropicMessages;
using RouterGen.Codecs.Tests.Bedrock;
using RouterGen.Codecs.Tests.CohereChat;
using RouterGen.Codecs.Tests.Gemini;
using RouterGen.Codecs.Tests.OllamaChat;
using RouterGen.Codecs.Tests.OpenAIChat;
using RouterGen.Codecs.Tests.OpenAIResponses;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>Whatever bytes come, in each dialect: a value says what they are, and nothing is thrown.</summary>
public class RobustnessTests
{
    private const int Rounds = 2000;

    /// <param name="Takes">What the model takes.</param>
    /// <param name="Replies">Whole answers with everything in them.</param>
    /// <param name="Tilde">A whole answer with a text that holds <c>~</c>.</param>
    /// <param name="Streams">The data of streams' events, with everything in them.</param>
    /// <param name="Error">An error.</param>
    /// <param name="SkipsEmpty">Whether an event without data says nothing; else it is damaged.</param>
    /// <param name="MayEndSilently">Whether a stream may end without an update.</param>
    /// <param name="AreNamed">Whether an event is its type, a space and its data.</param>
    private sealed record Row(Takes Takes, string[] Replies, string Tilde, string[][] Streams, string Error, bool SkipsEmpty = false, bool MayEndSilently = false, bool AreNamed = false)
    {
        public (byte[] Type, byte[] Data) EventOf(string text)
        {
            int space = AreNamed ? text.IndexOf(' ', StringComparison.Ordinal) : -1;
            return (Encoding.UTF8.GetBytes(text[..Math.Max(space, 0)]), Encoding.UTF8.GetBytes(text[(space + 1)..]));
        }
    }

    private static readonly Dictionary<string, Row> Rows = new()
    {
        ["openai"] = new(
            OpenAIWire.Everything,
            [OpenAIReplyTests.Golden, OpenAIReplyTests.GoldenCalls],
            """{"choices":[{"message":{"content":"a~b"},"finish_reason":"stop"}]}""",
            [OpenAIStreamTests.Golden, OpenAIStreamTests.GoldenCalls],
            """{"error":{"message":"The sérver said \"no\" \ud83d\ude00","type":"server_error","param":null,"code":"x","innererror":{"code":"y"}}}""",
            SkipsEmpty: true,
            MayEndSilently: true),
        ["responses"] = new(
            ResponsesWire.Everything,
            [ResponsesReplyTests.Golden, ResponsesReplyTests.GoldenCalls],
            ResponsesWire.Answer("""{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a~b"}]}"""),
            [ResponsesStreamTests.Golden, ResponsesStreamTests.GoldenCalls],
            """{"error":{"message":"Slow down.","type":"requests","param":null,"code":"rate_limit_exceeded"}}""",
            SkipsEmpty: true),
        ["anthropic"] = new(
            AnthropicWire.AllButThinking,
            [AnthropicReplyTests.Golden],
            """{"type":"message","content":[{"type":"text","text":"a~b"}],"stop_reason":"end_turn"}""",
            [AnthropicStreamTests.ThinkingAndTools],
            """{"type":"error","error":{"type":"rate_limit_error","message":"prompt is too long","details":{"error_code":"x"}}}"""),
        ["gemini"] = new(
            GeminiWire.Everything,
            [GeminiReplyTests.Golden],
            GeminiWire.Answer("""{"text":"a~b"}"""),
            [GeminiStreamTests.Golden],
            """[{"error":{"code":429,"message":"Quota","status":"RESOURCE_EXHAUSTED","details":[{"violations":[{"quotaId":"PerDay"}]},{"retryDelay":"46s"}]}}]""",
            SkipsEmpty: true),
        ["bedrock"] = new(
            ConverseWire.Everything,
            [ConverseReplyTests.Golden],
            """{"output":{"message":{"content":[{"text":"a~b"}]}},"stopReason":"end_turn"}""",
            [ConverseStreamTests.ThinkingAndTools],
            """{"__type":"com.amazon#ThrottlingException:x","message":"Too many 'tokens'","code":"x"}""",
            AreNamed: true),
        ["cohere"] = new(
            CohereWire.Everything,
            [CohereReplyTests.Golden],
            """{"message":{"content":[{"type":"text","text":"a~b"}]},"finish_reason":"COMPLETE"}""",
            [CohereStreamTests.ThinkingAndTools],
            """{"id":"b3f1","message":"too many tokens: size limit exceeded"}"""),
        ["ollama"] = new(
            OllamaWire.Everything,
            [OllamaReplyTests.Golden],
            """{"message":{"content":"a~b"},"done":true}""",
            [OllamaStreamTests.ThinkingAndTools],
            """{"error":"model 'm' not found, try pulling it first"}"""),
    };

    public static TheoryData<string> Dialects => [.. DialectCodec.Names];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void A_reply_cut_anywhere_is_no_reply(string dialect)
    {
        AnyBytes any = Of(dialect, out _);
        foreach (string reply in Rows[dialect].Replies)
        {
            byte[] whole = Encoding.UTF8.GetBytes(reply.TrimEnd());
            Assert.Null(any.Reply(whole));
            for (int length = 0; length < whole.Length; length++) Assert.Equal(FailureKind.InvalidResponse, any.Reply(whole.AsSpan(0, length))?.Kind);
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void An_event_cut_anywhere_fails_the_stream(string dialect)
    {
        Of(dialect, out ChatCodec codec);
        foreach (string[] stream in Rows[dialect].Streams)
        {
            (byte[] Type, byte[] Data)[] events = [.. stream.Select(Rows[dialect].EventOf)];
            for (int i = 0; i < events.Length; i++)
            {
                for (int length = Rows[dialect].SkipsEmpty ? 1 : 0; length < events[i].Data.Length; length++)
                {
                    ChatStreamDecoder decoder = codec.StartStream(new ChatRequest([OpenAIWire.Asked.Messages[0]], null, isStreaming: true));
                    foreach ((byte[] type, byte[] data) in events[..i]) decoder.Read(type, data, out _, out _);
                    Assert.Equal(StreamSignal.Failed, decoder.Read(events[i].Type, events[i].Data.AsSpan(0, length), out _, out AttemptFailure? failure));
                    Assert.Equal(FailureKind.InvalidResponse, failure?.Kind);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Invalid_UTF8_in_a_text_is_no_answer(string dialect)
    {
        AnyBytes any = Of(dialect, out _);
        byte[] body = Encoding.UTF8.GetBytes(Rows[dialect].Tilde);
        Assert.Null(any.Reply(body));
        body[Array.IndexOf(body, (byte)'~')] = 0xFF;
        Assert.Equal(FailureKind.InvalidResponse, any.Reply(body)?.Kind);
        Assert.False(any.Stream([body]));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void A_mutated_reply_is_a_reply_or_a_failure(string dialect)
    {
        AnyBytes any = Of(dialect, out _);
        foreach (string reply in Rows[dialect].Replies)
        {
            byte[] whole = Encoding.UTF8.GetBytes(reply);
            var random = new Random(20260102);
            int failed = Enumerable.Range(0, Rounds).Count(_ => any.Reply(Mutation.Of(whole, random)) is not null);
            Assert.InRange(failed, 1, Rounds - 1); // Both ways were gone.
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void Random_bytes_are_no_answer(string dialect)
    {
        AnyBytes any = Of(dialect, out _);
        var random = new Random(20260105);
        for (int i = 0; i < Rounds; i++)
        {
            byte[] bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            Assert.NotNull(any.Reply(bytes));
            any.Error(random.Next(300, 600), bytes);
        }
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void An_error_cut_or_mutated_is_a_failure(string dialect)
    {
        AnyBytes any = Of(dialect, out _);
        byte[] whole = Encoding.UTF8.GetBytes(Rows[dialect].Error);
        for (int length = 0; length <= whole.Length; length++) any.Error(500, whole.AsSpan(0, length));
        var random = new Random(20260103);
        for (int i = 0; i < Rounds; i++) any.Error(i % 2 == 0 ? 429 : 400, Mutation.Of(whole, random));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void A_mutated_stream_goes_on_or_fails(string dialect)
    {
        AnyBytes any = Of(dialect, out _);
        foreach (string[] stream in Rows[dialect].Streams)
        {
            (byte[] Type, byte[] Data)[] events = [.. stream.Select(Rows[dialect].EventOf)];
            var random = new Random(20260104);
            int completed = Enumerable.Range(0, Rounds).Count(_ =>
            {
                int victim = random.Next(events.Length);
                return any.Stream(events.Select((one, i) => i == victim ? (one.Type, Mutation.Of(one.Data, random)) : one));
            });
            Assert.InRange(completed, 1, Rounds - 1); // Both ways were gone.
        }
    }

    private static AnyBytes Of(string dialect, out ChatCodec codec)
    {
        codec = new DialectCodec(dialect, Rows[dialect].Takes.Of(dialect, "m"));
        return new AnyBytes(codec, Rows[dialect].MayEndSilently);
    }
}
