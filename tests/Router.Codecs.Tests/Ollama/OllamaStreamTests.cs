using System.Text;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.OllamaChat.OllamaWire;

namespace RouterGen.Codecs.Tests.OllamaChat;

public class OllamaStreamTests
{
    public const string Done = """{"model":"m","created_at":"2026-11-04T08:52:19Z","message":{"role":"assistant","content":""},"done_reason":"stop","done":true,"total_duration":5,"prompt_eval_count":17,"eval_count":12}""";

    public static readonly string[] Text =
    [
        """{"model":"m","created_at":"2026-11-04T08:52:18Z","message":{"role":"assistant","content":"Hel"},"done":false}""",
        """{"model":"m","created_at":"2026-11-04T08:52:18Z","message":{"role":"assistant","content":""},"done":false}""",
        """{"model":"m","created_at":"2026-11-04T08:52:18Z","message":{"role":"assistant","content":"lo \"you\" 😀"},"done":false}""",
        Done,
    ];

    public static readonly string[] ThinkingAndTools =
    [
        """{"model":"m","message":{"role":"assistant","content":"","thinking":"Let me "},"done":false}""",
        """{"model":"m","message":{"role":"assistant","content":"","thinking":"think."},"done":false}""",
        """{"model":"m","message":{"role":"assistant","content":"I'll look."},"done":false}""",
        """{"model":"m","message":{"role":"assistant","content":"","tool_calls":[{"id":"c1","function":{"index":0,"name":"weather","arguments":{"city":"Röm"}}}]},"done":false}""",
        """{"model":"m","message":{"role":"assistant","content":"","tool_calls":[{"id":"c1","function":{"index":1,"name":"time","arguments":{}}}]},"done":false}""",
        Done,
    ];

    [Fact]
    public void Text_is_handed_on_as_it_comes()
    {
        List<ChatResponseUpdate> updates = Stream(Text);
        Assert.Equal(["Hel", "lo \"you\" 😀", ""], updates.Select(static u => u.Text));
        Assert.All(updates, static u => Assert.Equal(("m", ChatRole.Assistant), (u.ModelId, u.Role)));
        Assert.Equal(ChatFinishReason.Stop, Assert.Single(updates, static u => u.FinishReason is not null).FinishReason);
        Assert.Equal((17, 12), (updates.ToChatResponse().Usage!.InputTokenCount, updates.ToChatResponse().Usage!.OutputTokenCount));
    }

    [Fact]
    public void Parts_make_up_the_message_that_they_are_parts_of()
    {
        ChatResponse response = Stream(ThinkingAndTools).ToChatResponse();
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        IList<AIContent> contents = Assert.Single(response.Messages).Contents;
        Assert.Collection(
            contents,
            c => Assert.Equal("Let me think.", ((TextReasoningContent)c).Text),
            c => Assert.Equal("I'll look.", ((TextContent)c).Text),
            c => Assert.Equal(("c1", "Röm"), (((FunctionCallContent)c).CallId, ((FunctionCallContent)c).Arguments!["city"]!.ToString())),
            c => Assert.Equal("time", ((FunctionCallContent)c).Name));
        Assert.NotEqual("c1", ((FunctionCallContent)contents[3]).CallId);
    }

    [Theory]
    [InlineData("""{"error":"an error was encountered while running the model: unexpected EOF"}""", FailureKind.ServerError)]
    [InlineData("""{"error":"llama runner process has terminated: exit status 2"}""", FailureKind.ServerError)]
    [InlineData("""{"error":"server busy, please try again.  maximum pending requests exceeded"}""", FailureKind.Overloaded)]
    [InlineData("""{"error":{}}""", FailureKind.InvalidResponse)]
    [InlineData("""{"model":"m"}""", FailureKind.InvalidResponse)]
    [InlineData("""{"message":{"content":[]}}""", FailureKind.InvalidResponse)]
    [InlineData("""{"message":{"tool_calls":[{}]}}""", FailureKind.InvalidResponse)]
    [InlineData("""[]""", FailureKind.InvalidResponse)]
    [InlineData("""data: {}""", FailureKind.InvalidResponse)]
    public void What_ends_a_stream_badly_says_why(string last, FailureKind kind) => Assert.Equal(kind, Broken(Text[0], last).Kind);

    [Fact]
    public void Only_what_is_done_ends_a_stream()
    {
        ChatStreamDecoder decoder = Wire.Codec.StartStream(Wire.Asked);
        foreach (string line in Text[..^1]) decoder.Read(default, Encoding.UTF8.GetBytes(line), out _, out _);
        Assert.False(decoder.IsFinished);
        Assert.Equal(StreamSignal.Completed, decoder.Read(default, Encoding.UTF8.GetBytes(Done), out _, out _));
        Assert.Equal(StreamSignal.Continue, decoder.Read(default, "{}"u8, out _, out _));
    }

    [Fact]
    public void A_whole_answer_is_a_stream_of_one_line()
    {
        ChatResponse response = Stream(OllamaReplyTests.Golden).ToChatResponse();
        Assert.Equal(("It is \"sunny\" 😀", 26, ChatFinishReason.ToolCalls, "qwen3"), (response.Text, response.Usage!.InputTokenCount, response.FinishReason, response.ModelId));
    }
}
