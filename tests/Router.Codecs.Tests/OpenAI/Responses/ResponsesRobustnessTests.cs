using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIResponses;

/// <summary>Whatever JSON comes in any place, the codec throws nothing.</summary>
public class ResponsesRobustnessTests
{
    private static readonly string[] Members =
    [
        "id", "created_at", "model", "output", "usage", "error", "status", "incomplete_details", "type", "content", "summary", "text", "delta", "refusal", "arguments", "name", "call_id", "item", "item_id",
        "response", "part", "annotation", "annotations", "output_index", "content_index", "summary_index", "encrypted_content", "result", "phase", "object", "url", "reason", "code", "message", "unknown",
    ];

    private static readonly string[] Scalars =
    [
        "null", "true", "0", "-1", "1.5", "1e999", "-99999999999999999999", "\"\"", "\"x\"", "\"message\"", "\"reasoning\"", "\"function_call\"", "\"image_generation_call\"", "\"mcp_approval_request\"", "\"output_text\"",
        "\"response.output_item.done\"", "\"response.output_item.added\"", "\"response.output_text.delta\"", "\"response.completed\"", "\"response.content_part.done\"", "\"response.output_text.annotation.added\"",
        "\"response.function_call_arguments.done\"", "\"response.failed\"", "\"error\"", "\"completed\"", "\"incomplete\"", "\"failed\"", "\"content_filter\"", "\"{}\"", "\"{\\\"a\\\":\"", "\"\\ud800\"", "\"emVicmE=\"", "{}", "[]",
    ];

    private static readonly AnyJson Json = new(Members, Scalars);
    private static readonly AnyBytes Any = new(ResponsesWire.Codec);

    [Fact]
    public void A_stream_that_ends_before_its_last_event_is_cut()
    {
        for (int count = 0; count < ResponsesStreamTests.Golden.Length; count++)
        {
            ChatStreamDecoder decoder = ResponsesWire.Codec.StartStream(ResponsesWire.Asked);
            foreach (string data in ResponsesStreamTests.Golden.Take(count))
            {
                StreamSignal signal = decoder.Read(default, Encoding.UTF8.GetBytes(data), out _, out _);
                Assert.True(signal is StreamSignal.Continue or StreamSignal.Progress or StreamSignal.Update);
            }

            Assert.False(decoder.IsFinished);
        }
    }

    [Fact]
    public void Any_JSON_in_any_member_never_throws()
    {
        var random = new Random(4711);
        for (int round = 0; round < 5_000; round++)
        {
            byte[] reply = Encoding.UTF8.GetBytes(Json.Object(random, 0));
            Any.Reply(reply);
            Any.Error(random.Next(300, 600), reply);
            Any.Stream(Enumerable.Range(0, 6).Select(_ => Encoding.UTF8.GetBytes(Json.Object(random, 0))).Append("[DONE]"u8.ToArray()));
        }
    }

    [Fact]
    public void Any_JSON_in_a_place_of_a_golden_answer_never_throws()
    {
        var random = new Random(42);
        string[] types = ["message", "reasoning", "function_call", "image_generation_call", "mcp_approval_request", "web_search_call"];
        string[] events = ["output_item.added", "output_item.done", "output_text.delta", "output_text.done", "content_part.done", "reasoning_summary_text.delta", "function_call_arguments.delta", "function_call_arguments.done", "refusal.delta", "output_text.annotation.added"];
        for (int round = 0; round < 5_000; round++)
        {
            string V() => random.Next(3) == 0 ? Json.Value(random, 3) : "\"x\"";
            string part = $$$"""{"type":{{{V()}}},"text":{{{V()}}},"refusal":{{{V()}}},"annotations":[{"type":"url_citation","url":{{{V()}}},"start_index":{{{V()}}}}]}""";
            string Item() => $$$"""{"type":"{{{types[random.Next(types.Length)]}}}","id":{{{V()}}},"call_id":{{{V()}}},"name":{{{V()}}},"arguments":{{{V()}}},"content":[{{{part}}}],"summary":[{{{part}}}],"encrypted_content":{{{V()}}},"result":{{{V()}}},"phase":{{{V()}}}}""";
            string response = $$$"""{"id":{{{V()}}},"status":{{{V()}}},"created_at":{{{V()}}},"output":[{{{Item()}}},{{{Item()}}}],"usage":{"input_tokens":{{{V()}}}},"incomplete_details":{{{V()}}}}""";
            Any.Reply(Encoding.UTF8.GetBytes(response));
            IEnumerable<string> pieces = Enumerable.Range(0, 6).Select(_ =>
                $$$"""{"type":"response.{{{events[random.Next(events.Length)]}}}","output_index":{{{random.Next(3)}}},"item_id":{{{V()}}},"content_index":{{{V()}}},"delta":{{{V()}}},"text":{{{V()}}},"arguments":{{{V()}}},"part":{{{part}}},"item":{{{Item()}}},"annotation":{{{V()}}}}""");
            Any.Stream(pieces.Append($$"""{"type":"response.completed","response":{{response}}}""").Select(Encoding.UTF8.GetBytes));
        }
    }
}
