using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.AnthropicMessages;

/// <summary>Thoughts go back to the Claude that signed them, and to no other; a conversation's tools are declared.</summary>
public sealed class AnthropicStateTests
{
    private static readonly ModelProfile Opus = new("anthropic", "claude-opus-5-5") { Capabilities = ModelCapabilities.Tools };
    private static readonly ModelProfile Sonnet = new("anthropic", "claude-sonnet-5-5") { Capabilities = ModelCapabilities.Tools };

    private static readonly string[] Whole =
    [
        """{"id":"m1","type":"message","content":[{"type":"thinking","thinking":"I need the tool.","signature":"SIG1"},{"type":"redacted_thinking","data":"HIDDEN"},{"type":"thinking","thinking":"","signature":"SIG2"},{"type":"text","text":"Wait."},{"type":"tool_use","id":"c1","name":"f","input":{}}],"stop_reason":"tool_use"}""",
    ];

    private static readonly string[] Events =
    [
        """{"type":"message_start","message":{"id":"m1"}}""",
        """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"I need "}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"the tool."}}""",
        """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"SIG1"}}""",
        """{"type":"content_block_stop","index":0}""",
        """{"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"HIDDEN"}}""",
        """{"type":"content_block_stop","index":1}""",
        """{"type":"content_block_start","index":2,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
        """{"type":"content_block_delta","index":2,"delta":{"type":"signature_delta","signature":"SIG2"}}""",
        """{"type":"content_block_stop","index":2}""",
        """{"type":"content_block_start","index":3,"content_block":{"type":"text","text":"Wait."}}""",
        """{"type":"content_block_stop","index":3}""",
        """{"type":"content_block_start","index":4,"content_block":{"type":"tool_use","id":"c1","name":"f","input":{}}}""",
        """{"type":"content_block_stop","index":4}""",
        """{"type":"message_delta","delta":{"stop_reason":"tool_use"}}""", """{"type":"message_stop"}""",
    ];

    private static readonly string[] Done = ["""{"id":"m2","type":"message","content":[{"type":"text","text":"done"}],"stop_reason":"end_turn"}"""];

    private static async Task<List<ChatMessage>> FirstRoundAsync(ScriptedModel model, bool stream)
    {
        List<ChatMessage> messages = [new(ChatRole.User, "Hi")];
        messages.AddRange((stream ? await model.GetStreamingResponseAsync(messages).ToChatResponseAsync() : await model.GetResponseAsync(messages)).Messages);
        messages.Add(new(ChatRole.Tool, [new FunctionResultContent("c1", "x")]));
        return messages;
    }

    private static string Blocks(ScriptedModel model) => model.Requests[^1]["messages"]![1]!["content"]!.ToJsonString();

    private const string AllBlocks =
        """[{"type":"thinking","thinking":"I need the tool.","signature":"SIG1"},{"type":"redacted_thinking","data":"HIDDEN"},{"type":"thinking","thinking":"","signature":"SIG2"},{"type":"text","text":"Wait."},{"type":"tool_use","id":"c1","name":"f","input":{}}]""";

    private const string WithoutThoughts = """[{"type":"text","text":"Wait."},{"type":"tool_use","id":"c1","name":"f","input":{}}]""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Thoughts_go_back_to_their_own_model_only(bool stream)
    {
        var opus = ScriptedModel.Anthropic(Opus, stream ? Events : Whole, Done, Done);
        List<ChatMessage> messages = await FirstRoundAsync(opus, stream);
        await opus.GetResponseAsync(messages);
        Assert.Equal(AllBlocks, Blocks(opus));

        foreach (ModelProfile other in new[] { Sonnet, new("bedrock", "claude-opus-5-5") { Capabilities = ModelCapabilities.Tools } })
        {
            var another = ScriptedModel.Anthropic(other, Done);
            await another.GetResponseAsync(messages);
            Assert.Equal(WithoutThoughts, Blocks(another));
        }

        var second = ScriptedModel.Anthropic(new("anthropic", "claude-opus-5-5") { Capabilities = ModelCapabilities.Tools }, Done);
        string json = JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions);
        await second.GetResponseAsync(JsonSerializer.Deserialize<List<ChatMessage>>(json, AIJsonUtilities.DefaultOptions)!);
        Assert.Equal(AllBlocks, Blocks(second));
    }

    [Fact]
    public async Task Parts_of_a_stream_that_were_not_joined_go_back_joined()
    {
        var opus = ScriptedModel.Anthropic(Opus, Events, Done);
        var contents = new List<AIContent>();
        await foreach (ChatResponseUpdate update in opus.GetStreamingResponseAsync([new(ChatRole.User, "Hi")])) contents.AddRange(update.Contents);
        await opus.GetResponseAsync([new(ChatRole.User, "Hi"), new(ChatRole.Assistant, contents), new(ChatRole.Tool, [new FunctionResultContent("c1", "x")])]);
        Assert.Equal(AllBlocks, Blocks(opus));
    }

    [Fact]
    public async Task Thoughts_whose_text_was_changed_are_left_out()
    {
        var opus = ScriptedModel.Anthropic(Opus, Whole, Done);
        List<ChatMessage> messages = await FirstRoundAsync(opus, false);
        ((TextReasoningContent)messages[1].Contents[0]).Text = "I need";
        await opus.GetResponseAsync(messages);
        Assert.DoesNotContain("SIG1", Blocks(opus));
        Assert.Contains("SIG2", Blocks(opus));
    }

    [Fact]
    public async Task A_turn_of_foreign_thoughts_alone_is_no_turn()
    {
        var opus = ScriptedModel.Anthropic(Opus, Done);
        await opus.GetResponseAsync([new(ChatRole.User, "Hi"), new(ChatRole.Assistant, [new TextReasoningContent("Hm.") { ProtectedData = "EqQB" }]), new(ChatRole.User, "Well?")]);
        Assert.DoesNotContain("assistant", opus.Requests[0].ToJsonString());
        Assert.DoesNotContain("EqQB", opus.Requests[0].ToJsonString());
    }

    [Fact]
    public async Task Thoughts_without_a_signature_go_back_without_one()
    {
        // Other models behind this dialect sign nothing, and want their thoughts back all the same.
        ModelProfile other = new("own", "glm") { Capabilities = ModelCapabilities.Tools };
        var model = ScriptedModel.Anthropic(other, ["""{"id":"m1","type":"message","content":[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"Hi"}],"stop_reason":"end_turn"}"""], Done);
        List<ChatMessage> messages = [new(ChatRole.User, "Hi")];
        messages.AddRange((await model.GetResponseAsync(messages)).Messages);
        await model.GetResponseAsync([.. messages, new(ChatRole.User, "Well?")]);
        Assert.Equal("""[{"type":"thinking","thinking":"Hm."},{"type":"text","text":"Hi"}]""", Blocks(model));
    }

    [Fact]
    public async Task A_conversation_with_calls_declares_its_tools_where_the_request_has_none()
    {
        ChatMessage[] messages =
        [
            new(ChatRole.User, "Hi"),
            new(ChatRole.Assistant, [new FunctionCallContent("a", "f"), new FunctionCallContent("b", "git.hub"), new FunctionCallContent("c", "f")]),
            new(ChatRole.Tool, [new FunctionResultContent("a", "x"), new FunctionResultContent("b", "x"), new FunctionResultContent("c", "x")]),
        ];
        foreach (ChatOptions? options in new[] { null, new ChatOptions { ToolMode = ChatToolMode.RequireAny, AllowMultipleToolCalls = false, AdditionalProperties = new() { ["tools"] = "mine" } }, new() { Tools = [] } })
        {
            var model = ScriptedModel.Anthropic(Sonnet, Done, Done);
            await model.GetResponseAsync(messages, options);
            JsonNode body = model.Requests[0];
            Assert.Equal($$$"""[{"name":"f","input_schema":{"type":"object"}},{"name":"{{{CodecNames.ToWire("git.hub")}}}","input_schema":{"type":"object"}}]""", body["tools"]!.ToJsonString());
            Assert.Equal("""{"type":"none"}""", body["tool_choice"]!.ToJsonString());
            await model.GetResponseAsync([messages[0]], options is { AdditionalProperties: null } ? options : null);
            Assert.Null(model.Requests[1]["tools"]);
        }
    }
}
