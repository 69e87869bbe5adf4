using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Gemini;

/// <summary>Whole answers.</summary>
public class GeminiReplyTests
{
    internal const string Golden =
        """
        {"candidates":[{"content":{"parts":[{"text":"Let me see.","thought":true},{"text":"Köln \"now\":"},{"functionCall":{"name":"weather","args":{"city":"Köln","days":[1,null]},"id":"fc1"},"thoughtSignature":"c2ln"}],"role":"model"},
        "finishReason":"STOP","index":0,"safetyRatings":[{"category":"HARM_CATEGORY_HARASSMENT","probability":"NEGLIGIBLE"}],"avgLogprobs":-0.1}],
        "promptFeedback":{"safetyRatings":[]},"usageMetadata":{"promptTokenCount":10,"candidatesTokenCount":5,"totalTokenCount":22,"thoughtsTokenCount":7,"cachedContentTokenCount":4},
        "modelVersion":"gemini-3.8-flash-001","responseId":"r1","createTime":"2026-11-29T07:00:00.5Z","somethingNew":{"a":[1]}}
        """;

    [Fact]
    public void An_answer_is_read_whole()
    {
        RoutedResponse reply = GeminiWire.Reply(Golden);
        Assert.Equal(("r1", "gemini-3.8-flash-001", ChatFinishReason.ToolCalls), (reply.ResponseId, reply.ModelId, reply.FinishReason!.Value));
        Assert.Equal(new DateTimeOffset(2026, 11, 29, 7, 0, 0, 500, TimeSpan.Zero), reply.CreatedAt);
        Assert.Equal("r1", reply.Messages[0].MessageId);
        Assert.Collection(
            reply.Messages[0].Contents,
            thoughts => Assert.Equal("Let me see.", Assert.IsType<TextReasoningContent>(thoughts).Text),
            text => Assert.Equal("Köln \"now\":", Assert.IsType<TextContent>(text).Text),
            content =>
            {
                var call = Assert.IsType<FunctionCallContent>(content);
                Assert.Equal(("fc1", "weather"), (call.CallId, call.Name));
                Assert.Equal("Köln", call.Arguments!["city"]!.ToString());
            });
        Assert.Equal((10, 12, 7, 4), (reply.Usage!.InputTokenCount, reply.Usage.OutputTokenCount, reply.Usage.ReasoningTokenCount, reply.Usage.CachedInputTokenCount));
    }

    [Theory]
    [InlineData("STOP", "stop")]
    [InlineData("MAX_TOKENS", "length")]
    [InlineData("OTHER", "OTHER")]
    [InlineData("TOO_MANY_TOOL_CALLS", "TOO_MANY_TOOL_CALLS")]
    [InlineData("NO_IMAGE", "NO_IMAGE")]
    public void A_reason_to_stop(string reason, string expected) => Assert.Equal(expected, GeminiWire.Reply(GeminiWire.Answer("""{"text":"Hi"}""", reason: reason)).FinishReason!.Value.Value);

    [Theory]
    [InlineData("SAFETY")]
    [InlineData("RECITATION")]
    [InlineData("LANGUAGE")]
    [InlineData("BLOCKLIST")]
    [InlineData("PROHIBITED_CONTENT")]
    [InlineData("SPII")]
    [InlineData("MODEL_ARMOR")]
    [InlineData("IMAGE_SAFETY")]
    [InlineData("IMAGE_PROHIBITED_CONTENT")]
    [InlineData("IMAGE_RECITATION")]
    public void A_filter_hands_over_what_it_let_through(string reason)
    {
        AttemptFailure failure = GeminiWire.Failed(GeminiWire.Answer("""{"text":"Once"}""", ""","finishMessage":"because" """, reason), out RoutedResponse? partial);
        Assert.Equal((FailureKind.ContentFiltered, reason), (failure.Kind, failure.ErrorCode));
        Assert.Contains("because", failure.Message);
        Assert.Equal(("Once", ChatFinishReason.ContentFilter), (partial!.Text, partial.FinishReason!.Value));

        failure = GeminiWire.Failed($$$"""{"candidates":[{"finishReason":"{{{reason}}}"}],"usageMetadata":{"promptTokenCount":3}}""", out partial);
        Assert.Equal(FailureKind.ContentFiltered, failure.Kind);
        Assert.Equal(3, failure.Usage!.InputTokenCount);
        Assert.Null(partial);
    }

    [Theory]
    [InlineData("MALFORMED_FUNCTION_CALL", FailureKind.InvalidResponse)]
    [InlineData("UNEXPECTED_TOOL_CALL", FailureKind.InvalidResponse)]
    [InlineData("MALFORMED_RESPONSE", FailureKind.InvalidResponse)]
    [InlineData("MISSING_THOUGHT_SIGNATURE", FailureKind.Unsupported)]
    public void A_call_that_is_none_is_no_answer(string reason, FailureKind kind)
    {
        AttemptFailure failure = GeminiWire.Failed(GeminiWire.Answer("""{"text":"x"}""", ""","finishMessage":"Malformed function call: secret" """, reason), out RoutedResponse? reply);
        Assert.Equal((kind, reason), (failure.Kind, failure.ErrorCode));
        Assert.DoesNotContain("secret", failure.Message);
        Assert.Null(reply);
    }

    [Theory]
    [InlineData("SAFETY")]
    [InlineData("OTHER")]
    [InlineData("JAILBREAK")]
    public void A_prompt_that_was_blocked_is_a_filters_work(string reason)
    {
        AttemptFailure failure = GeminiWire.Failed($$$"""{"promptFeedback":{"blockReason":"{{{reason}}}","blockReasonMessage":"no"},"usageMetadata":{"promptTokenCount":9,"totalTokenCount":9}}""", out _);
        Assert.Equal((FailureKind.ContentFiltered, reason, 9), (failure.Kind, failure.ErrorCode, failure.Usage!.InputTokenCount));
        Assert.Contains("no", failure.Message);
    }

    [Theory]
    [InlineData("""{"candidates":[{"content":{"role":"model"},"finishReason":"MAX_TOKENS","index":0}]}""", "length")]
    [InlineData("""{"candidates":[{"content":{"role":"model","parts":[{"text":""}]},"finishReason":"STOP"}]}""", "stop")]
    [InlineData("""{"candidates":[{"finishReason":"OTHER"}]}""", "OTHER")]
    public void An_answer_without_contents_is_handed_on_empty(string body, string reason)
    {
        RoutedResponse reply = GeminiWire.Reply(body);
        Assert.Empty(reply.Messages[0].Contents);
        Assert.Equal(reason, reply.FinishReason!.Value.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"x\"")]
    [InlineData("<html>")]
    [InlineData("""{"candidates":[]}""")]
    [InlineData("""{"candidates":null,"usageMetadata":{"promptTokenCount":1}}""")]
    [InlineData("""{"candidates":[{"content":{"role":"model","parts":[]}}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"functionCall":{"args":{}}}]},"finishReason":"STOP"}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"functionCall":{"name":"f","args":[]}}]},"finishReason":"STOP"}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"functionCall":5}]},"finishReason":"STOP"}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"image/png","data":"§"}}]},"finishReason":"STOP"}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"inlineData":{"mimeType":"no type","data":"AAAA"}}]},"finishReason":"STOP"}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"fileData":{"fileUri":"not one"}}]},"finishReason":"STOP"}]}""")]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":"STOP"}]} x""")]
    public void What_is_no_answer_is_a_failure(string body)
    {
        Assert.Equal(FailureKind.InvalidResponse, GeminiWire.Failed(body, out RoutedResponse? reply).Kind);
        Assert.Null(reply);
    }

    [Fact]
    public void An_error_inside_a_success_is_that_error()
    {
        AttemptFailure failure = GeminiWire.Failed("""{"error":{"code":503,"message":"The model is overloaded.","status":"UNAVAILABLE"}}""", out _);
        Assert.Equal((FailureKind.Overloaded, "UNAVAILABLE", "The model is overloaded."), (failure.Kind, failure.ErrorCode, failure.Message));
        Assert.Null(failure.StatusCode);
    }

    [Fact]
    public void Chunks_in_an_array_are_one_answer()
    {
        RoutedResponse reply = GeminiWire.Reply($"[{GeminiWire.Chunk("""{"text":"Hel"}""")},{GeminiWire.Answer("""{"text":"lo"}""")}]");
        Assert.Equal(("Hello", ChatFinishReason.Stop), (reply.Text, reply.FinishReason!.Value));
        Assert.Equal(FailureKind.InvalidResponse, GeminiWire.Failed($"[{GeminiWire.Chunk("""{"text":"Hel"}""")}]", out _).Kind); // It was cut.
        Assert.Equal(FailureKind.RateLimited, GeminiWire.Failed("""[{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}]""", out _).Kind);
    }

    [Fact]
    public void Of_several_answers_the_first_counts()
    {
        Assert.Equal("A", GeminiWire.Reply("""{"candidates":[{"index":1,"content":{"parts":[{"text":"B"}]},"finishReason":"STOP"},{"content":{"parts":[{"text":"A"}]},"index":0,"finishReason":"STOP"}]}""").Text);
        Assert.Equal("A", GeminiWire.Reply("""{"candidates":[{"content":{"parts":[{"text":"A"}]},"finishReason":"STOP"},{"content":{"parts":[{"text":"B"}]},"finishReason":"STOP"}]}""").Text);
    }

    [Fact]
    public void Media_of_an_answer()
    {
        IList<AIContent> contents = GeminiWire.Reply(GeminiWire.Answer(
            """{"thought":true,"inlineData":{"mimeType":"image/png","data":"AAAA"}},{"inlineData":{"mimeType":"image/png","data":"emVicmE="}},{"fileData":{"mimeType":"video/mp4","fileUri":"https://example.com/v"}}""")).Messages[0].Contents;
        Assert.Equal(2, contents.Count);
        Assert.Equal("zebra"u8.ToArray(), Assert.IsType<DataContent>(contents[0]).Data.ToArray());
        Assert.Equal("https://example.com/v", Assert.IsType<UriContent>(contents[1]).Uri.AbsoluteUri);
    }

    [Fact]
    public void Calls_without_ids_get_ones_that_the_conversation_does_not_have()
    {
        const string calls = """{"functionCall":{"name":"f"}},{"functionCall":{"name":"f","args":null}},{"functionCall":{"name":"f","id":"own"}}""";
        string[] Ids(params ChatMessage[] history) => [.. GeminiWire.Reply(GeminiWire.Answer(calls), new ChatRequest(history, null, false)).Messages[0].Contents.Cast<FunctionCallContent>().Select(static call => call.CallId)];
        Assert.Equal(["call_1", "call_2", "own"], Ids(GeminiWire.Hello));
        Assert.Equal(["call_3", "call_5", "own"], Ids(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call_4", "f"), new FunctionCallContent("x", "f")])));
    }

    [Fact]
    public void Names_of_functions_are_the_callers()
    {
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(static () => 1, "1.st")] };
        RoutedResponse reply = GeminiWire.Reply(GeminiWire.Answer($$$"""{"functionCall":{"name":"{{{GeminiNames.ToWire("1.st")}}}"}}"""), new ChatRequest([GeminiWire.Hello], options, false));
        Assert.Equal("1.st", Assert.IsType<FunctionCallContent>(Assert.Single(reply.Messages[0].Contents)).Name);
    }

    [Fact]
    public void Blocks_that_no_content_stands_for_come_as_they_are()
    {
        IList<AIContent> contents = GeminiWire.Reply(GeminiWire.Answer("""{"executableCode":{"language":"PYTHON","code":"1"}},{"toolCall":{"toolType":"GOOGLE_SEARCH_WEB","id":"t1"}},{"text":"x","videoMetadata":{}}""")).Messages[0].Contents;
        Assert.Equal(3, contents.Count);
        Assert.Equal("""{"executableCode":{"language":"PYTHON","code":"1"}}""", contents[0].AdditionalProperties!["gemini.part"]!.ToString());
        Assert.Contains("t1", contents[1].AdditionalProperties!["gemini.part"]!.ToString());
        Assert.Equal("x", Assert.IsType<TextContent>(contents[2]).Text);
    }

    [Fact]
    public void A_tier_is_told() => Assert.Equal("flex", GeminiWire.Reply(GeminiWire.Answer("""{"text":"x"}""")[..^1] + ""","usageMetadata":{"promptTokenCount":1,"serviceTier":"FLEX"}}""").AdditionalProperties!["ServiceTier"]);
}
