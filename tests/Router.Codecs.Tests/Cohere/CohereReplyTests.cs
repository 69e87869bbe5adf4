using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.CohereChat.CohereWire;

namespace RouterGen.Codecs.Tests.CohereChat;

public class CohereReplyTests
{
    /// <summary>An answer with everything in it.</summary>
    public const string Golden = """
        {"id":"c14c80c3","message":{"role":"assistant","content":[{"type":"thinking","thinking":"Let me see."},{"type":"text","text":"It is \"sunny\" 😀"}],"tool_plan":"I'll look it up.","tool_calls":[{"id":"weather_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Röm\"}"}}],"citations":[{"start":6,"end":13,"text":"\"sunny\"","sources":[{"type":"document","id":"doc:0","document":{"id":"doc:0","title":"Sky","url":"https://example.com/sky","snippet":"x"}},{"type":"tool","id":"weather_0:1","tool_output":{"a":[1]}}],"type":"TEXT_CONTENT","content_index":1}]},"finish_reason":"TOOL_CALL","usage":{"billed_units":{"input_tokens":17,"output_tokens":12},"tokens":{"input_tokens":215,"output_tokens":12},"cached_tokens":64},"prompt":"?"}
        """;

    [Fact]
    public void All_parts_are_read()
    {
        RoutedResponse reply = Reply(Golden);
        Assert.Equal(("c14c80c3", "c14c80c3", ChatFinishReason.ToolCalls), (reply.ResponseId, reply.Messages[0].MessageId, reply.FinishReason));
        Assert.Collection(
            reply.Messages[0].Contents,
            c => Assert.Equal("Let me see.", ((TextReasoningContent)c).Text),
            c => Assert.Equal("It is \"sunny\" 😀", ((TextContent)c).Text),
            c => Assert.Equal("I'll look it up.", ((TextReasoningContent)c).Text),
            c => Assert.Equal(("weather_1", "weather", "Röm"), (((FunctionCallContent)c).CallId, ((FunctionCallContent)c).Name, ((FunctionCallContent)c).Arguments!["city"]!.ToString())));
    }

    [Fact]
    public void Each_source_of_a_citation_is_an_annotation_of_its_span()
    {
        CitationAnnotation[] citations = [.. Reply(Golden).Messages[0].Contents[1].Annotations!.Cast<CitationAnnotation>()];
        Assert.Equal(["doc:0", "weather_0:1"], citations.Select(static c => c.FileId));
        Assert.Equal(("Sky", "https://example.com/sky", "\"sunny\""), (citations[0].Title, citations[0].Url!.ToString(), citations[0].Snippet));
        Assert.All(citations, static c => Assert.Equal((6, 13), (((TextSpanAnnotatedRegion)c.AnnotatedRegions![0]).StartIndex, ((TextSpanAnnotatedRegion)c.AnnotatedRegions[0]).EndIndex)));
    }

    [Theory]
    [InlineData("COMPLETE", "stop")]
    [InlineData("STOP_SEQUENCE", "stop")]
    [InlineData("MAX_TOKENS", "length")]
    [InlineData("TOOL_CALL", "tool_calls")]
    [InlineData("SOMETHING_NEW", "SOMETHING_NEW")]
    public void A_reason_to_have_stopped_is_the_frameworks(string said, string reason) =>
        Assert.Equal(reason, Reply($$$"""{"message":{"content":[{"type":"text","text":"Hi"}]},"finish_reason":"{{{said}}}"}""").FinishReason!.Value.Value);

    [Theory]
    [InlineData("ERROR", FailureKind.ServerError)]
    [InlineData("TIMEOUT", FailureKind.Timeout)]
    public void An_answer_that_broke_off_is_none(string reason, FailureKind kind)
    {
        AttemptFailure failure = NoReply($$$$"""{"message":{"content":[{"type":"text","text":"Hi"}]},"finish_reason":"{{{{reason}}}}","usage":{"billed_units":{"input_tokens":3,"output_tokens":1}}}""");
        Assert.Equal((kind, reason, 4), (failure.Kind, failure.ErrorCode, failure.Usage!.TotalTokenCount));
    }

    [Fact]
    public void What_a_filter_lets_through_comes_beside_the_failure()
    {
        AttemptFailure? failure = Wire.Codec.ReadReply(Wire.Asked, """{"message":{"content":[{"type":"text","text":"As far as"}]},"finish_reason":"ERROR_TOXIC"}"""u8, out RoutedResponse? reply);
        Assert.Equal((FailureKind.ContentFiltered, "As far as"), (failure!.Kind, reply!.Text));
        Assert.Equal(FailureKind.ContentFiltered, NoReply("""{"message":{"content":[]},"finish_reason":"ERROR_TOXIC"}""").Kind);
    }

    [Theory]
    [InlineData("""{"id":"x","message":{"role":"assistant","content":"plain"},"finish_reason":"COMPLETE"}""", "plain")]
    [InlineData("""{"message":{"content":{"type":"text","text":"one"}},"finish_reason":"COMPLETE"}""", "one")]
    [InlineData("""{"message":{"content":[{"type":"audio","data":"x"},{"text":"untyped"}],"citations":"none","tool_calls":null},"finish_reason":null}""", "untyped")]
    [InlineData("""{"message":{"content":[]},"finish_reason":"MAX_TOKENS"}""", "")]
    [InlineData("""{"message":{"content":null,"tool_plan":null},"finish_reason":"COMPLETE","usage":null}""", "")]
    public void Lesser_forms_are_answers(string body, string text) => Assert.Equal(text, Reply(body).Text);

    [Fact]
    public void A_call_whose_arguments_are_no_object_says_so()
    {
        var call = (FunctionCallContent)Reply("""{"message":{"tool_calls":[{"function":{"name":"f","arguments":"[1]"}},{"id":"b","function":{"name":"g"}}]},"finish_reason":"TOOL_CALL"}""").Messages[0].Contents[0];
        Assert.NotNull(call.Exception);
        Assert.StartsWith("call_", call.CallId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("<html>")]
    [InlineData("""{"message":{}}""")]
    [InlineData("""{"message":[]}""")]
    [InlineData("""{"message":{"content":[7]},"finish_reason":"COMPLETE"}""")]
    [InlineData("""{"message":{"content":7},"finish_reason":"COMPLETE"}""")]
    [InlineData("""{"message":{"content":[{"type":"text"}]},"finish_reason":"COMPLETE"}""")]
    [InlineData("""{"message":{"tool_calls":[{"id":"x"}]},"finish_reason":"TOOL_CALL"}""")]
    [InlineData("""{"message":{"tool_calls":["x"]},"finish_reason":"TOOL_CALL"}""")]
    [InlineData("""{"message":{"content":"x"},"finish_reason":"COMPLETE"} {}""")]
    public void What_is_no_answer_is_a_failure(string body) => Assert.Equal(FailureKind.InvalidResponse, NoReply(body).Kind);

    [Fact]
    public void An_error_inside_a_success_is_read_by_its_words()
    {
        Assert.Equal(FailureKind.ContextWindowExceeded, NoReply("""{"id":"x","message":"too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 4292."}""").Kind);
        Assert.Equal(FailureKind.InvalidResponse, NoReply("""{"message":"internal server error"}""").Kind);
    }
}
