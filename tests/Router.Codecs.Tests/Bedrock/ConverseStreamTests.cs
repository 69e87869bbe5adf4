using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.Bedrock.ConverseWire;

namespace RouterGen.Codecs.Tests.Bedrock;

public class ConverseStreamTests
{
    public const string Start = """messageStart {"role":"assistant","p":"abc"}""";
    public const string Usage = """metadata {"metrics":{"latencyMs":9},"usage":{"inputTokens":10,"outputTokens":7,"totalTokens":22,"cacheReadInputTokens":3,"cacheWriteInputTokens":2}}""";

    public static readonly string[] Text =
    [
        Start,
        """contentBlockDelta {"contentBlockIndex":0,"delta":{"text":"Hel"},"p":"abcdef"}""",
        """contentBlockDelta {"contentBlockIndex":0,"delta":{"text":""}}""",
        """contentBlockDelta {"contentBlockIndex":0,"delta":{"text":"lo \"you\" 😀"}}""",
        """contentBlockStop {"contentBlockIndex":0}""",
        """messageStop {"stopReason":"end_turn"}""",
        Usage,
    ];

    public static readonly string[] ThinkingAndTools =
    [
        Start,
        """contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"Let me "}}}""",
        """contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"think."}}}""",
        """contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"c2ln"}}}""",
        """contentBlockStop {"contentBlockIndex":0}""",
        """contentBlockDelta {"contentBlockIndex":1,"delta":{"reasoningContent":{"redactedContent":"ZGF0YQ=="}}}""",
        """contentBlockStop {"contentBlockIndex":1}""",
        """contentBlockDelta {"contentBlockIndex":2,"delta":{"text":"I'll look."}}""",
        """contentBlockDelta {"contentBlockIndex":2,"delta":{"citation":{"title":"Doc","sourceContent":[{"text":"x"}]}}}""",
        """contentBlockStop {"contentBlockIndex":2}""",
        """contentBlockStart {"contentBlockIndex":3,"start":{"toolUse":{"toolUseId":"tooluse_1","name":"weather"}}}""",
        """contentBlockDelta {"contentBlockIndex":3,"delta":{"toolUse":{"input":""}}}""",
        """contentBlockDelta {"contentBlockIndex":3,"delta":{"toolUse":{"input":"{\"city\": \"R"}}}""",
        """contentBlockDelta {"contentBlockIndex":3,"delta":{"toolUse":{"input":"öm\"}"}}}""",
        """contentBlockStop {"contentBlockIndex":3}""",
        """contentBlockStart {"contentBlockIndex":4,"start":{"toolUse":{"toolUseId":"tooluse_2","name":"time"}}}""",
        """contentBlockStop {"contentBlockIndex":4}""",
        """messageStop {"stopReason":"tool_use","additionalModelResponseFields":null}""",
        Usage,
    ];

    [Fact]
    public void Text_is_handed_on_as_it_comes()
    {
        List<ChatResponseUpdate> updates = Stream(Text);
        Assert.Equal(["Hel", "lo \"you\" 😀", ""], updates.Select(static update => update.Text));
        Assert.All(updates, static update => Assert.Equal(("m", ChatRole.Assistant), (update.ModelId, update.Role)));
        Assert.Equal(ChatFinishReason.Stop, Assert.Single(updates, static update => update.FinishReason is not null).FinishReason);
        Assert.Equal("Hello \"you\" 😀", Assert.Single(updates.ToChatResponse().Messages).Text);
    }

    [Fact]
    public void Usage_comes_with_the_last_event()
    {
        UsageDetails usage = Assert.IsType<UsageContent>(Assert.Single(Stream(Text)[^1].Contents)).Details;
        Assert.Equal((15L, 7L, 22L, 3L, 2L), (usage.InputTokenCount, usage.OutputTokenCount, usage.TotalTokenCount, usage.CachedInputTokenCount, usage.AdditionalCounts![UsageCounts.CacheWrites]));
    }

    [Fact]
    public void Thoughts_citations_and_calls_are_put_together()
    {
        List<ChatResponseUpdate> updates = Stream(ThinkingAndTools);
        AIContent[] contents = [.. updates.SelectMany(static update => update.Contents)];
        Assert.Equal(["Let me ", "think.", "", ""], contents.OfType<TextReasoningContent>().Select(static thoughts => thoughts.Text));
        Assert.Equal([false, false, true, true], contents.OfType<TextReasoningContent>().Select(static thoughts => thoughts.ProtectedData is not null));
        Assert.Equal("Doc", ((CitationAnnotation)contents.OfType<TextContent>().Last().Annotations![0]).Title);
        FunctionCallContent[] calls = [.. contents.OfType<FunctionCallContent>()];
        Assert.Equal([("tooluse_1", "weather"), ("tooluse_2", "time")], calls.Select(static call => (call.CallId, call.Name)));
        Assert.Equal("Röm", ((JsonElement)calls[0].Arguments!["city"]!).GetString());
        Assert.Null(calls[1].Arguments);
        Assert.Equal(ChatFinishReason.ToolCalls, updates[^1].FinishReason);
    }

    [Fact]
    public void Signs_of_work_are_progress()
    {
        var decoder = new ConverseStream(Asked, Claude);
        StreamSignal[] signals = [.. ThinkingAndTools.Select(one => Read(decoder, one, out _, out _))];
        Assert.Equal(
            [
                StreamSignal.Continue, StreamSignal.Update, StreamSignal.Update, StreamSignal.Progress, StreamSignal.Update, StreamSignal.Update, StreamSignal.Continue,
                StreamSignal.Update, StreamSignal.Update, StreamSignal.Continue, StreamSignal.Progress, StreamSignal.Progress, StreamSignal.Progress, StreamSignal.Progress, StreamSignal.Update,
                StreamSignal.Progress, StreamSignal.Update, StreamSignal.Continue, StreamSignal.Completed,
            ], signals);
        Assert.Equal(StreamSignal.Continue, Read(decoder, Usage, out _, out _)); // behind the end
    }

    [Fact]
    public void A_stream_is_finished_with_its_reason_and_ends_without_usage()
    {
        var decoder = new ConverseStream(Asked, Claude);
        foreach (string one in Text[..^1])
        {
            Assert.False(decoder.IsFinished);
            Read(decoder, one, out _, out _);
        }

        Assert.True(decoder.IsFinished);
        Assert.Equal(StreamSignal.Completed, decoder.End(out ChatResponseUpdate? update, out AttemptFailure? failure));
        Assert.Null(failure);
        Assert.Equal(ChatFinishReason.Stop, update!.FinishReason);
        Assert.Empty(update.Contents);
    }

    [Fact]
    public void A_call_whose_end_was_not_sent_is_whole_where_the_model_stopped()
    {
        string[] events = [Start, .. ThinkingAndTools[10..14], """messageStop {"stopReason":"tool_use"}""", Usage];
        Assert.Equal("weather", Stream(events)[^1].Contents.OfType<FunctionCallContent>().Single().Name);
        Assert.Contains("tool call", Broken([Start, .. ThinkingAndTools[10..14], Usage]).Message);
    }

    [Fact]
    public void Arguments_that_are_no_object_are_the_calls_exception()
    {
        var call = Stream(Start, ThinkingAndTools[10], """contentBlockDelta {"contentBlockIndex":3,"delta":{"toolUse":{"input":"[1"}}}""", ThinkingAndTools[14], """messageStop {"stopReason":"tool_use"}""", Usage)
            .SelectMany(static update => update.Contents).OfType<FunctionCallContent>().Single();
        Assert.IsType<JsonException>(call.Exception);
    }

    [Fact]
    public void What_is_not_known_is_passed_over() => Assert.Equal("Hi", string.Concat(Stream(
        "early {}",
        Start,
        "newEvent {\"a\":1}",
        "newEvent <no JSON>",
        """contentBlockStart {"contentBlockIndex":7,"start":{"image":{"format":"png"}}}""",
        """contentBlockDelta {"contentBlockIndex":7,"delta":{"newKind":{"a":[1]}}}""",
        """contentBlockStop {"contentBlockIndex":7}""",
        """contentBlockStart {"contentBlockIndex":8,"start":{"toolUse":{"toolUseId":"t","name":"nova_grounding","type":"server_tool_use"}}}""",
        """contentBlockDelta {"contentBlockIndex":8,"delta":{"toolUse":{"input":"{}"}}}""",
        """contentBlockDelta {"contentBlockIndex":9,"delta":{"text":"Hi"}}""",
        """messageStop {"stopReason":"end_turn"}""",
        """metadata {"later":true,"serviceTier":{"type":"priority"}}""").Select(static update => update.Text)));

    [Fact]
    public void The_service_tier_is_told() => Assert.Equal(
        "priority", Stream(Start, Text[1], Text[5], """metadata {"serviceTier":{"type":"priority"}}""")[^1].AdditionalProperties!["ServiceTier"]);

    [Theory]
    [InlineData("contentBlockDelta", """{"delta":{"text":"a"}}""", "begin")]
    [InlineData("metadata", "{}", "begin")]
    public void A_stream_begins_with_a_message(string type, string data, string word)
    {
        AttemptFailure failure = Broken($"{type} {data}");
        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
        Assert.Contains(word, failure.Message);
    }

    [Theory]
    [InlineData("""contentBlockDelta {"contentBlockIndex":0}""", "lacks")]
    [InlineData("""contentBlockDelta {"delta":{"text":7}}""", "lacks")]
    [InlineData("""contentBlockDelta {"delta":{"toolUse":{"input":{}}}}""", "lacks")]
    [InlineData("""contentBlockDelta {"delta":{"reasoningContent":{}}}""", "lacks")]
    [InlineData("""contentBlockStart {"start":{"toolUse":{"name":"f"}}}""", "lacks")]
    [InlineData("""contentBlockStart {"contentBlockIndex":0}""", "lacks")]
    [InlineData("""contentBlockStop [1]""", "JSON")]
    [InlineData("""messageStop {"stopReason":"end_turn"} x""", "JSON")]
    [InlineData("""metadata {}""", "without an answer")]
    public void A_damaged_event_fails_the_stream(string damaged, string word)
    {
        AttemptFailure failure = Broken(Start, damaged);
        Assert.Equal(FailureKind.InvalidResponse, failure.Kind);
        Assert.Contains(word, failure.Message);
    }

    [Theory]
    [InlineData("guardrail_intervened", FailureKind.ContentFiltered)]
    [InlineData("content_filtered", FailureKind.ContentFiltered)]
    [InlineData("malformed_model_output", FailureKind.InvalidResponse)]
    [InlineData("malformed_tool_use", FailureKind.InvalidResponse)]
    public void A_stream_that_brings_nothing_but_such_an_end_fails(string reason, FailureKind kind)
    {
        string end = $$"""messageStop {"stopReason":"{{reason}}"}""";
        Assert.Equal(kind, Broken(Start, end).Kind);
        if (kind is FailureKind.InvalidResponse) Assert.Equal(kind, Broken(Start, Text[1], end).Kind);
        else Assert.Equal(ChatFinishReason.ContentFilter, Stream(Start, Text[1], end, Usage)[^1].FinishReason);
    }

    [Theory]
    [InlineData("throttlingException", """{"message":"Too many requests, please wait"}""", FailureKind.RateLimited, FailureScope.Model)]
    [InlineData("ThrottlingException", """{"message":"Too many tokens per day, please wait before trying again."}""", FailureKind.QuotaExhausted, FailureScope.Model)]
    [InlineData("throttlingException", """{"message":"Too many tokens, please wait before trying again."}""", FailureKind.RateLimited, FailureScope.Model)]
    [InlineData("modelStreamErrorException", """{"message":"broken","originalStatusCode":500,"originalMessage":"x"}""", FailureKind.ServerError, FailureScope.Provider)]
    [InlineData("internalServerException", "{}", FailureKind.ServerError, FailureScope.Provider)]
    [InlineData("serviceUnavailableException", """{"message":"Bedrock is unable to process your request."}""", FailureKind.Overloaded, FailureScope.Provider)]
    [InlineData("modelTimeoutException", """{"message":"late"}""", FailureKind.Timeout, FailureScope.Provider)]
    [InlineData("validationException", """{"message":"Input is too long for requested model."}""", FailureKind.ContextWindowExceeded, FailureScope.RequestAtModel)]
    [InlineData("validationException", """{"message":"The value is wrong"}""", FailureKind.InvalidRequest, FailureScope.Request)]
    [InlineData("InternalFailure", "it broke", FailureKind.ServerError, FailureScope.Provider)]
    [InlineData("NewException", "", FailureKind.InvalidResponse, FailureScope.Provider)]
    [InlineData("", "{\"__type\":\"x#ThrottlingException\"}", FailureKind.RateLimited, FailureScope.Model)]
    [InlineData("", "", FailureKind.InvalidResponse, FailureScope.Provider)]
    public void An_exception_in_the_stream_is_a_failure_with_its_scope(string type, string data, FailureKind kind, FailureScope scope)
    {
        foreach (string[] before in (string[][])[[], [Start], [Start, Text[1]]])
        {
            AttemptFailure failure = Broken([.. before, $"!{type} {data}"]);
            Assert.Equal((kind, scope), (failure.Kind, failure.Scope));
            Assert.NotEqual("", failure.Message);
            if (type.Length > 0) Assert.Equal(type, failure.ErrorCode);
        }
    }
}
