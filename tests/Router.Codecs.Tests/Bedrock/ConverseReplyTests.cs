using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.Bedrock.ConverseWire;

namespace RouterGen.Codecs.Tests.Bedrock;

public class ConverseReplyTests
{
    public const string Golden = """
        {"additionalModelResponseFields":null,"metrics":{"latencyMs":551},"output":{"message":{"content":[
        {"reasoningContent":{"reasoningText":{"text":"Hm.","signature":"c2ln"}}},{"reasoningContent":{"redactedContent":"ZGF0YQ=="}},{"text":"Hi \"ö\" 😀"},
        {"citationsContent":{"content":[{"text":"It is "},{"text":"red."}],"citations":[{"title":"Doc","source":"https://s.example","sourceContent":[{"text":"red"}],"location":{"documentPage":{"documentIndex":0,"start":1,"end":2}}}]}},
        {"toolUse":{"input":{"city":"Röm","n":[1,null]},"name":"weather","toolUseId":"tooluse_1"}}],"role":"assistant"}},
        "stopReason":"tool_use","serviceTier":{"type":"flex"},"trace":{"guardrail":{"modelOutput":["x"]}},"usage":{"cacheDetails":[{"inputTokens":2,"ttl":"1h"}],"cacheReadInputTokens":3,"cacheWriteInputTokens":5,"inputTokens":10,"outputTokens":7,"totalTokens":25}}
        """;

    private static string Message(string content, string stop = "end_turn", string usage = "null") =>
        $$$"""{"output":{"message":{"role":"assistant","content":{{{content}}}}},"stopReason":"{{{stop}}}","usage":{{{usage}}}}""";

    [Fact]
    public void A_whole_answer_is_read()
    {
        RoutedResponse reply = Reply(Golden);
        Assert.Equal((ChatFinishReason.ToolCalls, "m", "flex"), (reply.FinishReason!.Value, reply.ModelId, (string?)reply.AdditionalProperties!["ServiceTier"]));
        ChatMessage message = Assert.Single(reply.Messages);
        Assert.Equal(ChatRole.Assistant, message.Role);
        Assert.Equal(["Hm.", "", "Hi \"ö\" 😀", "It is red."], message.Contents.Take(4).Select(static content => content is TextContent text ? text.Text : ((TextReasoningContent)content).Text));
        CitationAnnotation citation = Assert.IsType<CitationAnnotation>(Assert.Single(message.Contents[3].Annotations!));
        Assert.Equal(("Doc", "red", new Uri("https://s.example")), (citation.Title, citation.Snippet, citation.Url));
        var call = Assert.IsType<FunctionCallContent>(message.Contents[4]);
        Assert.Equal(("tooluse_1", "weather", "Röm"), (call.CallId, call.Name, ((JsonElement)call.Arguments!["city"]!).GetString()));
    }

    [Fact]
    public void Usage_counts_the_cache_in()
    {
        UsageDetails usage = Reply(Golden).Usage!;
        Assert.Equal((18L, 7L, 25L, 3L), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.CachedInputTokenCount));
        Assert.Equal((5L, 2L), (usage.AdditionalCounts![UsageCounts.CacheWrites], usage.AdditionalCounts[UsageCounts.LongCacheWrites]));
    }

    [Theory]
    [InlineData("""{"inputTokens":10,"outputTokens":7,"totalTokens":17}""", 10L, 7L, null, null, null)]
    [InlineData("""{"inputTokens":10,"outputTokens":7,"cacheReadInputTokens":0,"cacheWriteInputTokens":0}""", 10L, 7L, 0L, null, null)]
    [InlineData("""{"inputTokens":1,"outputTokens":1,"cacheDetails":[{"inputTokens":4,"ttl":"5m"},{"inputTokens":6,"ttl":"1h"},7,{"ttl":"1h"}]}""", 11L, 1L, null, 10L, 6L)]
    [InlineData("""{"inputTokens":-1,"outputTokens":"x","cacheReadInputTokens":9}""", 9L, null, 9L, null, null)]
    public void Each_report_of_usage_is_read(string json, long? input, long? output, long? read, long? written, long? longWritten)
    {
        UsageDetails usage = Reply(Message("""[{"text":"a"}]""", usage: json)).Usage!;
        Assert.Equal((input, output, read), (usage.InputTokenCount, usage.OutputTokenCount, usage.CachedInputTokenCount));
        Assert.Equal((written, longWritten), (Count(usage, UsageCounts.CacheWrites), Count(usage, UsageCounts.LongCacheWrites)));
    }

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("tool_use", "tool_calls")]
    [InlineData("max_tokens", "length")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("pause_turn", "pause_turn")]
    public void Reasons_to_stop_have_the_frameworks_names(string said, string reason)
    {
        RoutedResponse reply = Reply(Message("""[{"text":"a"}]""", said));
        Assert.Equal(reason, reply.FinishReason!.Value.Value);
        Assert.Null(reply.Usage);
        Assert.Null(reply.AdditionalProperties);
    }

    [Theory]
    [InlineData("guardrail_intervened")]
    [InlineData("content_filtered")]
    [InlineData("refusal")]
    public void A_filtered_answer_is_a_failure_beside_what_was_let_through(string said)
    {
        AttemptFailure? failure = Read(Message("""[{"text":"Sorry"}]""", said, """{"inputTokens":1}"""), out RoutedResponse? reply);
        Assert.Equal((FailureKind.ContentFiltered, said, 1L), (failure!.Kind, failure.ErrorCode, failure.Usage!.InputTokenCount));
        Assert.Equal(("Sorry", ChatFinishReason.ContentFilter), (reply!.Text, reply.FinishReason));
        Assert.Equal(FailureKind.ContentFiltered, Read(Message("[]", said), out reply)!.Kind);
        Assert.Null(reply);
    }

    [Theory]
    [InlineData("malformed_model_output", "output")]
    [InlineData("malformed_tool_use", "tool call")]
    public void A_malformed_answer_is_none(string said, string word)
    {
        AttemptFailure failure = Read(Message("""[{"text":"a"}]""", said), out RoutedResponse? reply)!;
        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
        Assert.Contains(word, failure.Message);
        Assert.Null(reply);
    }

    [Fact]
    public void Thoughts_without_a_signature_are_not_stamped()
    {
        var thoughts = Assert.IsType<TextReasoningContent>(Reply(Message("""[{"reasoningContent":{"reasoningText":{"text":"Hm."}}},{"text":"a"}]""")).Messages[0].Contents[0]);
        Assert.Equal(("Hm.", null), (thoughts.Text, thoughts.ProtectedData));
    }

    [Theory]
    [InlineData("""{"newKind":{"a":1}}""")]
    [InlineData("""{"toolUse":{"toolUseId":"t","name":"nova_grounding","input":{},"type":"server_tool_use"}}""")]
    [InlineData("""{"image":{"format":"png","source":{"bytes":"emVicmE="}}}""")]
    public void Blocks_that_no_content_stands_for_reach_the_caller_as_they_came(string block)
    {
        AIContent other = Reply(Message($$"""[{{block}},{"text":"a"}]""")).Messages[0].Contents[0];
        Assert.Equal(typeof(AIContent), other.GetType());
        Assert.Equal(block, ((JsonElement)other.AdditionalProperties!["bedrock.block"]!).GetRawText());
    }

    [Fact]
    public void Web_citations_have_their_address()
    {
        var text = (TextContent)Reply(Message("""[{"citationsContent":{"content":[{"text":"x"},7],"citations":[{"location":{"web":{"url":"https://a.example/b","domain":"a.example"}}},3,{"location":{"web":{"url":"no address"}}}]}}]""")).Messages[0].Contents[0];
        Assert.Equal([new Uri("https://a.example/b"), null], text.Annotations!.Select(static one => ((CitationAnnotation)one).Url));
    }

    [Fact]
    public void A_tool_has_its_own_name_again()
    {
        var options = new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("mcp.tool", null, default)] };
        string body = Message($$$$$$"""[{"toolUse":{"toolUseId":"t","name":"{{{{{{CodecNames.ToWire("mcp.tool")}}}}}}","input":{}}}]""", "tool_use");
        Assert.Null(ConverseReply.Read(new ChatRequest([Hello], options, false), Claude, Encoding.UTF8.GetBytes(body), out RoutedResponse? reply));
        Assert.Equal("mcp.tool", Assert.IsType<FunctionCallContent>(reply!.Messages[0].Contents[0]).Name);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" <html>", "HTML")]
    [InlineData("{", "cut")]
    [InlineData("[]", "object")]
    [InlineData("{}", "no message")]
    [InlineData("""{"output":{"message":{"role":"assistant"}},"stopReason":"end_turn"}""", "no content")]
    [InlineData("""{"output":{"message":{"content":"a"}},"stopReason":"end_turn"}""", "no content")]
    [InlineData("""{"output":{"message":{"content":[]}}}""", "neither")]
    [InlineData("""{"output":{"message":{"content":[7]}},"stopReason":"end_turn"}""", "not a block")]
    [InlineData("""{"output":{"message":{"content":[{"text":7}]}},"stopReason":"end_turn"}""", "lacks")]
    [InlineData("""{"output":{"message":{"content":[{"toolUse":{"name":"f","input":{}}}]}},"stopReason":"end_turn"}""", "lacks")]
    [InlineData("""{"output":{"message":{"content":[{"toolUse":{"toolUseId":"a","name":"f","input":"{}"}}]}},"stopReason":"end_turn"}""", "lacks")]
    [InlineData("""{"output":{"message":{"content":[{"toolUse":7}]}},"stopReason":"end_turn"}""", "lacks")]
    [InlineData("""{"output":{"message":{"content":[{"reasoningContent":{}}]}},"stopReason":"end_turn"}""", "lacks")]
    [InlineData("""{"output":{"message":{"content":[{"citationsContent":null}]}},"stopReason":"end_turn"}""", "lacks")]
    [InlineData("""{"output":{"message":{"content":[{"text":"a"}]}},"stopReason":"end_turn"} x""", "not valid")]
    public void What_is_no_answer_says_why(string body, string word)
    {
        AttemptFailure failure = Read(body, out RoutedResponse? reply)!;
        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
        Assert.Contains(word, failure.Message);
        Assert.Null(reply);
    }

    [Fact]
    public void An_error_inside_a_success_is_an_error()
    {
        AttemptFailure failure = Read("""{"__type":"com.amazon#ThrottlingException","message":"Too many requests"}""", out _)!;
        Assert.Equal((FailureKind.RateLimited, "ThrottlingException", "Too many requests"), (failure.Kind, failure.ErrorCode, failure.Message));
        Assert.Equal(FailureKind.ContextWindowExceeded, Read("""{"message":"Input is too long for requested model."}""", out _)!.Kind);
    }

    private static AttemptFailure? Read(string body, out RoutedResponse? reply) => ConverseReply.Read(Asked, Claude, Encoding.UTF8.GetBytes(body), out reply);

    private static long? Count(UsageDetails usage, string name) => usage.AdditionalCounts?.TryGetValue(name, out long count) is true ? count : null;
}
