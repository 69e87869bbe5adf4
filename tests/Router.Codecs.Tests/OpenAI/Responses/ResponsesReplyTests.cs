using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIResponses;

/// <summary>Whole answers.</summary>
public class ResponsesReplyTests
{
    internal const string Golden = """
        {
          "id": "resp_1", "object": "response", "created_at": 1741569952, "status": "completed", "background": false, "error": null, "incomplete_details": null, "instructions": null,
          "max_output_tokens": null, "model": "gpt-5-mini-2025-08-07",
          "output": [
            { "id": "rs_1", "type": "reasoning", "encrypted_content": "gAAA", "summary": [ { "type": "summary_text", "text": "First." }, { "type": "summary_text", "text": "Then." } ] },
            {
              "id": "msg_1", "type": "message", "status": "completed", "role": "assistant", "phase": "final_answer",
              "content": [ { "type": "output_text", "annotations": [ { "type": "url_citation", "start_index": 0, "end_index": 5, "url": "https://example.com/", "title": "Example" } ], "logprobs": [], "text": "Hello \"ö\"" } ]
            }
          ],
          "parallel_tool_calls": true, "previous_response_id": null, "reasoning": { "effort": "medium", "summary": "auto" }, "service_tier": "default", "store": false, "temperature": 1.0,
          "text": { "format": { "type": "text" } }, "tool_choice": "auto", "tools": [], "top_p": 1.0, "truncation": "disabled",
          "usage": { "input_tokens": 36, "input_tokens_details": { "cached_tokens": 10, "cache_write_tokens": 4 }, "output_tokens": 87, "output_tokens_details": { "reasoning_tokens": 64 }, "total_tokens": 123 },
          "user": null, "metadata": {}
        }
        """;

    internal const string GoldenCalls = """
        {"id":"resp_2","object":"response","created_at":1741569952,"status":"completed","model":"gpt-5-mini","output":[
        {"id":"fc_1","type":"function_call","status":"completed","arguments":"{\"city\":\"Köln\"}","call_id":"call_1","name":"weather"},
        {"id":"fc_2","type":"function_call","status":"completed","arguments":"{}","call_id":"call_2","name":"time"}],"usage":{"input_tokens":5,"output_tokens":7,"total_tokens":12}}
        """;

    [Fact]
    public void An_answer_with_all_its_parts()
    {
        RoutedResponse reply = ResponsesWire.Reply(Golden);
        Assert.Equal(("resp_1", "gpt-5-mini-2025-08-07", ChatFinishReason.Stop), (reply.ResponseId, reply.ModelId, reply.FinishReason!.Value));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1741569952), reply.CreatedAt);
        Assert.Null(reply.ConversationId);
        Assert.Equal("default", reply.AdditionalProperties!["ServiceTier"]);
        ChatMessage message = Assert.Single(reply.Messages);
        Assert.Equal((ChatRole.Assistant, "resp_1"), (message.Role, message.MessageId));
        Assert.Collection(
            message.Contents,
            static thoughts => Assert.Equal("First.\n\nThen.", Assert.IsType<TextReasoningContent>(thoughts).Text),
            static phase => Assert.Equal("", Assert.IsType<TextReasoningContent>(phase).Text),
            static text => Assert.Equal("Hello \"ö\"", Assert.IsType<TextContent>(text).Text));
        CitationAnnotation citation = Assert.IsType<CitationAnnotation>(Assert.Single(message.Contents[2].Annotations!));
        Assert.Equal(("https://example.com/", "Example"), (citation.Url!.ToString(), citation.Title));
        TextSpanAnnotatedRegion region = Assert.IsType<TextSpanAnnotatedRegion>(Assert.Single(citation.AnnotatedRegions!));
        Assert.Equal((0, 5), (region.StartIndex, region.EndIndex));
        UsageDetails usage = reply.Usage!;
        Assert.Equal((36L, 87L, 123L, 10L, 64L), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.CachedInputTokenCount, usage.ReasoningTokenCount));
        Assert.Equal(4, usage.AdditionalCounts![UsageCounts.CacheWrites]);
    }

    [Fact]
    public void Calls_come_under_their_ids()
    {
        RoutedResponse reply = ResponsesWire.Reply(GoldenCalls);
        Assert.Equal(ChatFinishReason.ToolCalls, reply.FinishReason);
        Assert.Collection(
            reply.Messages[0].Contents.Cast<FunctionCallContent>(),
            static call =>
            {
                Assert.Equal(("call_1", "weather"), (call.CallId, call.Name));
                Assert.Equal("Köln", call.Arguments!["city"]!.ToString());
            },
            static call =>
            {
                Assert.Equal(("call_2", "time"), (call.CallId, call.Name));
                Assert.Empty(call.Arguments!);
            });
    }

    [Fact]
    public void A_call_comes_under_the_tools_own_name_and_with_whatever_arguments()
    {
        var options = new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("git.create", null, JsonDocument.Parse("{}").RootElement)] };
        string wire = CodecNames.ToWire("git.create");
        FunctionCallContent call = Call($$$"""{"type":"function_call","call_id":"c","name":"{{{wire}}}","arguments":{"a":1}}""", options);
        Assert.Equal(("git.create", "1"), (call.Name, call.Arguments!["a"]!.ToString()));
        Assert.Equal("fc_1", Call("""{"type":"function_call","id":"fc_1","name":"f"}""").CallId);
        Assert.StartsWith("call_", Call("""{"type":"function_call","name":"f","arguments":""}""").CallId);
        Assert.NotNull(Call("""{"type":"function_call","call_id":"c","name":"f","arguments":"{\"a\":"}""").Exception);
        Assert.Contains("names no function", ResponsesWire.NoReply(ResponsesWire.Answer("""{"type":"function_call","call_id":"c","arguments":"{}"}""")).Message);

        static FunctionCallContent Call(string item, ChatOptions? options = null) => Assert.IsType<FunctionCallContent>(Assert.Single(ResponsesWire.Reply(ResponsesWire.Answer(item), options).Messages[0].Contents));
    }

    [Fact]
    public void A_refusal_is_an_error_content()
    {
        ErrorContent refusal = Assert.IsType<ErrorContent>(Assert.Single(ResponsesWire.Reply(ResponsesWire.Answer("""{"type":"message","content":[{"type":"refusal","refusal":"I cannot."}]}""")).Messages[0].Contents));
        Assert.Equal(("I cannot.", "Refusal"), (refusal.Message, refusal.ErrorCode));
    }

    [Fact]
    public void Thoughts_themselves_are_read_as_well()
    {
        IList<AIContent> contents = ResponsesWire.Reply(ResponsesWire.Answer(
            """{"id":"rs_1","type":"reasoning","summary":[],"content":[{"type":"reasoning_text","text":"Hm."}],"encrypted_content":null,"status":null},{"type":"message","content":[{"type":"output_text","text":"Yes."}]}""")).Messages[0].Contents;
        Assert.Equal("Hm.", Assert.IsType<TextReasoningContent>(contents[0]).Text);
        Assert.Equal("Yes.", Assert.IsType<TextContent>(contents[1]).Text);
        Assert.Equal(2, contents.Count);
    }

    [Fact]
    public void What_the_providers_tools_did_comes_as_it_is_and_images_as_images()
    {
        const string Search = """{"id":"ws_1","type":"web_search_call","status":"completed","action":{"type":"search","query":"zebra"}}""";
        IList<AIContent> contents = ResponsesWire.Reply(ResponsesWire.Answer(
            Search + ""","""
            + """{"id":"ig_1","type":"image_generation_call","status":"completed","output_format":"webp","result":"emVicmE="},{"id":"ig_2","type":"image_generation_call","status":"failed","result":null},"""
            + """{"id":"mcpr_1","type":"mcp_approval_request","server_label":"docs","name":"find","arguments":"{\"q\":\"x\"}"},{"type":"later","a":1}""")).Messages[0].Contents;
        Assert.Equal(5, contents.Count);
        Assert.Equal(Search, Item(contents[0]));
        DataContent image = Assert.IsType<DataContent>(contents[1]);
        Assert.Equal(("image/webp", "zebra"), (image.MediaType, Encoding.UTF8.GetString(image.Data.Span)));
        Assert.Contains("ig_2", Item(contents[2]));
        ToolApprovalRequestContent question = Assert.IsType<ToolApprovalRequestContent>(contents[3]);
        McpServerToolCallContent call = Assert.IsType<McpServerToolCallContent>(question.ToolCall);
        Assert.Equal(("mcpr_1", "docs", "find", "x"), (question.RequestId, call.ServerName, call.Name, call.Arguments!["q"]!.ToString()));
        Assert.Equal("""{"type":"later","a":1}""", Item(contents[4]));

        static string Item(AIContent content) => Assert.IsType<JsonElement>(content.AdditionalProperties!["openai.item"]).GetRawText();
    }

    [Theory]
    [InlineData("max_output_tokens", "length")]
    [InlineData("content_filter", "content_filter")]
    [InlineData("later", "later")]
    public void An_answer_that_was_cut_says_why(string reason, string expected)
    {
        string body = Incomplete(reason, """{"type":"message","status":"incomplete","content":[{"type":"output_text","text":"Hel"}]}""");
        AttemptFailure? failure = ResponsesWire.Codec.ReadReply(ResponsesWire.Asked, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply);
        Assert.Equal(expected, reply!.FinishReason!.Value.Value);
        Assert.Equal("Hel", reply.Text);
        Assert.Equal(expected is "content_filter" ? FailureKind.ContentFiltered : null, failure?.Kind);
    }

    [Fact]
    public void A_filter_that_let_nothing_through_leaves_no_answer() => Assert.Equal(FailureKind.ContentFiltered, ResponsesWire.NoReply(Incomplete("content_filter", "")).Kind);

    [Theory]
    [InlineData("""{"status":"failed","error":{"code":"server_error","message":"The model failed."},"output":[],"usage":{"input_tokens":3,"output_tokens":0}}""", FailureKind.ServerError, "The model failed.")]
    [InlineData("""{"status":"failed","error":{"code":"rate_limit_exceeded","message":"Slow down."},"output":[]}""", FailureKind.RateLimited, "Slow down.")]
    [InlineData("""{"status":"failed","error":{"code":"invalid_prompt","message":"Flagged."},"output":[]}""", FailureKind.ContentFiltered, "Flagged.")]
    [InlineData("""{"status":"failed","error":null,"output":[]}""", FailureKind.ServerError, "failed to answer")]
    [InlineData("""{"status":"cancelled","output":[]}""", FailureKind.ServerError, "cancelled")]
    [InlineData("""{"status":"queued","output":[]}""", FailureKind.InvalidResponse, "queued")]
    [InlineData("""{"status":"completed"}""", FailureKind.InvalidResponse, "no output")]
    [InlineData("""{"output":[]}""", FailureKind.InvalidResponse, "neither content nor a status")]
    [InlineData("""{"output":"x"}""", FailureKind.InvalidResponse, "'output' is a String")]
    [InlineData("""{"output":["x"]}""", FailureKind.InvalidResponse, "'output[]' is a String")]
    [InlineData("""{"error":{"message":"Overloaded","type":"overloaded_error"}}""", FailureKind.Overloaded, "Overloaded")]
    [InlineData("""{"code":"insufficient_quota","message":"You exceeded your quota."}""", FailureKind.QuotaExhausted, "exceeded")]
    [InlineData("<html>", FailureKind.InvalidResponse, "page")]
    [InlineData("", FailureKind.InvalidResponse, "empty")]
    [InlineData("[]", FailureKind.InvalidResponse, "'answer' is a StartArray")]
    public void What_is_no_answer_is_a_failure(string body, FailureKind kind, string message)
    {
        AttemptFailure failure = ResponsesWire.NoReply(body);
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(message, failure.Message);
        Assert.Equal(body.Contains("input_tokens") ? 3 : null, failure.Usage?.InputTokenCount);
    }

    [Fact]
    public void An_answer_without_anything_in_it_is_one_that_says_nothing()
    {
        RoutedResponse reply = ResponsesWire.Reply(ResponsesWire.Answer(""));
        Assert.Empty(reply.Messages[0].Contents);
        Assert.Equal(ChatFinishReason.Stop, reply.FinishReason);

        // State alone is no answer either.
        reply = ResponsesWire.Reply(ResponsesWire.Answer("""{"id":"rs_1","type":"reasoning","summary":[],"encrypted_content":"gAAA"}"""));
        Assert.Empty(reply.Messages[0].Contents);
    }

    [Fact]
    public void A_server_that_leaves_members_out_is_understood()
    {
        RoutedResponse reply = ResponsesWire.Reply("\uFEFF" + """{"output":[{"content":[{"text":"Hi"}]},{"type":"message","content":"there"},{"type":"message"}],"usage":null,"created_at":1.7e9}""");
        Assert.Equal("Hithere", reply.Text);
        Assert.Equal(ChatFinishReason.Stop, reply.FinishReason);
        Assert.Null(reply.Usage);
    }

    private static string Incomplete(string reason, string items) => $$$"""{"id":"r","status":"incomplete","incomplete_details":{"reason":"{{{reason}}}"},"output":[{{{items}}}]}""";
}
