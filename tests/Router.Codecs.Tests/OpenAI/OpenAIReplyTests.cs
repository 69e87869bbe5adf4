using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIChat;

public class OpenAIReplyTests
{
    internal const string Golden = """
        {
          "id": "chatcmpl-1", "object": "chat.completion", "created": 1741569952, "model": "gpt-4o-mini-2024-07-18",
          "choices": [
            {"index": 0, "message": {"role": "assistant", "content": "Hello, \"wörld\" \ud83d\ude00!", "refusal": null, "annotations": []},
             "logprobs": null, "finish_reason": "stop"}
          ],
          "usage": {"prompt_tokens": 19, "completion_tokens": 10, "total_tokens": 29,
            "prompt_tokens_details": {"cached_tokens": 7, "cache_write_tokens": 3, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 4, "audio_tokens": 0}},
          "service_tier": "default", "system_fingerprint": "fp_1"
        }
        """;

    internal const string GoldenCalls = """
        {"id":"c2","model":"m","choices":[{"message":{"role":"assistant","content":null,"reasoning_content":"hm","tool_calls":[
        {"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"K\u00f6ln\",\"days\":2}"}},
        {"id":"call_2","type":"function","function":{"name":"time","arguments":""}}]},"finish_reason":"tool_calls"}]}
        """;

    [Fact]
    public void An_answer_is_read_whole()
    {
        RoutedResponse reply = OpenAIWire.Reply(Golden);

        Assert.Equal("Hello, \"wörld\" 😀!", reply.Text);
        ChatMessage message = Assert.Single(reply.Messages);
        Assert.Equal(ChatRole.Assistant, message.Role);
        Assert.IsType<TextContent>(Assert.Single(message.Contents));
        Assert.Equal("chatcmpl-1", message.MessageId);
        Assert.Equal("chatcmpl-1", reply.ResponseId);
        Assert.Equal("gpt-4o-mini-2024-07-18", reply.ModelId);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1741569952), reply.CreatedAt);
        Assert.Equal(ChatFinishReason.Stop, reply.FinishReason);
        Assert.NotNull(reply.Usage);
        Assert.Equal(19, reply.Usage.InputTokenCount);
        Assert.Equal(10, reply.Usage.OutputTokenCount);
        Assert.Equal(29, reply.Usage.TotalTokenCount);
        Assert.Equal(7, reply.Usage.CachedInputTokenCount);
        Assert.Equal(4, reply.Usage.ReasoningTokenCount);
        Assert.Equal(3, reply.Usage.AdditionalCounts?[UsageCounts.CacheWrites]);
    }

    [Fact]
    public void Tool_calls_are_read_with_their_arguments()
    {
        RoutedResponse reply = OpenAIWire.Reply(GoldenCalls);

        Assert.Equal(ChatFinishReason.ToolCalls, reply.FinishReason);
        Assert.Equal("hm", Assert.IsType<TextReasoningContent>(reply.Messages[0].Contents[0]).Text);
        var weather = Assert.IsType<FunctionCallContent>(reply.Messages[0].Contents[1]);
        Assert.Equal(("call_1", "weather"), (weather.CallId, weather.Name));
        Assert.NotNull(weather.Arguments);
        Assert.Equal("Köln", Assert.IsType<JsonElement>(weather.Arguments["city"]).GetString());
        Assert.Equal(2, Assert.IsType<JsonElement>(weather.Arguments["days"]).GetInt32());
        var time = Assert.IsType<FunctionCallContent>(reply.Messages[0].Contents[2]);
        Assert.Equal(("call_2", "time"), (time.CallId, time.Name));
        Assert.Null(time.Arguments);
        Assert.Null(time.Exception);
    }

    [Fact]
    public void An_answer_that_the_provider_interrupted_is_none()
    {
        AttemptFailure failure = OpenAIWire.NoReply("""{"choices":[{"message":{"content":"Hi"},"finish_reason":"insufficient_system_resource"}]}""");
        Assert.Equal((FailureKind.Overloaded, "insufficient_system_resource"), (failure.Kind, failure.ErrorCode));
    }

    [Theory]
    [InlineData("\"{\\\"a\\\":\"")]
    [InlineData("\"[1]\"")]
    [InlineData("\"{} {}\"")]
    public void Arguments_that_are_no_object_are_told_to_the_caller(string arguments)
    {
        RoutedResponse reply = OpenAIWire.Reply(Message($$$"""{"tool_calls":[{"id":"c","function":{"name":"f","arguments":{{{arguments}}}}}]}"""));
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(reply.Messages[0].Contents));
        Assert.Null(call.Arguments);
        Assert.IsType<JsonException>(call.Exception);
    }

    [Fact]
    public void Arguments_that_are_sent_as_an_object_are_taken()
    {
        RoutedResponse reply = OpenAIWire.Reply(Message("""{"tool_calls":[{"id":"c","function":{"name":"f","arguments":{"a":[1]}}}]}"""));
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(reply.Messages[0].Contents));
        Assert.Equal("[1]", call.Arguments?["a"]?.ToString());
    }

    [Fact]
    public void Calls_without_an_id_get_different_ones()
    {
        RoutedResponse reply = OpenAIWire.Reply(Message("""{"tool_calls":[{"function":{"name":"f"}},{"id":"","function":{"name":"f"}}]}"""));
        string[] ids = [.. reply.Messages[0].Contents.Cast<FunctionCallContent>().Select(call => call.CallId)];
        Assert.Equal(2, ids.Distinct().Count());
        Assert.DoesNotContain("", ids);
    }

    [Fact]
    public void A_refusal_is_an_error_content()
    {
        RoutedResponse reply = OpenAIWire.Reply(Message("""{"content":null,"refusal":"I can't."}"""));
        var refusal = Assert.IsType<ErrorContent>(Assert.Single(reply.Messages[0].Contents));
        Assert.Equal(("I can't.", "Refusal"), (refusal.Message, refusal.ErrorCode));
    }

    [Theory]
    [InlineData("reasoning_content")]
    [InlineData("reasoning")]
    public void Reasoning_comes_before_the_text(string name)
    {
        RoutedResponse reply = OpenAIWire.Reply(Message($$"""{"content":"4","{{name}}":"2+2"}"""));
        Assert.Equal("2+2", Assert.IsType<TextReasoningContent>(reply.Messages[0].Contents[0]).Text);
        Assert.Equal("4", reply.Text);
    }

    [Fact]
    public void Content_in_parts_is_joined()
    {
        RoutedResponse reply = OpenAIWire.Reply(Message("""{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"a"},7,{"text":"b"}]}"""));
        Assert.Equal("ab", reply.Text);
    }

    [Theory]
    [InlineData("stop", "stop")]
    [InlineData("length", "length")]
    [InlineData("tool_calls", "tool_calls")]
    [InlineData("function_call", "tool_calls")]
    public void Finish_reasons(string wire, string expected)
    {
        Assert.Equal(new ChatFinishReason(expected), OpenAIWire.Reply(Message("""{"content":""}""", $"\"{wire}\"")).FinishReason);
    }

    [Fact]
    public void An_empty_answer_with_a_finish_reason_is_one()
    {
        RoutedResponse reply = OpenAIWire.Reply(Message("""{"content":null}"""));
        Assert.Equal("", reply.Text);
        Assert.Empty(reply.Messages[0].Contents);
    }

    [Fact]
    public void Only_the_first_choice_counts()
    {
        RoutedResponse reply = OpenAIWire.Reply("""{"choices":[{"message":{"content":"b"},"index":1},{"message":{"content":"a"},"index":0},{"index":0,"message":{"content":"c"}}]}""");
        Assert.Equal("a", reply.Text);
    }

    [Fact]
    public void A_filtered_answer_is_a_failure_beside_what_was_let_through()
    {
        byte[] body = Encoding.UTF8.GetBytes(Message("""{"content":"Once upon"}""", "\"content_filter\""));
        AttemptFailure? failure = OpenAIWire.Codec.ReadReply(OpenAIWire.Asked, body, out RoutedResponse? reply);
        Assert.Equal(FailureKind.ContentFiltered, failure?.Kind);
        Assert.Equal("Once upon", reply?.Text);
        Assert.Equal(ChatFinishReason.ContentFilter, reply?.FinishReason);
    }

    [Fact]
    public void A_filter_may_leave_no_message_at_all()
    {
        AttemptFailure? failure = OpenAIWire.Codec.ReadReply(OpenAIWire.Asked, """{"choices":[{"finish_reason":"content_filter"}]}"""u8, out RoutedResponse? reply);
        Assert.Equal(FailureKind.ContentFiltered, failure?.Kind);
        Assert.Null(reply);
    }

    [Theory]
    [InlineData("""{"choices":[{"finish_reason":"content_filter"}],"usage":{"prompt_tokens":10,"completion_tokens":5}}""")]
    [InlineData("""{"choices":[{"message":{"content":null},"finish_reason":"error"}],"usage":{"prompt_tokens":10,"completion_tokens":5}}""")]
    [InlineData("""{"error":{"message":"Broken.","code":502},"usage":{"prompt_tokens":10,"completion_tokens":5}}""")]
    public void What_was_counted_is_told_also_without_an_answer(string body)
    {
        AttemptFailure failure = OpenAIWire.NoReply(body);
        Assert.Equal((10, 5), (failure.Usage?.InputTokenCount, failure.Usage?.OutputTokenCount));
    }

    [Fact]
    public void Optional_members_of_a_wrong_type_count_as_absent()
    {
        RoutedResponse reply = OpenAIWire.Reply("""
            {"id":7,"created":1e999,"model":["m"],"choices":[{"index":"0","message":{"role":3,"content":"Hi","refusal":{},"reasoning":[1],"tool_calls":null},"finish_reason":5}],
             "usage":{"prompt_tokens":-1,"completion_tokens":"3","total_tokens":99999999999999999999,"prompt_tokens_details":[1],"completion_tokens_details":{"reasoning_tokens":1.5}},"error":null}
            """);
        Assert.Equal("Hi", reply.Text);
        Assert.Null(reply.ResponseId);
        Assert.Null(reply.ModelId);
        Assert.Null(reply.CreatedAt);
        Assert.Null(reply.FinishReason);
        Assert.Null(reply.Usage);
    }

    [Fact]
    public void Of_duplicate_members_the_last_counts()
    {
        RoutedResponse reply = OpenAIWire.Reply("""{"choices":[{"message":{"content":"a","content":"b"}}],"model":"x","model":"y"}""");
        Assert.Equal(("b", "y"), (reply.Text, reply.ModelId));
    }

    [Fact]
    public void A_byte_order_mark_is_skipped()
    {
        Assert.Equal("Hi", OpenAIWire.Reply("\uFEFF" + Message("""{"content":"Hi"}""")).Text);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  \n", "empty")]
    [InlineData("<html><body>Bad gateway</body></html>", "HTML")]
    [InlineData("OK", "cannot be read")]
    [InlineData("null", "cannot be read")]
    [InlineData("[]", "cannot be read")]
    [InlineData("{}", "no choices")]
    [InlineData("""{"choices":null}""", "no choices")]
    [InlineData("""{"choices":[]}""", "no choices")]
    [InlineData("""{"choices":{}}""", "'choices'")]
    [InlineData("""{"choices":[null]}""", "'choices[]'")]
    [InlineData("""{"choices":[{}]}""", "no message")]
    [InlineData("""{"choices":[{"message":null,"finish_reason":"stop"}]}""", "no message")]
    [InlineData("""{"choices":[{"message":"Hi"}]}""", "no message")]
    [InlineData("""{"choices":[{"message":{"role":"assistant"}}]}""", "neither")]
    [InlineData("""{"choices":[{"message":{"content":null,"tool_calls":[]}}]}""", "neither")]
    [InlineData("""{"choices":[{"message":{"content":"Hi"},"finish_reason":"error"}]}""", "stopped with an error")]
    [InlineData("""{"choices":[{"message":{"content":7}}]}""", "'content'")]
    [InlineData("""{"choices":[{"message":{"tool_calls":1}}]}""", "'tool_calls'")]
    [InlineData("""{"choices":[{"message":{"tool_calls":[{"id":"c"}]}}]}""", "names no function")]
    [InlineData("""{"choices":[{"message":{"tool_calls":[{"function":{"name":"f","arguments":1}}]}}]}""", "'arguments'")]
    [InlineData("""{"choices":[{"message":{"content":"Hi"}}]} x""", "cannot be read")]
    [InlineData("""{"choices":[{"message":{"content":"Hi"}}]}{}""", "cannot be read")]
    [InlineData("""{"choices":[{"message":{"content":"\ud800"}}]}""", "cannot be read")]
    public void What_is_no_answer_is_said_to_be_none(string body, string words)
    {
        AttemptFailure failure = OpenAIWire.NoReply(body);
        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
        Assert.Contains(words, failure.Message);
        Assert.True(failure.Message.Length < 300);
    }

    [Fact]
    public void Deep_nesting_is_no_answer()
    {
        string deep = $$$"""{"x":{{{new string('[', 10_000)}}}{{{new string(']', 10_000)}}},"choices":[{"message":{"content":"Hi"}}]}""";
        Assert.Equal(FailureKind.InvalidResponse, OpenAIWire.NoReply(deep).Kind);
    }

    [Theory]
    [InlineData("""{"error":{"message":"Slow","type":"rate_limit_error"}}""", FailureKind.RateLimited, "Slow", null)]
    [InlineData("""{"error":{"message":"Provider returned error","code":429}}""", FailureKind.RateLimited, "Provider returned error", 429)]
    [InlineData("""{"error":{"message":"No more credit","code":402},"choices":[]}""", FailureKind.QuotaExhausted, "No more credit", 402)]
    [InlineData("""{"error":{"message":"Gone","code":"502"}}""", FailureKind.ServerError, "Gone", 502)]
    [InlineData("""{"error":"model crashed"}""", FailureKind.InvalidResponse, "model crashed", null)]
    [InlineData("""{"error":{}}""", FailureKind.InvalidResponse, "The answer is an error.", null)]
    [InlineData("""{"object":"error","message":"too long: maximum context length is 8","type":"BadRequestError","code":400}""", FailureKind.ContextWindowExceeded, "too long: maximum context length is 8", 400)]
    [InlineData("""{"detail":"Not authenticated"}""", FailureKind.InvalidResponse, "Not authenticated", null)]
    [InlineData("""{"choices":[{"message":{"content":"Hi"},"finish_reason":"error","error":{"code":503,"message":"Cut"}}]}""", FailureKind.Overloaded, "Cut", 503)]
    public void An_error_inside_a_success_is_a_failure(string body, FailureKind kind, string message, int? status)
    {
        AttemptFailure failure = OpenAIWire.NoReply(body);
        Assert.Equal((kind, message, status), (failure.Kind, failure.Message, failure.StatusCode));
    }

    [Fact]
    public void An_error_that_says_nothing_leaves_the_answer()
    {
        Assert.Equal("Hi", OpenAIWire.Reply("""{"error":"","choices":[{"message":{"content":"Hi"},"error":false}]}""").Text);
    }

    [Fact]
    public void A_plain_answer_allocates_only_itself()
    {
        byte[] body = Encoding.UTF8.GetBytes(Message("""{"role":"assistant","content":"Hello","refusal":null}"""));
        for (int i = 0; i < 100; i++) OpenAIWire.Codec.ReadReply(OpenAIWire.Asked, body, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) OpenAIWire.Codec.ReadReply(OpenAIWire.Asked, body, out _);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / 1_000;
        Assert.InRange(each, 1, 488); // Response (with how a structured answer was asked for), message, their lists, content and its string.
    }

    private static string Message(string message, string finishReason = "\"stop\"") =>
        $$"""{"choices":[{"index":0,"message":{{message}},"finish_reason":{{finishReason}}}]}""";
}
