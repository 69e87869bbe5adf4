using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.AnthropicMessages.AnthropicWire;

namespace RouterGen.Codecs.Tests.AnthropicMessages;

public class AnthropicReplyTests
{
    public const string Golden =
        """{"id":"msg_1","type":"message","role":"assistant","model":"claude-haiku-4-5","content":[{"type":"thinking","thinking":"The user wants\nweather.","signature":"c2lnbmVk"},{"type":"redacted_thinking","data":"b3BhcXVl"},{"type":"text","text":"Let me \"look\" 😀.","citations":null},{"type":"server_tool_use","id":"srv","name":"web_search","input":{"q":[1]}},{"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Rome","days":2,"units":["c",null]}}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":10,"cache_creation_input_tokens":20,"cache_read_input_tokens":30,"cache_creation":{"ephemeral_5m_input_tokens":20},"output_tokens":5,"service_tier":"standard"},"container":null}""";

    private static string Text(string stopReason) =>
        $$"""{"type":"message","id":"msg_1","content":[{"type":"text","text":"Hi"}],"stop_reason":{{stopReason}}}""";

    private static AttemptFailure Failure(string body)
    {
        AttemptFailure? failure = AnthropicReply.Read(AnthropicWire.Asked, AnthropicWire.Claude, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply);
        Assert.Null(reply);
        return failure!;
    }

    [Fact]
    public void Every_block_becomes_a_content()
    {
        RoutedResponse reply = Reply(Golden);
        Assert.Equal("msg_1", reply.ResponseId);
        Assert.Equal("claude-haiku-4-5", reply.ModelId);
        Assert.Equal(ChatFinishReason.ToolCalls, reply.FinishReason);
        ChatMessage message = Assert.Single(reply.Messages);
        Assert.Equal("msg_1", message.MessageId);
        Assert.Equal(ChatRole.Assistant, message.Role);
        Assert.Collection(
            message.Contents,
            c => Assert.Equal(("The user wants\nweather.", "c2lnbmVk"), (((TextReasoningContent)c).Text, Signature(c))),
            c => Assert.Equal(("", "b3BhcXVl"), (((TextReasoningContent)c).Text, Signature(c))),
            c => Assert.Equal("Let me \"look\" 😀.", ((TextContent)c).Text),
            c => Assert.Equal(typeof(AIContent), c.GetType()),
            c =>
            {
                var call = (FunctionCallContent)c;
                Assert.Equal(("toolu_1", "weather"), (call.CallId, call.Name));
                Assert.Equal("""{"city":"Rome","days":2,"units":["c",null]}""", JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions).Replace("\n", "").Replace(" ", ""));
            });
    }

    [Fact]
    public void Cached_tokens_are_part_of_the_input()
    {
        UsageDetails usage = Reply(Golden).Usage!;
        Assert.Equal(60, usage.InputTokenCount);
        Assert.Equal(5, usage.OutputTokenCount);
        Assert.Equal(65, usage.TotalTokenCount);
        Assert.Equal(30, usage.CachedInputTokenCount);
        Assert.Equal(20, usage.AdditionalCounts![UsageCounts.CacheWrites]);
    }

    [Theory]
    [InlineData("""{"input_tokens":3,"output_tokens":4}""", 3L, 4L, 7L)]
    [InlineData("""{"input_tokens":3,"output_tokens":4,"cache_creation_input_tokens":0}""", 3L, 4L, 7L)]
    [InlineData("""{"output_tokens":4}""", null, 4L, 4L)]
    [InlineData("""{"input_tokens":"3","output_tokens":4.5,"cache_read_input_tokens":{}}""", null, null, null)]
    [InlineData("""{"input_tokens":-3,"output_tokens":1e99}""", null, null, null)]
    [InlineData("""{"input_tokens":9223372036854775807,"cache_read_input_tokens":9223372036854775807}""", null, null, null)]
    [InlineData("[1]", null, null, null)]
    [InlineData("null", null, null, null)]
    public void Counts_that_are_none_are_not_made_up(string usage, long? input, long? output, long? total)
    {
        RoutedResponse reply = Reply($$"""{"usage":{{usage}},"type":"message","content":[],"stop_reason":"end_turn"}""");
        Assert.Equal((input, output, total), (reply.Usage?.InputTokenCount, reply.Usage?.OutputTokenCount, reply.Usage?.TotalTokenCount));
        Assert.Null(reply.Usage?.AdditionalCounts);
        Assert.Equal(total is null, reply.Usage is null);
    }

    [Theory]
    [InlineData("\"end_turn\"", "stop")]
    [InlineData("\"stop_sequence\"", "stop")]
    [InlineData("\"max_tokens\"", "length")]
    [InlineData("\"model_context_window_exceeded\"", "length")]
    [InlineData("\"tool_use\"", "tool_calls")]
    [InlineData("\"pause_turn\"", "pause_turn")]
    [InlineData("\"tired\"", "tired")]
    [InlineData("\" \"", null)]
    [InlineData("null", null)]
    [InlineData("{\"a\":[]}", null)]
    public void Stop_reasons(string reason, string? finish) => Assert.Equal(finish, Reply(Text(reason)).FinishReason?.Value);

    [Fact]
    public void A_refusal_is_filtered_content_beside_what_was_let_through()
    {
        AttemptFailure? failure = AnthropicReply.Read(AnthropicWire.Asked, AnthropicWire.Claude, 
            """{"type":"message","content":[{"type":"text","text":"Well"}],"stop_reason":"refusal","stop_details":{"type":"refusal","category":"cyber","explanation":"Not this."}}"""u8,
            out RoutedResponse? reply);
        Assert.Equal(FailureKind.ContentFiltered, failure?.Kind);
        Assert.Equal("The model refused to answer: Not this.", failure!.Message);
        Assert.Equal("refusal", failure.ErrorCode);
        Assert.Equal("Well", reply!.Text);
        Assert.Equal(ChatFinishReason.ContentFilter, reply.FinishReason);
    }

    [Theory]
    [InlineData("""{"type":"message","content":[],"stop_reason":"refusal","usage":{"input_tokens":10,"output_tokens":5}}""", FailureKind.ContentFiltered)]
    [InlineData("""{"type":"message","content":[7],"stop_reason":"end_turn","usage":{"input_tokens":10,"output_tokens":5}}""", FailureKind.InvalidResponse)]
    public void What_was_counted_is_told_also_without_an_answer(string body, FailureKind kind)
    {
        AttemptFailure? failure = AnthropicReply.Read(AnthropicWire.Asked, AnthropicWire.Claude, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply);
        Assert.Null(reply);
        Assert.Equal((kind, 10, 5), (failure?.Kind, failure?.Usage?.InputTokenCount, failure?.Usage?.OutputTokenCount));
    }

    [Fact]
    public void An_empty_answer_with_a_reason_is_an_answer()
    {
        RoutedResponse reply = Reply("""{"type":"message","content":[],"stop_reason":"end_turn"}""");
        Assert.Empty(Assert.Single(reply.Messages).Contents);
        Assert.Null(reply.ResponseId);
    }

    [Fact]
    public void Optional_members_of_the_wrong_type_are_ignored_and_their_order_does_not_matter()
    {
        RoutedResponse reply = Reply(""" {"stop_reason":"end_turn","content":[{"text":"Hi","type":"text"},{"type":7},{"type":"container_upload"}],"id":[{}],"model":5,"usage":"x","new":{"a":[1]},"type":"message"} """);
        Assert.Equal("Hi", reply.Text);
        Assert.Null(reply.ResponseId);
        Assert.Null(reply.ModelId);
    }

    [Fact]
    public void An_error_inside_a_success_keeps_its_meaning()
    {
        AttemptFailure failure = Failure("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}""");
        Assert.Equal((FailureKind.Overloaded, "Overloaded", "overloaded_error"), (failure.Kind, failure.Message, failure.ErrorCode));
        Assert.Equal(FailureKind.RateLimited, Failure("""{"error":{"type":"rate_limit_error"}}""").Kind);
        Assert.Equal(FailureKind.InvalidResponse, Failure("""{"type":"error","error":{"type":"new_error","message":"?"}}""").Kind);
        Assert.Equal("The provider reported an error inside its answer.", Failure("""{"type":"error","error":{}}""").Message);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n", "empty")]
    [InlineData("<!DOCTYPE html><html></html>", "HTML")]
    [InlineData("upstream connect error", "not valid JSON")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("\"text\"", "not a JSON object")]
    [InlineData("{}", "no message")]
    [InlineData("""{"content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn"}""", "no message")]
    [InlineData("""{"id":"x","object":"chat.completion","choices":[]}""", "no message")]
    [InlineData("""{"type":"message","stop_reason":"end_turn"}""", "no content")]
    [InlineData("""{"type":"message","content":"Hi","stop_reason":"end_turn"}""", "no content")]
    [InlineData("""{"type":"message","content":null,"stop_reason":"end_turn"}""", "no content")]
    [InlineData("""{"type":"message","content":[]}""", "neither content nor")]
    [InlineData("""{"type":"message","content":["Hi"],"stop_reason":"end_turn"}""", "not a block")]
    [InlineData("""{"type":"message","content":[{"type":"text","text":5}],"stop_reason":"end_turn"}""", "lacks")]
    [InlineData("""{"type":"message","content":[{"type":"text"}],"stop_reason":"end_turn"}""", "lacks")]
    [InlineData("""{"type":"message","content":[{"type":"tool_use","id":"1","input":{}}],"stop_reason":"tool_use"}""", "lacks")]
    [InlineData("""{"type":"message","content":[{"type":"tool_use","id":"1","name":"f","input":[1]}],"stop_reason":"tool_use"}""", "lacks")]
    [InlineData("""{"type":"message","content":[],"stop_reason":"end_turn"}{}""", "not valid JSON")]
    [InlineData("""{"type":"message","content":[],"stop_reason":"end_turn"} x""", "not valid JSON")]
    public void What_is_no_answer_is_none(string body, string says)
    {
        AttemptFailure failure = Failure(body);
        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
        Assert.Contains(says, failure.Message);
    }

    [Fact]
    public void Thoughts_and_calls_go_back_as_they_came()
    {
        RoutedResponse reply = Reply(Golden);
        string members = Members([Hello, reply.Messages[0], new(ChatRole.Tool, [new FunctionResultContent("toolu_1", "sunny")])]);
        Assert.Equal(
            """{"messages":[{"role":"user","content":"Hello"},{"role":"assistant","content":[{"type":"thinking","thinking":"The user wants\nweather.","signature":"c2lnbmVk"},{"type":"redacted_thinking","data":"b3BhcXVl"},{"type":"text","text":"Let me \"look\" \uD83D\uDE00."},{"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Rome","days":2,"units":["c",null]}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"sunny"}]}]}""",
            members);
    }

    [Fact]
    public void Thoughts_that_were_not_shown_go_back_as_thoughts_also_after_storage()
    {
        RoutedResponse reply = Reply("""{"type":"message","content":[{"type":"thinking","thinking":"","signature":"c2ln"},{"type":"redacted_thinking","data":"ZGF0YQ"},{"type":"text","text":"Hi"}],"stop_reason":"end_turn"}""");
        string stored = JsonSerializer.Serialize(reply.Messages[0], AIJsonUtilities.DefaultOptions);
        ChatMessage restored = JsonSerializer.Deserialize<ChatMessage>(stored, AIJsonUtilities.DefaultOptions)!;
        Assert.Equal(
            """{"messages":[{"role":"assistant","content":[{"type":"thinking","thinking":"","signature":"c2ln"},{"type":"redacted_thinking","data":"ZGF0YQ"},{"type":"text","text":"Hi"}]}]}""",
            Members([restored]));
    }
}
