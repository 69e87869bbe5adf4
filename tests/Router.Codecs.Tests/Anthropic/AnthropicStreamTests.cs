using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.AnthropicMessages.AnthropicWire;

namespace RouterGen.Codecs.Tests.AnthropicMessages;

public class AnthropicStreamTests
{
    public const string Start = """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-4-5","content":[],"stop_reason":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":2,"cache_read_input_tokens":3,"output_tokens":1}}}""";
    public const string Ping = """{"type":"ping"}""";
    public const string Stop = """{"type":"message_stop"}""";

    public static readonly string[] Text =
    [
        Start,
        """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
        Ping,
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hel"}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":""}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"lo \"you\" 😀"}}""",
        """{"type":"content_block_stop","index":0}""",
        End("end_turn", 12),
        Stop,
    ];

    public static readonly string[] ThinkingAndTools =
    [
        Start,
        """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Let me "}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"think."}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"ZGF0YQ"}}""",
        """{"type":"content_block_stop","index":1}""",
        """{"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"I'll look."}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{"type":"char_location","cited_text":"x"}}}""",
        """{"type":"content_block_stop","index":2}""",
        """{"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}}""",
        """{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":""}}""",
        """{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\"city\": \"R"}}""",
        """{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"öm\"}"}}""",
        """{"type":"content_block_stop","index":3}""",
        """{"type":"content_block_start","index":4,"content_block":{"type":"tool_use","id":"toolu_2","name":"time","input":{}}}""",
        """{"type":"content_block_stop","index":4}""",
        End("tool_use", 30),
        Stop,
    ];

    private static string End(string reason, int output) =>
        $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{reason}}}","stop_sequence":null},"usage":{"output_tokens":{{{output}}}}}""";

    private static string[] Around(params string[] events) => [Start, .. events, Stop];

    [Fact]
    public void Text_is_handed_on_as_it_comes()
    {
        List<ChatResponseUpdate> updates = Stream(Text);
        Assert.Equal(["Hel", "lo \"you\" 😀", ""], updates.Select(u => u.Text));
        Assert.All(updates, u => Assert.Equal(
            ("msg_1", "msg_1", "claude-haiku-4-5", ChatRole.Assistant), (u.ResponseId, u.MessageId, u.ModelId, u.Role)));
        Assert.Equal(ChatFinishReason.Stop, Assert.Single(updates, u => u.FinishReason is not null).FinishReason);
    }

    [Fact]
    public void Usage_comes_once_and_a_later_count_replaces_the_earlier()
    {
        List<ChatResponseUpdate> updates = Stream(
            Start, End("max_tokens", 7),
            """{"type":"message_delta","delta":{},"usage":{"input_tokens":11,"cache_creation_input_tokens":null,"output_tokens":12}}""", Stop);
        UsageDetails usage = Assert.IsType<UsageContent>(Assert.Single(Assert.Single(updates).Contents)).Details;
        Assert.Equal((16L, 12L, 28L, 3L), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.CachedInputTokenCount));
        Assert.Equal(2, usage.AdditionalCounts![UsageCounts.CacheWrites]);
        Assert.Equal(ChatFinishReason.Length, updates[0].FinishReason);
    }

    [Fact]
    public void Parts_make_up_the_message_that_they_are_parts_of()
    {
        ChatResponse response = Stream(ThinkingAndTools).ToChatResponse();
        ChatMessage message = Assert.Single(response.Messages);
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.Equal(30, response.Usage!.OutputTokenCount);
        Assert.Collection(
            message.Contents,
            c => Assert.Equal(("Let me think.", "c2ln"), (((TextReasoningContent)c).Text, Signature(c))),
            c => Assert.Equal(("", "ZGF0YQ"), (((TextReasoningContent)c).Text, Signature(c))),
            c => Assert.Equal("I'll look.", ((TextContent)c).Text),
            c => Assert.Single(((TextContent)c).Annotations!),
            c => Assert.Equal("Röm", ((FunctionCallContent)c).Arguments!["city"]!.ToString()),
            c => Assert.Equal(("toolu_2", "time", null), (((FunctionCallContent)c).CallId, ((FunctionCallContent)c).Name, ((FunctionCallContent)c).Exception)));
    }

    [Fact]
    public void What_was_streamed_goes_back_as_the_blocks_that_it_was() => Assert.Equal(
        """{"messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"Let me think.","signature":"c2ln"},{"type":"redacted_thinking","data":"ZGF0YQ"},{"type":"text","text":"I'll look."},{"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Röm"}},{"type":"tool_use","id":"toolu_2","name":"time","input":{}}]}]}""",
        Members([.. Stream(ThinkingAndTools).ToChatResponse().Messages]));

    [Fact]
    public void Thoughts_that_are_not_shown_keep_their_signature()
    {
        List<ChatResponseUpdate> updates = Stream(Around(
            """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hi"}}"""));
        Assert.Equal(
            """{"messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"","signature":"c2ln"},{"type":"text","text":"Hi"}]}]}""",
            Members([.. updates.ToChatResponse().Messages]));
    }

    [Fact]
    public void A_call_is_handed_on_whole_when_its_block_stops()
    {
        var decoder = new AnthropicStream(AnthropicWire.Asked, AnthropicWire.Claude);
        List<StreamSignal> signals = [.. ThinkingAndTools[12..17].Prepend(Start).Select(e => decoder.Read(default, Encoding.UTF8.GetBytes(e), out _, out _))];
        Assert.Equal([StreamSignal.Continue, StreamSignal.Continue, StreamSignal.Progress, StreamSignal.Progress, StreamSignal.Progress, StreamSignal.Update], signals);
    }

    [Fact]
    public void Calls_may_be_interleaved_and_inputs_come_at_once()
    {
        ChatResponse response = Stream(Around(
            """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"f","input":{}}}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"b","name":"g","input":{"y":2}}}""",
            """{"index":0,"delta":{"partial_json":"{\"x\":1}","type":"input_json_delta"},"type":"content_block_delta"}""",
            """{"type":"content_block_stop","index":1}""",
            """{"type":"content_block_stop","index":0}""")).ToChatResponse();
        Assert.Collection(
            response.Messages[0].Contents.Cast<FunctionCallContent>(),
            c => Assert.Equal(("b", "2"), (c.CallId, c.Arguments!["y"]!.ToString())),
            c => Assert.Equal(("a", "1"), (c.CallId, c.Arguments!["x"]!.ToString())));
    }

    [Theory]
    [InlineData("{\\\"city\\\": \\\"Ro")]
    [InlineData("[1]")]
    [InlineData("{} {}")]
    public void Arguments_that_are_no_object_are_an_error_of_the_call(string pieces)
    {
        List<ChatResponseUpdate> updates = Stream(Around(
            """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"a","name":"f","input":{}}}""",
            $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{{{pieces}}}"}}""",
            """{"type":"content_block_stop","index":0}"""));
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(updates[0].Contents));
        Assert.IsType<JsonException>(call.Exception);
        Assert.Null(call.Arguments);
    }

    [Fact]
    public void Events_and_deltas_that_the_future_brings_are_ignored()
    {
        List<ChatResponseUpdate> updates = Stream(Around(
            """{"type":"weather_report","error":{"type":"none"}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"s","name":"web_search","input":{}}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"q\":1}"}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"smell_delta","text":"roses"}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"message_delta","delta":{"stop_reason":"end_turn"}}"""));
        Assert.Equal([typeof(AIContent), typeof(UsageContent)], updates.SelectMany(update => update.Contents).Select(content => content.GetType()));
    }

    [Fact]
    public void Without_counts_the_end_has_no_usage() =>
        Assert.Empty(Assert.Single(Stream("""{"type":"message_start","message":{}}""", """{"type":"message_delta","delta":{"stop_reason":"end_turn"}}""", Stop)).Contents);

    [Fact]
    public void A_stream_with_neither_content_nor_a_reason_to_stop_is_no_answer() =>
        Assert.Equal(FailureKind.InvalidResponse, Broken(Start, Stop).Kind);

    [Theory]
    [InlineData("overloaded_error", FailureKind.Overloaded)]
    [InlineData("api_error", FailureKind.ServerError)]
    [InlineData("rate_limit_error", FailureKind.RateLimited)]
    [InlineData("timeout_error", FailureKind.Timeout)]
    [InlineData("brand_new_error", FailureKind.InvalidResponse)]
    public void An_error_ends_the_stream(string type, FailureKind kind)
    {
        AttemptFailure failure = Broken([.. Text[..4], $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"Sorry"}}"""]);
        Assert.Equal((kind, "Sorry", type), (failure.Kind, failure.Message, failure.ErrorCode));
        Assert.Equal(kind, Broken($$$"""{"error":{"type":"{{{type}}}"}}""").Kind);
    }

    [Fact]
    public void A_refusal_before_any_content_is_a_failure()
    {
        AttemptFailure failure = Broken(Start, Ping, """{"type":"message_delta","delta":{"stop_reason":"refusal","stop_details":{"explanation":"Not this."}},"usage":{}}""");
        Assert.Equal((FailureKind.ContentFiltered, "The model refused to answer: Not this."), (failure.Kind, failure.Message));
    }

    [Fact]
    public void A_refusal_after_content_is_the_reason_to_have_stopped() =>
        Assert.Equal(ChatFinishReason.ContentFilter, Stream([.. Text[..7], End("refusal", 3), Stop])[^1].FinishReason);

    public static TheoryData<string[]> NoStreams => new(
        (string[])[Stop],
        [Text[3]],
        [End("end_turn", 1)],
        ["""{"type":"message_start"}"""],
        ["""{"type":"message_start","message":[]}"""],
        [""],
        ["[DONE]"],
        ["<html>"],
        ["[]"],
        ["null"],
        ["{}"],
        ["""{"type":5}"""],
        [Start, Ping + Ping],
        [Start, """{"type":"content_block_delta","index":0}"""],
        [Start, """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta"}}"""],
        [Start, """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":5}}"""],
        [Start, """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta"}}"""],
        [Start, """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\ud800"}}"""],
        [Start, """{"type":"content_block_start","index":0}"""],
        [Start, """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","name":"f","input":{}}}"""],
        [Start, ThinkingAndTools[12], Stop]);

    [Theory]
    [MemberData(nameof(NoStreams))]
    public void What_is_no_stream_of_a_message_fails(string[] events) => Assert.Equal(FailureKind.InvalidResponse, Broken(events).Kind);

    [Fact]
    public void After_the_end_nothing_is_handed_on()
    {
        var decoder = new AnthropicStream(AnthropicWire.Asked, AnthropicWire.Claude);
        foreach (string e in Text) decoder.Read(default, Encoding.UTF8.GetBytes(e), out _, out _);
        Assert.Equal(StreamSignal.Continue, decoder.Read(default, Encoding.UTF8.GetBytes(Stop), out ChatResponseUpdate? update, out _));
        Assert.Null(update);
    }

    [Fact]
    public void A_delta_costs_what_it_hands_on()
    {
        var decoder = new AnthropicStream(AnthropicWire.Asked, AnthropicWire.Claude);
        decoder.Read(default, Encoding.UTF8.GetBytes(Start), out _, out _);
        byte[] delta = Encoding.UTF8.GetBytes(Text[3]);
        for (int i = 0; i < 100; i++) decoder.Read(default, delta, out _, out _);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) decoder.Read(default, delta, out _, out _);
        long perDelta = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;

        before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) GC.KeepAlive(new ChatResponseUpdate(ChatRole.Assistant, new List<AIContent>(1) { new TextContent(new string('x', 3)) }));
        Assert.Equal((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, perDelta);
    }
}
