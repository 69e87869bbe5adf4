using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>A structured answer that comes as the arguments of a tool: a stream hands its pieces on as they come, and no other stream does.</summary>
public class AnswerPieceTests
{
    private const string Arguments = """{"city":"Bérn","celsius":21}""";

    // The answer in four pieces, with an event type before the data where the dialect has types. $0 to $3 are the pieces in JSON strings.
    private static readonly Dictionary<string, string[]> Streams = new()
    {
        ["openai"] =
        [
            """{"id":"r","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"Weather","arguments":"$0"}}]}}]}""",
            """{"id":"r","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"$1"}}]}}]}""",
            """{"id":"r","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"$2"}}]}}]}""",
            """{"id":"r","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"$3"}}]},"finish_reason":"tool_calls"}]}""",
            "[DONE]",
        ],
        ["responses"] =
        [
            """{"type":"response.created","response":{"id":"r","status":"in_progress"}}""",
            """{"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"i1","call_id":"c1","name":"Weather","arguments":""}}""",
            """{"type":"response.function_call_arguments.delta","output_index":0,"item_id":"i1","delta":"$0"}""",
            """{"type":"response.function_call_arguments.delta","output_index":0,"item_id":"i1","delta":"$1"}""",
            """{"type":"response.function_call_arguments.delta","output_index":0,"item_id":"i1","delta":"$2"}""",
            """{"type":"response.function_call_arguments.delta","output_index":0,"item_id":"i1","delta":"$3"}""",
            """{"type":"response.output_item.done","output_index":0,"item":{"type":"function_call","id":"i1","call_id":"c1","name":"Weather","arguments":"$0$1$2$3"}}""",
            """{"type":"response.completed","response":{"id":"r","status":"completed","output":[{"type":"function_call","id":"i1","call_id":"c1","name":"Weather","arguments":"$0$1$2$3"}]}}""",
        ],
        ["anthropic"] =
        [
            """{"type":"message_start","message":{"id":"m","model":"m","usage":{"input_tokens":5,"output_tokens":1}}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"c1","name":"Weather","input":{}}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"$0"}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"$1"}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"$2"}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"$3"}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}}""",
            """{"type":"message_stop"}""",
        ],
        ["bedrock"] =
        [
            """messageStart {"role":"assistant"}""",
            """contentBlockStart {"contentBlockIndex":0,"start":{"toolUse":{"toolUseId":"c1","name":"Weather"}}}""",
            """contentBlockDelta {"contentBlockIndex":0,"delta":{"toolUse":{"input":"$0"}}}""",
            """contentBlockDelta {"contentBlockIndex":0,"delta":{"toolUse":{"input":"$1"}}}""",
            """contentBlockDelta {"contentBlockIndex":0,"delta":{"toolUse":{"input":"$2"}}}""",
            """contentBlockDelta {"contentBlockIndex":0,"delta":{"toolUse":{"input":"$3"}}}""",
            """contentBlockStop {"contentBlockIndex":0}""",
            """messageStop {"stopReason":"tool_use"}""",
            """metadata {"usage":{"inputTokens":5,"outputTokens":9,"totalTokens":14}}""",
        ],
        ["cohere"] =
        [
            """{"type":"message-start","id":"m","delta":{"message":{"role":"assistant"}}}""",
            """{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"c1","type":"function","function":{"name":"Weather","arguments":"$0"}}}}}""",
            """{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"$1"}}}}}""",
            """{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"$2"}}}}}""",
            """{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"$3"}}}}}""",
            """{"type":"tool-call-end","index":0}""",
            """{"type":"message-end","delta":{"finish_reason":"TOOL_CALL","usage":{"tokens":{"input_tokens":5,"output_tokens":9}}}}""",
        ],
    };

    public static TheoryData<string> Dialects => [.. Streams.Keys];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void A_stream_of_the_answer_brings_its_pieces_and_then_the_call(string dialect)
    {
        AIContent[] contents = Read(dialect, Structured(isStreaming: true), "Weather");

        string[] pieces = [.. contents.OfType<AnswerPieceContent>().Select(static piece => piece.Text)];
        Assert.Equal(Pieces, pieces);
        FunctionCallContent call = Assert.Single(contents.OfType<FunctionCallContent>());
        Assert.Equal("Bérn", call.Arguments!["city"]!.ToString());
        Assert.True(Array.IndexOf(contents, call) > Array.FindLastIndex(contents, static content => content is AnswerPieceContent));
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void No_other_stream_has_pieces(string dialect)
    {
        Assert.DoesNotContain(Read(dialect, new ChatRequest(Messages, null, isStreaming: true), "Weather"), static content => content is AnswerPieceContent);
        Assert.DoesNotContain(Read(dialect, Structured(isStreaming: false), "Weather"), static content => content is AnswerPieceContent);
        Assert.DoesNotContain(Read(dialect, Structured(isStreaming: true), "Other"), static content => content is AnswerPieceContent);
    }

    private static string[] Pieces => [Arguments[..1], Arguments[1..11], Arguments[11..20], Arguments[20..]];

    private static ChatMessage[] Messages => [new ChatMessage(ChatRole.User, "Hi")];

    private static ChatRequest Structured(bool isStreaming)
    {
        var format = new AnswerFormat("Weather", null, """{"type":"object","properties":{"city":{"type":"string"},"celsius":{"type":"number"}},"required":["city","celsius"],"additionalProperties":false}""");
        return new ChatRequest(Messages, null, isStreaming) { Answer = format }.By(AnswerMechanism.Tool);
    }

    private static AIContent[] Read(string dialect, ChatRequest request, string tool)
    {
        ChatStreamDecoder decoder = new DialectCodec(dialect, new ModelProfile("test", "m") { Capabilities = ModelCapabilities.Tools }).StartStream(request);
        List<AIContent> contents = [];
        StreamSignal signal = StreamSignal.Continue;
        foreach (string text in Streams[dialect])
        {
            string line = text.Replace("\"Weather\"", $"\"{tool}\"", StringComparison.Ordinal);
            for (int i = 0; i < Pieces.Length; i++) line = line.Replace("$" + i, JsonEncodedText.Encode(Pieces[i]).ToString(), StringComparison.Ordinal);
            int space = dialect is "bedrock" ? line.IndexOf(' ', StringComparison.Ordinal) : -1;
            signal = decoder.Read(Encoding.UTF8.GetBytes(line[..Math.Max(space, 0)]), Encoding.UTF8.GetBytes(line[(space + 1)..]), out ChatResponseUpdate? update, out AttemptFailure? failure);
            Assert.Null(failure?.Message);
            if (update is not null) contents.AddRange(update.Contents);
        }

        Assert.Equal(StreamSignal.Completed, signal);
        return [.. contents];
    }
}
