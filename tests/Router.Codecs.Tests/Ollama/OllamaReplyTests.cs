using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.OllamaChat.OllamaWire;

namespace RouterGen.Codecs.Tests.OllamaChat;

public class OllamaReplyTests
{
    /// <summary>An answer with everything in it.</summary>
    public const string Golden = """
        {"model":"qwen3","created_at":"2026-11-04T08:52:19.385406455-07:00","message":{"role":"assistant","content":"It is \"sunny\" 😀","thinking":"Let me see.","tool_calls":[{"id":"call_1","function":{"index":0,"name":"weather","arguments":{"city":"Röm"}}},{"function":{"name":"time","arguments":{}}}]},"done_reason":"stop","done":true,"total_duration":5191566416,"load_duration":2154458,"prompt_eval_count":26,"prompt_eval_duration":383809000,"eval_count":298,"eval_duration":4799921000}
        """;

    [Fact]
    public void All_parts_are_read()
    {
        RoutedResponse reply = Reply(Golden);
        Assert.Equal(("qwen3", ChatFinishReason.ToolCalls, new DateTimeOffset(2026, 11, 4, 8, 52, 19, TimeSpan.FromHours(-7)).AddTicks(3854064)), (reply.ModelId, reply.FinishReason, reply.CreatedAt));
        Assert.Collection(
            reply.Messages[0].Contents,
            c => Assert.Equal("Let me see.", ((TextReasoningContent)c).Text),
            c => Assert.Equal("It is \"sunny\" 😀", ((TextContent)c).Text),
            c => Assert.Equal(("call_1", "weather", "Röm"), (((FunctionCallContent)c).CallId, ((FunctionCallContent)c).Name, ((FunctionCallContent)c).Arguments!["city"]!.ToString())),
            c => Assert.Equal(("time", 0), (((FunctionCallContent)c).Name, ((FunctionCallContent)c).Arguments!.Count)));
    }

    [Fact]
    public void Counts_are_the_usage_and_durations_stand_beside_them()
    {
        UsageDetails usage = Reply(Golden).Usage!;
        Assert.Equal((26, 298, 324), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount));
        Assert.Equal((5191566416, 2154458, 383809000, 4799921000), (usage.AdditionalCounts!["total_duration"], usage.AdditionalCounts["load_duration"], usage.AdditionalCounts["prompt_eval_duration"], usage.AdditionalCounts["eval_duration"]));
        Assert.Null(Reply("""{"message":{"content":"x"},"done":true,"total_duration":5}""").Usage);
        Assert.Null(Reply("""{"message":{"content":"x"},"done":true,"prompt_eval_count":-1,"eval_count":3}""").Usage!.InputTokenCount);
    }

    [Fact]
    public void Each_call_has_an_id_of_its_own()
    {
        RoutedResponse reply = Reply("""{"message":{"content":"","tool_calls":[{"id":"a","function":{"name":"f"}},{"id":"a","function":{"name":"f","arguments":"{\"x\":1}"}},{"function":{"name":"f","arguments":null}},{"id":"","function":{"name":"f","arguments":[1]}}]},"done":true}""");
        FunctionCallContent[] calls = [.. reply.Messages[0].Contents.Cast<FunctionCallContent>()];
        Assert.Equal("a", calls[0].CallId);
        Assert.Equal(4, calls.Select(static call => call.CallId).Distinct().Count());
        Assert.All(calls, static call => Assert.NotEqual("", call.CallId));
        Assert.Equal("1", calls[1].Arguments!["x"]!.ToString());
        Assert.Equal([false, false, false, true], calls.Select(static call => call.Exception is not null));
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00\\ud800")]
    [InlineData("~")]
    public void Arguments_that_are_no_text_are_told_and_sent_back_as_none(string text)
    {
        byte[] body = System.Text.Encoding.UTF8.GetBytes("""{"message":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":{"x":["TEXT"]}}}]},"done":true}""".Replace("TEXT", text));
        body.AsSpan().Replace((byte)'~', (byte)0xFF);
        Assert.Null(Wire.Codec.ReadReply(Wire.Asked, body, out RoutedResponse? reply));
        Assert.NotNull(((FunctionCallContent)reply!.Messages[0].Contents[0]).Exception);
        Assert.Contains("\"arguments\":{}", Messages([Hello, .. reply.Messages]));
    }

    [Fact]
    public void A_call_comes_back_under_its_own_name()
    {
        var request = new ChatRequest([Hello], new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("git.hub", null, default)] }, isStreaming: false);
        Assert.Equal("git.hub", ((FunctionCallContent)Reply($$$$"""{"message":{"tool_calls":[{"function":{"name":"{{{{CodecNames.ToWire("git.hub")}}}}","arguments":{}}}]},"done":true}""", request).Messages[0].Contents[0]).Name);
    }

    [Theory]
    [InlineData("\"stop\"", "stop")]
    [InlineData("\"length\"", "length")]
    [InlineData("\"load\"", "load")]
    [InlineData("\"unload\"", "unload")]
    [InlineData("null", "stop")]
    [InlineData("\"\"", "stop")]
    public void A_reason_to_have_stopped_is_the_frameworks(string said, string reason) =>
        Assert.Equal(reason, Reply($$"""{"message":{"content":"Hi"},"done":true,"done_reason":{{said}}}""").FinishReason!.Value.Value);

    [Fact]
    public void An_answer_may_be_empty()
    {
        RoutedResponse reply = Reply("""{"model":"m","message":{"role":"assistant","content":""},"done_reason":"load","done":true}""");
        Assert.Empty(reply.Messages[0].Contents);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""{"done":true}""")]
    [InlineData("""{"message":{"content":"Hi"},"done":false}""")]
    [InlineData("""{"message":{"content":"Hi"}}""")]
    [InlineData("""{"message":"Hi","done":true}""")]
    [InlineData("""{"message":{"content":7},"done":true}""")]
    [InlineData("""{"message":{"content":"x","tool_calls":{}},"done":true}""")]
    [InlineData("""{"message":{"content":"x","tool_calls":[7]},"done":true}""")]
    [InlineData("""{"message":{"content":"x","tool_calls":[{"function":{}}]},"done":true}""")]
    [InlineData("""{"message":{"content":"x"},"done":true} {}""")]
    public void What_is_no_answer_is_a_failure(string body) => Assert.Equal(FailureKind.InvalidResponse, NoReply(body).Kind);

    [Fact]
    public void An_error_inside_a_success_is_read_by_its_words()
    {
        Assert.Equal(FailureKind.ModelNotFound, NoReply("""{"error":"model 'm' not found, try pulling it first"}""").Kind);
        Assert.Equal(FailureKind.InvalidResponse, NoReply("""{"error":{"message":"?"}}""").Kind);
        Assert.Equal("Hi", Reply("""{"message":{"content":"Hi"},"done":true,"error":null}""").Text);
        Assert.Equal("Hi", Reply("""{"message":{"content":"Hi"},"done":true,"error":""}""").Text);
    }
}
