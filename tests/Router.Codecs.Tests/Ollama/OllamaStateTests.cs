using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OllamaChat;

/// <summary>Thoughts go back to the model that had them, and to no other.</summary>
public sealed class OllamaStateTests
{
    private static readonly ModelProfile Qwen = new("ollama", "qwen3") { Capabilities = ModelCapabilities.Tools };

    private static readonly string[] Whole =
        ["""{"message":{"content":"","thinking":"Let me think.","tool_calls":[{"id":"c1","function":{"name":"f","arguments":{}}}]},"done":true}"""];

    private static readonly string[] Events =
    [
        .. OllamaStreamTests.ThinkingAndTools[..2],
        """{"message":{"content":"","tool_calls":[{"id":"c1","function":{"name":"f","arguments":{}}}]},"done":false}""",
        OllamaStreamTests.Done,
    ];

    private static readonly string[] Done = ["""{"message":{"content":"done"},"done":true}"""];

    private const string Own = """{"role":"assistant","content":"","thinking":"Let me think.","tool_calls":[{"id":"c1","function":{"name":"f","arguments":{}}}]}""";
    private const string Foreign = """{"role":"assistant","content":"","tool_calls":[{"id":"c1","function":{"name":"f","arguments":{}}}]}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thoughts_go_back_to_their_own_model_only(bool stream)
    {
        var model = ScriptedModel.Ollama(Qwen, stream ? Events : Whole, Done);
        List<ChatMessage> messages = [new(ChatRole.User, "Hi")];
        messages.AddRange((stream ? await model.GetStreamingResponseAsync(messages).ToChatResponseAsync() : await model.GetResponseAsync(messages)).Messages);
        messages.Add(new(ChatRole.Tool, [new FunctionResultContent("c1", "x")]));
        await model.GetResponseAsync(messages);
        Assert.Equal(Own, Turn(model));

        foreach (ModelProfile other in new[] { new ModelProfile("ollama", "llama3") { Capabilities = ModelCapabilities.Tools }, new("vllm", "qwen3") { Capabilities = ModelCapabilities.Tools } })
        {
            var another = ScriptedModel.Ollama(other, Done);
            await another.GetResponseAsync(messages);
            Assert.Equal(Foreign, Turn(another));
        }

        var second = ScriptedModel.Ollama(new("ollama", "qwen3") { Capabilities = ModelCapabilities.Tools }, Done);
        string json = JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions);
        await second.GetResponseAsync(JsonSerializer.Deserialize<List<ChatMessage>>(json, AIJsonUtilities.DefaultOptions)!);
        Assert.Equal(Own, Turn(second));
    }

    [Fact]
    public async Task Parts_of_a_stream_that_were_not_joined_go_back_joined()
    {
        var model = ScriptedModel.Ollama(Qwen, Events, Done);
        var contents = new List<AIContent>();
        await foreach (ChatResponseUpdate update in model.GetStreamingResponseAsync([new(ChatRole.User, "Hi")])) contents.AddRange(update.Contents);
        await model.GetResponseAsync([new(ChatRole.User, "Hi"), new(ChatRole.Assistant, contents), new(ChatRole.Tool, [new FunctionResultContent("c1", "x")])]);
        Assert.Equal(Own, Turn(model));
    }

    private static string Turn(ScriptedModel model) => model.Requests[^1]["messages"]![1]!.ToJsonString();
}
