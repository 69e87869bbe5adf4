using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.AnthropicMessages.AnthropicWire;

namespace RouterGen.Codecs.Tests.AnthropicMessages;

/// <summary>Streams that end in other ways than the API says, and what comes beside the text.</summary>
public class AnthropicEndTests
{
    private const string Start = """{"type":"message_start","message":{"id":"m","content":[],"usage":{"input_tokens":3}}}""";
    private const string StopReason = """{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":5}}""";

    [Fact]
    public void A_stop_reason_makes_an_answer_complete_also_blocks_that_were_not_closed()
    {
        AnthropicStream decoder = Read(
            Start,
            """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"Hm.","signature":"c2ln"}}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t1","name":"f","input":{}}}""",
            """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"a\":1}"}}""");
        Assert.False(decoder.IsFinished);
        decoder.Read(default, Encoding.UTF8.GetBytes(StopReason), out _, out _);
        Assert.True(decoder.IsFinished);

        Assert.Equal(StreamSignal.Completed, decoder.End(out ChatResponseUpdate? last, out _));
        Assert.Equal(ChatFinishReason.ToolCalls, last!.FinishReason);
        FunctionCallContent call = Assert.Single(last.Contents.OfType<FunctionCallContent>());
        Assert.Equal("1", call.Arguments!["a"]!.ToString());
        Assert.Equal(8, Assert.Single(last.Contents.OfType<UsageContent>()).Details.TotalTokenCount);
        Assert.Single(last.Contents.OfType<TextReasoningContent>());
    }

    [Theory]
    [InlineData("""{"type":"message_start","message":{"id":"m","content":[{"type":"tool_use","id":"t1","name":"f","input":{"a":1}}],"stop_reason":"tool_use","usage":{"input_tokens":0}}}""")]
    [InlineData("""{"type":"message","id":"m","role":"assistant","content":[{"type":"tool_use","id":"t1","name":"f","input":{"a":1}}],"stop_reason":"tool_use","usage":{"input_tokens":0}}""")]
    public void A_start_that_holds_the_answer_is_the_answer(string start)
    {
        AnthropicStream decoder = new(Asked, Claude);
        Assert.Equal(StreamSignal.Update, decoder.Read(default, Encoding.UTF8.GetBytes(start), out ChatResponseUpdate? update, out _));
        Assert.Equal("t1", Assert.IsType<FunctionCallContent>(Assert.Single(update!.Contents)).CallId);
        Assert.True(decoder.IsFinished);
        Assert.Equal(StreamSignal.Completed, decoder.Read(default, """{"type":"message_stop"}"""u8, out update, out _));
        Assert.Equal(ChatFinishReason.ToolCalls, update!.FinishReason);
    }

    [Fact]
    public void A_start_that_is_a_refusal_is_one() =>
        Assert.Equal(FailureKind.ContentFiltered, Broken("""{"type":"message_start","message":{"content":[],"stop_reason":"refusal","stop_details":{"explanation":"x"}}}""").Kind);

    [Fact]
    public void Blocks_with_one_number_are_told_apart()
    {
        List<ChatResponseUpdate> updates = Stream(
            Start,
            """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t1","name":"f","input":{}}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"a\":1}"}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t2","name":"f","input":{}}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"a\":2}"}}""",
            StopReason,
            """{"type":"message_stop"}""");
        Assert.Equal(["t1 1", "t2 2"], updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>().Select(call => $"{call.CallId} {call.Arguments!["a"]}"));
    }

    [Fact]
    public void Citations_are_annotations_of_their_text()
    {
        const string Citation = """{"type":"web_search_result_location","url":"https://a.test/1","title":"A","cited_text":"It is.","encrypted_index":"x"}""";
        RoutedResponse reply = Reply($$"""{"type":"message","content":[{"type":"text","text":"Yes.","citations":[{{Citation}}]},{"type":"text","text":" No.","citations":null}],"stop_reason":"end_turn"}""");
        Assert.Equal("https://a.test/1 A It is.", Text(Assert.Single(reply.Messages[0].Contents[0].Annotations!)));
        Assert.Null(reply.Messages[0].Contents[1].Annotations);

        ChatResponse streamed = Stream(
            Start,
            """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"","citations":[]}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Yes."}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"citations_delta","citation":""" + Citation + "}}",
            """{"type":"content_block_stop","index":0}""",
            StopReason,
            """{"type":"message_stop"}""").ToChatResponse();
        Assert.Equal("https://a.test/1 A It is.", Text(Assert.Single(streamed.Messages[0].Contents.SelectMany(content => content.Annotations ?? []))));
        Assert.Equal("Yes.", streamed.Text);

        static string Text(AIAnnotation annotation) => annotation is CitationAnnotation citation ? $"{citation.Url} {citation.Title} {citation.Snippet}" : "";
    }

    [Fact]
    public void Blocks_that_no_content_stands_for_reach_the_caller_and_survive_storage()
    {
        const string Result = """{"type":"web_search_tool_result","tool_use_id":"s1","content":[{"type":"web_search_result","url":"https://a.test/1"}]}""";
        RoutedResponse reply = Reply($$$"""{"type":"message","content":[{"type":"server_tool_use","id":"s1","name":"web_search","input":{"query":"x"}},{{{Result}}}],"stop_reason":"pause_turn"}""");
        ChatMessage stored = JsonSerializer.Deserialize<ChatMessage>(JsonSerializer.Serialize(reply.Messages[0], AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;
        string[] blocks = [.. stored.Contents.Select(Block)];
        Assert.Equal("""{"type":"server_tool_use","id":"s1","name":"web_search","input":{"query":"x"}}""", blocks[0]);
        Assert.Equal(Result, blocks[1]);

        List<ChatResponseUpdate> updates = Stream(
            Start,
            """{"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"s1","name":"web_search","input":{}}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"query\":"}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"\"x\"}"}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"content_block_start","index":1,"content_block":""" + Result + "}",
            """{"type":"content_block_stop","index":1}""",
            StopReason,
            """{"type":"message_stop"}""");
        Assert.Equal(blocks, updates.SelectMany(update => update.Contents).Where(content => content is not UsageContent).Select(Block));

        static string Block(AIContent content) => JsonSerializer.Serialize(((JsonElement)content.AdditionalProperties!["anthropic.block"]!));
    }

    [Fact]
    public void The_service_tier_is_readable()
    {
        Assert.Equal("priority", Reply("""{"type":"message","content":[{"type":"text","text":"x"}],"stop_reason":"end_turn","usage":{"input_tokens":1,"service_tier":"priority"}}""").AdditionalProperties!["ServiceTier"]);
        Assert.Equal("batch", Stream(Start.Replace("\"input_tokens\":3", "\"service_tier\":\"batch\""), StopReason, """{"type":"message_stop"}""")[^1].AdditionalProperties!["ServiceTier"]);
    }

    private static AnthropicStream Read(params string[] events)
    {
        AnthropicStream decoder = new(Asked, Claude);
        foreach (string e in events)
        {
            decoder.Read(default, Encoding.UTF8.GetBytes(e), out _, out AttemptFailure? failure);
            Assert.Null(failure);
        }

        return decoder;
    }
}
