using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.CohereChat.CohereWire;

namespace RouterGen.Codecs.Tests.CohereChat;

public class CohereStreamTests
{
    public const string Start = """{"id":"29f14a5a","type":"message-start","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}""";

    public static readonly string[] Text =
    [
        Start,
        """{"type":"content-start","index":0,"delta":{"message":{"content":{"type":"text","text":""}}}}""",
        """{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"Hel"}}}}""",
        """{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"lo \"you\" 😀"}}}}""",
        """{"type":"citation-start","index":0,"delta":{"message":{"citations":{"start":0,"end":5,"text":"Hello","sources":[{"type":"document","id":"doc:0","document":{"title":"T"}}],"type":"TEXT_CONTENT"}}}}""",
        """{"type":"citation-end","index":0}""",
        """{"type":"content-end","index":0}""",
        End("COMPLETE"),
    ];

    /// <summary>Thoughts, a plan, and two calls of tools.</summary>
    public static readonly string[] ThinkingAndTools =
    [
        Start,
        """{"type":"content-start","index":0,"delta":{"message":{"content":{"type":"thinking","thinking":""}}}}""",
        """{"type":"content-delta","index":0,"delta":{"message":{"content":{"thinking":"Let me "}}}}""",
        """{"type":"content-delta","index":0,"delta":{"message":{"content":{"thinking":"think."}}}}""",
        """{"type":"content-end","index":0}""",
        """{"type":"tool-plan-delta","delta":{"message":{"tool_plan":"I'll "}}}""",
        """{"type":"tool-plan-delta","delta":{"message":{"tool_plan":"look."}}}""",
        """{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"weather_1","type":"function","function":{"name":"weather","arguments":""}}}}}""",
        """{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{\"city\": \"R"}}}}}""",
        """{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"öm\"}"}}}}}""",
        """{"type":"tool-call-end","index":0}""",
        """{"type":"tool-call-start","index":1,"delta":{"message":{"tool_calls":{"id":"time_1","type":"function","function":{"name":"time","arguments":"{}"}}}}}""",
        """{"type":"tool-call-end","index":1}""",
        End("TOOL_CALL"),
    ];

    private static string End(string reason) =>
        $$$$$"""{"type":"message-end","delta":{"finish_reason":"{{{{{reason}}}}}","usage":{"billed_units":{"input_tokens":17,"output_tokens":12},"tokens":{"input_tokens":215,"output_tokens":12}}}}""";

    [Fact]
    public void Text_is_handed_on_as_it_comes()
    {
        List<ChatResponseUpdate> updates = Stream(Text);
        Assert.Equal(["Hel", "lo \"you\" 😀", "", ""], updates.Select(static u => u.Text));
        Assert.All(updates, static u => Assert.Equal(("29f14a5a", "29f14a5a", ChatRole.Assistant), (u.ResponseId, u.MessageId, u.Role)));
        Assert.Equal(ChatFinishReason.Stop, Assert.Single(updates, static u => u.FinishReason is not null).FinishReason);
        Assert.Equal((17, 12), (updates[^1].Contents.OfType<UsageContent>().Single().Details.InputTokenCount, updates.ToChatResponse().Usage!.OutputTokenCount));
        Assert.Equal("T", ((CitationAnnotation)updates.SelectMany(static u => u.Contents).SelectMany(static c => c.Annotations ?? []).Single()).Title);
    }

    [Fact]
    public void Parts_make_up_the_message_that_they_are_parts_of()
    {
        ChatResponse response = Stream(ThinkingAndTools).ToChatResponse();
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        Assert.Collection(
            Assert.Single(response.Messages).Contents,
            c => Assert.Equal("Let me think.", ((TextReasoningContent)c).Text),
            c => Assert.Equal("I'll look.", ((TextReasoningContent)c).Text),
            c => Assert.Equal(("weather_1", "Röm"), (((FunctionCallContent)c).CallId, ((FunctionCallContent)c).Arguments!["city"]!.ToString())),
            c => Assert.Equal(("time_1", "time"), (((FunctionCallContent)c).CallId, ((FunctionCallContent)c).Name)));
    }

    [Fact]
    public void A_call_is_handed_on_whole_when_it_ends()
    {
        ChatStreamDecoder decoder = Wire.Codec.StartStream(Wire.Asked);
        Assert.Equal(
            [StreamSignal.Continue, StreamSignal.Progress, StreamSignal.Progress, StreamSignal.Progress, StreamSignal.Update],
            ThinkingAndTools[7..11].Prepend(Start).Select(e => decoder.Read(default, Encoding.UTF8.GetBytes(e), out _, out _)));
    }

    [Fact]
    public void Calls_whose_end_was_not_sent_are_complete_at_the_end_of_the_message()
    {
        ChatResponse response = Stream([.. ThinkingAndTools[..10], End("TOOL_CALL")]).ToChatResponse();
        Assert.Equal("Röm", response.Messages[0].Contents.OfType<FunctionCallContent>().Single().Arguments!["city"]!.ToString());
    }

    [Fact]
    public void Thoughts_have_their_stamp_before_what_follows_them()
    {
        // A text right behind thoughts whose end was not sent.
        List<AIContent> contents = [.. Stream([.. ThinkingAndTools[..4], """{"type":"content-delta","index":1,"delta":{"message":{"content":{"text":"Hi"}}}}""", End("COMPLETE")]).SelectMany(static u => u.Contents)];
        Assert.Equal(["Let me ", "think.", "", "Hi"], contents.Select(static c => c is TextReasoningContent t ? t.Text : c is TextContent text ? text.Text : null).Where(static t => t is not null));
        Assert.NotNull(((TextReasoningContent)contents[2]).ProtectedData);
    }

    [Theory]
    [InlineData("""{"type":"message-end","delta":{"finish_reason":"ERROR","error":"internal server error"}}""", FailureKind.ServerError)]
    [InlineData("""{"type":"message-end","delta":{"finish_reason":"ERROR","error":"too many tokens: size limit exceeded by 3 tokens."}}""", FailureKind.ContextWindowExceeded)]
    [InlineData("""{"type":"message-end","delta":{"finish_reason":"TIMEOUT"}}""", FailureKind.Timeout)]
    [InlineData("""{"type":"message-end","delta":{"finish_reason":"ERROR_TOXIC"}}""", FailureKind.ContentFiltered)]
    [InlineData("""{"type":"message-end","delta":{}}""", FailureKind.InvalidResponse)]
    [InlineData("""{"type":"message-end"}""", FailureKind.InvalidResponse)]
    [InlineData("""{"message":"too many tokens"}""", FailureKind.ContextWindowExceeded)]
    [InlineData("""{}""", FailureKind.InvalidResponse)]
    [InlineData("""[]""", FailureKind.InvalidResponse)]
    [InlineData("""[DONE]""", FailureKind.InvalidResponse)]
    [InlineData("""{"type":"content-delta","delta":{"message":{"content":7}}}""", FailureKind.InvalidResponse)]
    [InlineData("""{"type":"tool-call-start","delta":{"message":{"tool_calls":{"id":"x"}}}}""", FailureKind.InvalidResponse)]
    public void What_ends_a_stream_badly_says_why(string last, FailureKind kind) => Assert.Equal(kind, Broken(Start, last).Kind);

    [Fact]
    public void An_answer_that_the_filter_cut_short_says_so_at_its_end() =>
        Assert.Equal(ChatFinishReason.ContentFilter, Stream([.. Text[..3], End("ERROR_TOXIC")])[^1].FinishReason);

    [Fact]
    public void A_stream_begins_with_its_message_unless_it_is_an_error()
    {
        Assert.Equal(FailureKind.InvalidResponse, Broken(Text[1]).Kind);
        Assert.Equal(FailureKind.InvalidResponse, Broken(Text[^1]).Kind);
        Assert.Equal(FailureKind.ServerError, Broken("""{"type":"message-end","delta":{"finish_reason":"ERROR","error":"internal server error"}}""").Kind);
    }

    [Fact]
    public void A_stream_without_its_last_event_is_not_finished()
    {
        ChatStreamDecoder decoder = Wire.Codec.StartStream(Wire.Asked);
        foreach (string data in Text[..^1]) decoder.Read(default, Encoding.UTF8.GetBytes(data), out _, out _);
        Assert.False(decoder.IsFinished);
        Assert.Equal(StreamSignal.Completed, decoder.Read(default, Encoding.UTF8.GetBytes(Text[^1]), out _, out _));
        Assert.Equal(StreamSignal.Continue, decoder.Read(default, "[DONE]"u8, out _, out _));
    }

    [Fact]
    public void Events_that_are_not_known_are_passed_over() =>
        Assert.Equal("Hello \"you\" 😀", Stream(["""{"type":"debug","prompt":"x"}""", Start, """{"type":"brand-new","delta":{"message":{"content":7}}}""", .. Text[1..]]).ToChatResponse().Text);

    [Fact]
    public void A_whole_answer_is_a_stream_of_one_event()
    {
        ChatResponse response = Stream(CohereReplyTests.Golden).ToChatResponse();
        Assert.Equal(("It is \"sunny\" 😀", 17, ChatFinishReason.ToolCalls, "c14c80c3"), (response.Text, response.Usage!.InputTokenCount, response.FinishReason, response.ResponseId));
        Assert.Equal(FailureKind.InvalidResponse, Broken(Start, CohereReplyTests.Golden).Kind);
    }
}
