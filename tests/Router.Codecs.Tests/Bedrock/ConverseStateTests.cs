using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Bedrock;

/// <summary>Thoughts go back to the model that signed them, whole or streamed, through serialisation, and to no other.</summary>
public sealed class ConverseStateTests
{
    private const string AllBlocks =
        """[{"reasoningContent":{"reasoningText":{"text":"I need the tool.","signature":"SIG1"}}},{"reasoningContent":{"redactedContent":"HIDDEN"}},{"reasoningContent":{"reasoningText":{"text":"","signature":"SIG2"}}},{"text":"Wait."},{"toolUse":{"toolUseId":"c1","name":"f","input":{}}}]""";

    private const string WithoutThoughts = """[{"text":"Wait."},{"toolUse":{"toolUseId":"c1","name":"f","input":{}}}]""";

    private static readonly string[] Whole =
    [
        """{"output":{"message":{"role":"assistant","content":[{"reasoningContent":{"reasoningText":{"text":"I need the tool.","signature":"SIG1"}}},{"reasoningContent":{"redactedContent":"HIDDEN"}},{"reasoningContent":{"reasoningText":{"text":"","signature":"SIG2"}}},{"reasoningContent":{"reasoningText":{"text":"unsigned"}}},{"text":"Wait."},{"toolUse":{"toolUseId":"c1","name":"f","input":{}}}]}},"stopReason":"tool_use"}""",
    ];

    private static readonly string[] Events =
    [
        """messageStart {"role":"assistant"}""",
        """contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"I need "}}}""",
        """contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"the tool."}}}""",
        """contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"SI"}}}""",
        """contentBlockDelta {"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"G1"}}}""",
        """contentBlockStop {"contentBlockIndex":0}""",
        """contentBlockDelta {"contentBlockIndex":1,"delta":{"reasoningContent":{"redactedContent":"HIDDEN"}}}""",
        """contentBlockStop {"contentBlockIndex":1}""",
        """contentBlockDelta {"contentBlockIndex":2,"delta":{"reasoningContent":{"signature":"SIG2"}}}""",
        """contentBlockStop {"contentBlockIndex":2}""",
        """contentBlockDelta {"contentBlockIndex":3,"delta":{"text":"Wait."}}""",
        """contentBlockStart {"contentBlockIndex":4,"start":{"toolUse":{"toolUseId":"c1","name":"f"}}}""",
        """contentBlockDelta {"contentBlockIndex":4,"delta":{"toolUse":{"input":"{}"}}}""",
        """contentBlockStop {"contentBlockIndex":4}""",
        """messageStop {"stopReason":"tool_use"}""",
        "metadata {}",
    ];

    private static readonly string[] Done = ["""{"output":{"message":{"role":"assistant","content":[{"text":"done"}]}},"stopReason":"end_turn"}"""];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thoughts_go_back_to_their_own_model_only(bool stream)
    {
        var opus = ScriptedModel.Bedrock(Model("bedrock", "claude-opus"), stream ? Events : Whole, Done);
        List<ChatMessage> messages = [new(ChatRole.User, "Hi")];
        messages.AddRange((stream ? await opus.GetStreamingResponseAsync(messages).ToChatResponseAsync() : await opus.GetResponseAsync(messages)).Messages);
        messages.Add(new(ChatRole.Tool, [new FunctionResultContent("c1", "x")]));
        await opus.GetResponseAsync(messages);
        Assert.Equal(AllBlocks, Blocks(opus));

        foreach (ModelProfile other in new[] { Model("bedrock", "claude-sonnet"), Model("anthropic", "claude-opus") })
        {
            var another = ScriptedModel.Bedrock(other, Done);
            await another.GetResponseAsync(messages);
            Assert.Equal(WithoutThoughts, Blocks(another));
        }

        string json = JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions);
        var second = ScriptedModel.Bedrock(Model("bedrock", "claude-opus"), Done);
        await second.GetResponseAsync(JsonSerializer.Deserialize<List<ChatMessage>>(json, AIJsonUtilities.DefaultOptions)!);
        Assert.Equal(AllBlocks, Blocks(second));
    }

    [Fact]
    public async Task Thoughts_with_another_text_stay_away()
    {
        var opus = ScriptedModel.Bedrock(Model("bedrock", "claude-opus"), Whole, Done);
        List<ChatMessage> messages = [new(ChatRole.User, "Hi")];
        messages.AddRange((await opus.GetResponseAsync(messages)).Messages);
        ((TextReasoningContent)messages[1].Contents[0]).Text = "I need nothing.";
        messages.Add(new(ChatRole.Tool, [new FunctionResultContent("c1", "x")]));
        await opus.GetResponseAsync(messages);
        Assert.DoesNotContain("SIG1", Blocks(opus));
        Assert.Contains("SIG2", Blocks(opus));
    }

    private static ModelProfile Model(string provider, string model) => new(provider, model) { Capabilities = ModelCapabilities.Tools };

    private static string Blocks(ScriptedModel model) => model.Requests[^1]["messages"]![1]!["content"]!.ToJsonString();
}
