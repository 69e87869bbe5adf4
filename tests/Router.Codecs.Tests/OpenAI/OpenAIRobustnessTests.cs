using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIChat;

/// <summary>Whatever bytes come, the codec neither throws nor makes an answer up.</summary>
public class OpenAIRobustnessTests
{
    private static readonly string[] Members =
    [
        "id", "created", "model", "choices", "usage", "error", "index", "message", "delta", "finish_reason", "content", "refusal", "reasoning",
        "reasoning_content", "tool_calls", "function", "name", "arguments", "type", "text", "code", "innererror", "prompt_tokens", "completion_tokens",
        "prompt_tokens_details", "cached_tokens", "x_groq", "detail", "unknown",
    ];

    private static readonly string[] Scalars =
    [
        "null", "true", "false", "0", "-1", "1.5", "1e999", "-99999999999999999999", "429", "\"\"", "\"x\"", "\"stop\"", "\"content_filter\"",
        "\"insufficient_quota\"", "\"{}\"", "\"{\\\"a\\\":\"", "\"\\ud800\"", "\"text\"", "\"maximum context length\"", "{}", "[]",
    ];

    private static readonly AnyJson Json = new(Members, Scalars);

    public static TheoryData<string> Replies => [OpenAIReplyTests.Golden, OpenAIReplyTests.GoldenCalls];

    [Theory]
    [MemberData(nameof(Replies))]
    public void A_reply_cut_at_any_byte_is_no_answer(string golden)
    {
        byte[] body = Encoding.UTF8.GetBytes(golden.TrimEnd());
        for (int length = 0; length < body.Length; length++)
        {
            AttemptFailure? failure = OpenAIWire.Codec.ReadReply(OpenAIWire.Asked, body.AsSpan(0, length), out RoutedResponse? reply);
            Assert.Equal(FailureKind.InvalidResponse, failure?.Kind);
            Assert.Null(reply);
        }
    }

    [Fact]
    public void An_event_cut_at_any_byte_is_no_event()
    {
        foreach (string golden in OpenAIStreamTests.Golden.Concat(OpenAIStreamTests.GoldenCalls))
        {
            byte[] data = Encoding.UTF8.GetBytes(golden);
            for (int length = 1; length < data.Length; length++)
            {
                StreamSignal signal = OpenAIWire.Codec.StartStream(OpenAIWire.Asked).Read(default, data.AsSpan(0, length), out ChatResponseUpdate? update, out AttemptFailure? failure);
                Assert.Equal(StreamSignal.Failed, signal);
                Assert.Equal(FailureKind.InvalidResponse, failure?.Kind);
                Assert.Null(update);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Replies))]
    public void A_reply_with_one_byte_changed_never_throws(string golden)
    {
        byte[] body = Encoding.UTF8.GetBytes(golden);
        foreach (byte[] mutant in AnyJson.Mutants(body, 1_000)) ReadReply(mutant);
    }

    [Fact]
    public void A_stream_with_one_byte_changed_never_throws()
    {
        foreach (string[] golden in new[] { OpenAIStreamTests.Golden, OpenAIStreamTests.GoldenCalls })
        {
            for (int changed = 0; changed < golden.Length; changed++)
            {
                foreach (byte[] mutant in AnyJson.Mutants(Encoding.UTF8.GetBytes(golden[changed]), 200))
                {
                    ReadStream(golden.Select((data, i) => i == changed ? mutant : Encoding.UTF8.GetBytes(data)));
                }
            }
        }
    }

    [Fact]
    public void Any_JSON_in_any_member_never_throws()
    {
        var random = new Random(4711);
        for (int round = 0; round < 5_000; round++)
        {
            byte[] reply = Encoding.UTF8.GetBytes(Json.Object(random, 0));
            ReadReply(reply);
            ReadError(random.Next(300, 600), reply);
            ReadStream(Enumerable.Range(0, 4).Select(_ => Encoding.UTF8.GetBytes(Json.Object(random, 0))).Append("[DONE]"u8.ToArray()));
        }
    }

    [Fact]
    public void Any_JSON_in_a_place_of_a_golden_reply_never_throws()
    {
        var random = new Random(42);
        for (int round = 0; round < 5_000; round++)
        {
            string V() => random.Next(4) == 0 ? Json.Value(random, 3) : "\"x\"";
            string message = $$$"""{"role":{{{V()}}},"content":{{{V()}}},"refusal":{{{V()}}},"tool_calls":[{"index":{{{V()}}},"id":{{{V()}}},"function":{"name":{{{V()}}},"arguments":{{{V()}}}}}]}""";
            string choice = $$$"""{"index":{{{(random.Next(2) == 0 ? "0" : V())}}},"message":{{{message}}},"delta":{{{message}}},"finish_reason":{{{V()}}}}""";
            byte[] body = Encoding.UTF8.GetBytes($$$"""{"id":{{{V()}}},"created":{{{V()}}},"model":{{{V()}}},"choices":[{{{choice}}}],"usage":{"prompt_tokens":{{{V()}}},"prompt_tokens_details":{{{V()}}}}}""");
            ReadReply(body);
            ReadStream([body, body, "[DONE]"u8.ToArray()]);
        }
    }

    [Fact]
    public void An_error_cut_or_changed_at_any_byte_never_throws()
    {
        byte[] body = """{"error":{"message":"The sérver said \"no\" \ud83d\ude00","type":"server_error","param":null,"code":"x","innererror":{"code":"y"}}}"""u8.ToArray();
        for (int length = 0; length <= body.Length; length++) ReadError(500, body.AsSpan(0, length));
        foreach (byte[] mutant in AnyJson.Mutants(body, 1_000)) ReadError(400, mutant);
    }

    private static void ReadReply(ReadOnlySpan<byte> body)
    {
        AttemptFailure? failure = OpenAIWire.Codec.ReadReply(OpenAIWire.Asked, body, out RoutedResponse? reply);
        Assert.True(failure is not null || reply is not null);
        Assert.True(failure is null || reply is null || failure.Kind is FailureKind.ContentFiltered);
        Assert.True(failure is null || failure.Message.Length is > 0 and <= 600);
    }

    private static void ReadError(int status, ReadOnlySpan<byte> body)
    {
        AttemptFailure failure = OpenAIWire.Codec.ReadError(status, body);
        Assert.NotEqual(FailureKind.None, failure.Kind);
        Assert.InRange(failure.Message.Length, 1, 600);
    }

    private static void ReadStream(IEnumerable<byte[]> events)
    {
        ChatStreamDecoder decoder = OpenAIWire.Codec.StartStream(OpenAIWire.Asked);
        foreach (byte[] data in events)
        {
            StreamSignal signal = decoder.Read(default, data, out ChatResponseUpdate? update, out AttemptFailure? failure);
            Assert.Equal(signal is StreamSignal.Failed, failure is not null);
            Assert.True(update is not null || signal is not StreamSignal.Update);
            if (signal is StreamSignal.Failed or StreamSignal.Completed) return;
        }
    }
}
