using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.CohereChat;

/// <summary>Thoughts and plans go back to the model that had them, where they stood, and to no other.</summary>
public sealed class CohereStateTests
{
    private static readonly ModelProfile Reasoning = new("cohere", "command-a-reasoning") { Capabilities = ModelCapabilities.Tools };
    private static readonly ModelProfile Plain = new("cohere", "command-a") { Capabilities = ModelCapabilities.Tools };

    private static readonly string[] Whole =
        ["""{"id":"m1","message":{"content":[{"type":"thinking","thinking":"Let me think."}],"tool_plan":"I'll look.","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"TOOL_CALL"}"""];

    private static readonly string[] Events =
    [
        .. CohereStreamTests.ThinkingAndTools[..7],
        """{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}}}}""",
        """{"type":"tool-call-end","index":0}""",
        """{"type":"message-end","delta":{"finish_reason":"TOOL_CALL"}}""",
    ];

    private static readonly string[] Done = ["""{"message":{"content":[{"type":"text","text":"done"}]},"finish_reason":"COMPLETE"}"""];

    private const string Own = """{"role":"assistant","content":[{"type":"thinking","thinking":"Let me think."}],"tool_plan":"I\u0027ll look.","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]}""";
    private const string Foreign = """{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thoughts_go_back_to_their_own_model_only(bool stream)
    {
        var model = ScriptedModel.Cohere(Reasoning, stream ? Events : Whole, Done);
        List<ChatMessage> messages = [new(ChatRole.User, "Hi")];
        messages.AddRange((stream ? await model.GetStreamingResponseAsync(messages).ToChatResponseAsync() : await model.GetResponseAsync(messages)).Messages);
        messages.Add(new(ChatRole.Tool, [new FunctionResultContent("c1", "x")]));
        await model.GetResponseAsync(messages);
        Assert.Equal(Own, Turn(model));

        foreach (ModelProfile other in new[] { Plain, new("bedrock", "command-a-reasoning") { Capabilities = ModelCapabilities.Tools } })
        {
            var another = ScriptedModel.Cohere(other, Done);
            await another.GetResponseAsync(messages);
            Assert.Equal(Foreign, Turn(another));
        }

        var second = ScriptedModel.Cohere(new("cohere", "command-a-reasoning") { Capabilities = ModelCapabilities.Tools }, Done);
        string json = JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions);
        await second.GetResponseAsync(JsonSerializer.Deserialize<List<ChatMessage>>(json, AIJsonUtilities.DefaultOptions)!);
        Assert.Equal(Own, Turn(second));
    }

    [Fact]
    public async Task Parts_of_a_stream_that_were_not_joined_go_back_joined()
    {
        var model = ScriptedModel.Cohere(Reasoning, Events, Done);
        var contents = new List<AIContent>();
        await foreach (ChatResponseUpdate update in model.GetStreamingResponseAsync([new(ChatRole.User, "Hi")])) contents.AddRange(update.Contents);
        await model.GetResponseAsync([new(ChatRole.User, "Hi"), new(ChatRole.Assistant, contents), new(ChatRole.Tool, [new FunctionResultContent("c1", "x")])]);
        Assert.Equal(Own, Turn(model));
    }

    [Fact]
    public async Task Thoughts_beside_a_text_are_the_first_part()
    {
        var model = ScriptedModel.Cohere(Reasoning, ["""{"message":{"content":[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"Hi"}]},"finish_reason":"COMPLETE"}"""], Done);
        List<ChatMessage> messages = [new(ChatRole.User, "Hi")];
        messages.AddRange((await model.GetResponseAsync(messages)).Messages);
        await model.GetResponseAsync([.. messages, new(ChatRole.User, "Well?")]);
        Assert.Equal("""{"role":"assistant","content":[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"Hi"}]}""", Turn(model));
    }

    private static string Turn(ScriptedModel model) => model.Requests[^1]["messages"]![1]!.ToJsonString();
}
