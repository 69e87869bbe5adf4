using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIChat;

/// <summary>Whatever JSON comes in any place, the codec throws nothing.</summary>
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
    private static readonly AnyBytes Any = new(OpenAIWire.Codec, mayEndSilently: true);

    [Fact]
    public void Any_JSON_in_any_member_never_throws()
    {
        var random = new Random(4711);
        for (int round = 0; round < 5_000; round++)
        {
            byte[] reply = Encoding.UTF8.GetBytes(Json.Object(random, 0));
            Any.Reply(reply);
            Any.Error(random.Next(300, 600), reply);
            Any.Stream(Enumerable.Range(0, 4).Select(_ => Encoding.UTF8.GetBytes(Json.Object(random, 0))).Append("[DONE]"u8.ToArray()));
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
            Any.Reply(body);
            Any.Stream([body, body, "[DONE]"u8.ToArray()]);
        }
    }
}
