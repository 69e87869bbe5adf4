#pragma warning disable MEAI001 // HostedToolSearchTool is experimental.
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.AnthropicMessages;
using RouterGen.Codecs.Tests.OpenAIChat;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests;

/// <summary>Tools that a provider runs itself are sent where the model has them, and else lead to another deployment.</summary>
public class HostedToolTests
{
    private static readonly Takes Claude = AnthropicWire.AllButThinking | ModelCapabilities.WebSearch | ModelCapabilities.CodeInterpreter | ModelCapabilities.McpServers;
    private static readonly Takes SearchModel = ModelCapabilities.WebSearch;
    private static readonly Takes OpenRouter = OpenAIWire.Everything | ModelCapabilities.WebSearch | OpenAIQuirks.ServerTools;
    private static readonly Takes GptOss = OpenAIWire.Everything | ModelCapabilities.WebSearch | ModelCapabilities.CodeInterpreter | OpenAIQuirks.BrowserSearchTool;

    private static readonly AIFunctionDeclaration Weather = AIFunctionFactory.CreateDeclaration("weather", null, JsonDocument.Parse("""{"type":"object"}""").RootElement);
    private static readonly HostedWebSearchTool Search = new();
    private static readonly HostedWebSearchTool Narrow = new(new Dictionary<string, object?> { ["max_uses"] = 2, ["allowed_domains"] = new[] { "example.com" } });

    public static TheoryData<AITool> All() =>
    [
        new HostedWebSearchTool(), new HostedCodeInterpreterTool(), new HostedFileSearchTool(), new HostedImageGenerationTool(), new HostedMcpServerTool("s", "https://example.com/mcp"), new Strange(),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void Without_the_feature_a_tool_is_refused(AITool tool)
    {
        foreach (string dialect in CodecWire.Names.Where(static name => name is not "gemini")) Refused(dialect, null, tool); // Gemini's usual model has some of them.
        if (tool is HostedFileSearchTool or HostedImageGenerationTool or Strange)
        {
            Assert.Contains(tool.GetType().Name, Refused("openai", new Takes((ModelCapabilities)int.MaxValue, (ModelParameters)int.MaxValue, int.MaxValue), tool));
            Assert.Contains(tool.GetType().Name, Refused("anthropic", new Takes((ModelCapabilities)int.MaxValue, (ModelParameters)int.MaxValue, int.MaxValue), tool));
        }
    }

    [Fact]
    public void Claude_searches_and_runs_code() => Assert.Equal(
        """[{"name":"weather","input_schema":{"type":"object"}},{"type":"web_search_20250305","name":"web_search"},{"type":"code_execution_20250825","name":"code_execution"}]""",
        Member("anthropic", Claude, "tools", Weather, Search, new HostedCodeInterpreterTool()));

    [Fact]
    public void A_tools_own_properties_are_sent_and_name_another_version() => Assert.Equal(
        """[{"type":"web_search_20250305","name":"web_search","max_uses":2,"allowed_domains":["example.com"]},{"name":"web_search","type":"web_search_20260318","cache_control":{"type":"ephemeral"}}]""",
        Member("anthropic", Claude, "tools", Narrow, new HostedWebSearchTool(new Dictionary<string, object?> { ["type"] = "web_search_20260318", ["cache_control"] = "ephemeral" })));

    [Fact]
    public void Claude_reaches_MCP_servers_through_its_connector()
    {
        HostedMcpServerTool server = new("docs", "https://example.com/mcp") { AllowedTools = ["find"], Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer t0ken" }, ApprovalMode = HostedMcpServerToolApprovalMode.NeverRequire };
        JsonElement request = CodecWire.Request("anthropic", [new(ChatRole.User, "Hi")], out AttemptFailure? failure, out RequestWriter writer, new ChatOptions { Tools = [server] }, Claude)!.Value;
        Assert.Null(failure);
        Assert.Equal("""[{"type":"mcp_toolset","mcp_server_name":"docs","default_config":{"enabled":false},"configs":{"find":{"enabled":true}}}]""", request.GetProperty("tools").GetRawText());
        Assert.Equal("""[{"type":"url","url":"https://example.com/mcp","name":"docs","authorization_token":"t0ken"}]""", request.GetProperty("mcp_servers").GetRawText());
        Assert.Equal(new("anthropic-beta", "mcp-client-2025-11-20"), Assert.Single(writer.Headers!));
        writer.Clear();
        Assert.Null(writer.Headers);
    }

    [Fact]
    public void What_the_connector_cannot_do_is_refused()
    {
        Assert.Contains("approval", Refused("anthropic", Claude, new HostedMcpServerTool("docs", "https://example.com/mcp") { ApprovalMode = HostedMcpServerToolApprovalMode.AlwaysRequire }));
        Assert.Contains("approval", Refused("anthropic", Claude, new HostedMcpServerTool("docs", "https://example.com/mcp") { ApprovalMode = HostedMcpServerToolApprovalMode.RequireSpecific(["delete"], null) }));
        Assert.Contains("'X-Key'", Refused("anthropic", Claude, new HostedMcpServerTool("docs", "https://example.com/mcp") { Headers = new Dictionary<string, string> { ["X-Key"] = "s3cret" } }));
        Assert.DoesNotContain("s3cret", Refused("anthropic", Claude, new HostedMcpServerTool("docs", "https://example.com/mcp") { Headers = new Dictionary<string, string> { ["X-Key"] = "s3cret" } }));
        Assert.Contains("https", Refused("anthropic", Claude, new HostedMcpServerTool("docs", "connector_dropbox")));
        Assert.Contains("files", Refused("anthropic", Claude, new HostedCodeInterpreterTool { Inputs = [new HostedFileContent("f")] }));
        Assert.Contains("files", Refused("openai", GptOss, new HostedCodeInterpreterTool { Inputs = [new HostedFileContent("f")] }));
    }

    [Fact]
    public void A_search_model_takes_options_beside_the_tools()
    {
        HostedWebSearchTool tool = new(new Dictionary<string, object?> { ["search_context_size"] = "low" });
        JsonElement request = CodecWire.Request("openai", [new(ChatRole.User, "Hi")], out _, new ChatOptions { Tools = [tool], ToolMode = ChatToolMode.Auto }, SearchModel)!.Value;
        Assert.Equal("""{"search_context_size":"low"}""", request.GetProperty("web_search_options").GetRawText());
        Assert.False(request.TryGetProperty("tools", out _));
        Assert.False(request.TryGetProperty("tool_choice", out _));
        Assert.Contains("no tools", Refused("openai", SearchModel, Search, Weather));
    }

    [Fact]
    public void Some_providers_list_their_own_tools_by_type()
    {
        Assert.Equal(
            """[{"type":"openrouter:web_search"},{"type":"function","function":{"name":"weather","parameters":{"type":"object"}}}]""",
            Member("openai", OpenRouter, "tools", Search, Weather));
        Assert.Equal("""[{"type":"openrouter:web_search","parameters":{"max_uses":2,"allowed_domains":["example.com"]}}]""", Member("openai", OpenRouter, "tools", Narrow));
        Assert.Equal("""[{"type":"browser_search"},{"type":"code_interpreter"}]""", Member("openai", GptOss, "tools", Search, new HostedCodeInterpreterTool()));
    }

    [Theory]
    [MemberData(nameof(CodecWire.All), MemberType = typeof(CodecWire))]
    public void A_search_among_tools_is_left_out_with_a_note(string dialect)
    {
        JsonElement request = CodecWire.Request(dialect, [new(ChatRole.User, "Hi")], out _, out RequestWriter writer, new ChatOptions { Tools = [new HostedToolSearchTool(), Weather] })!.Value;
        JsonElement tools = dialect is "bedrock" ? request.GetProperty("toolConfig").GetProperty("tools") : request.GetProperty("tools");
        Assert.Equal(1, tools.GetArrayLength());
        Assert.Contains("HostedToolSearchTool", Assert.Single(writer.Notes!));
        request = CodecWire.Request(dialect, [new(ChatRole.User, "Hi")], out _, new ChatOptions { Tools = [new HostedToolSearchTool()] })!.Value;
        Assert.False(request.TryGetProperty(dialect is "bedrock" ? "toolConfig" : "tools", out _));
    }

    [Fact]
    public void A_tool_goes_before_an_additional_property_of_the_same_name()
    {
        var options = new ChatOptions { Tools = [Search], AdditionalProperties = new() { ["web_search_options"] = 1 } };
        Assert.Equal("{}", CodecWire.Request("openai", [new(ChatRole.User, "Hi")], out _, options, SearchModel)!.Value.GetProperty("web_search_options").GetRawText());
        options.Tools = null;
        Assert.Equal("1", CodecWire.Request("openai", [new(ChatRole.User, "Hi")], out _, options, SearchModel)!.Value.GetProperty("web_search_options").GetRawText());
        options = new ChatOptions { Tools = [new HostedMcpServerTool("docs", "https://example.com/mcp")], AdditionalProperties = new() { ["mcp_servers"] = 1 } };
        Assert.Equal(1, CodecWire.Request("anthropic", [new(ChatRole.User, "Hi")], out _, options, Claude)!.Value.EnumerateObject().Count(static member => member.NameEquals("mcp_servers")));
    }

    [Theory]
    [InlineData("openai", "strict")]
    [InlineData("openai", "strictJsonSchema")]
    [InlineData("responses", "strict")]
    [InlineData("responses", "strictJsonSchema")]
    [InlineData("anthropic", "strict")]
    [InlineData("anthropic", "strictJsonSchema")]
    public void Strict_means_the_same_on_options_and_functions(string dialect, string name)
    {
        const string Schema = """{"type":"object","properties":{"a":{"type":"string"}},"required":["a"],"additionalProperties":false}""";
        foreach (object value in (object[])[true, JsonDocument.Parse("true").RootElement])
        {
            Assert.Equal([true, true], Strict(new AdditionalPropertiesDictionary { [name] = value }, null));
            Assert.Equal([true, false], Strict(null, new Dictionary<string, object?> { [name] = value }));
            Assert.Equal([false, true], Strict(new AdditionalPropertiesDictionary { [name] = value }, new Dictionary<string, object?> { [name] = false }));
        }

        bool[] Strict(AdditionalPropertiesDictionary? ofOptions, Dictionary<string, object?>? ofFunction)
        {
            AIFunctionDeclaration own = new Declaration("own", Schema, ofFunction ?? []), other = new Declaration("other", Schema, []);
            JsonElement request = CodecWire.Request(dialect, [new(ChatRole.User, "Hi")], out _, new ChatOptions { Tools = [own, other], AdditionalProperties = ofOptions })!.Value;
            Assert.False(request.TryGetProperty(name, out _));
            return [.. request.GetProperty("tools").EnumerateArray().Select(tool => (tool.TryGetProperty("function", out JsonElement inner) ? inner : tool).TryGetProperty("strict", out JsonElement strict) && strict.GetBoolean())];
        }
    }

    private sealed class Declaration(string name, string schema, Dictionary<string, object?> properties) : AIFunctionDeclaration
    {
        public override string Name => name;

        public override JsonElement JsonSchema => JsonDocument.Parse(schema).RootElement;

        public override IReadOnlyDictionary<string, object?> AdditionalProperties => properties;
    }

    [Fact]
    public void What_Claudes_own_tools_were_asked_and_answered_goes_back_while_they_are_there()
    {
        const string Asked = """{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"zebra"}}""";
        const string Found = """{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"type":"web_search_result","url":"https://example.com","title":"Zebras","encrypted_content":"abc"}]}""";
        ChatMessage answer = new(ChatRole.Assistant, [Block(Asked), Block(Found), new TextContent("Found it.")]) { AdditionalProperties = new() { ["cache_control"] = "ephemeral" } };
        ChatMessage[] messages = [new(ChatRole.User, "Find"), answer, new(ChatRole.User, "More")];
        ChatMessage[] stored = JsonSerializer.Deserialize<ChatMessage[]>(JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;
        foreach (ChatMessage[] history in (ChatMessage[][])[messages, stored])
        {
            JsonElement sent = CodecWire.Request("anthropic", history, out _, new ChatOptions { Tools = [Search] }, Claude)!.Value.GetProperty("messages")[1].GetProperty("content");
            Assert.True(JsonElement.DeepEquals(JsonDocument.Parse($"[{Asked},{Found},{{\"type\":\"text\",\"text\":\"Found it.\",\"cache_control\":{{\"type\":\"ephemeral\"}}}}]").RootElement, sent), sent.GetRawText());
            Assert.DoesNotContain("srvtoolu_1", CodecWire.Messages("anthropic", history));
            Assert.DoesNotContain("srvtoolu_1", CodecWire.Messages("openai", history));
        }

        // A turn that was paused ends with a question to the tool, and goes on from there.
        string paused = CodecWire.Request("anthropic", [new(ChatRole.User, "Find"), new(ChatRole.Assistant, [Block(Asked)])], out _, new ChatOptions { Tools = [Search] }, Claude)!.Value.GetProperty("messages").GetRawText();
        Assert.EndsWith($$"""{"role":"assistant","content":[{{Asked}}]}]""", paused);

        static AIContent Block(string json) => new() { AdditionalProperties = new() { ["anthropic.block"] = JsonDocument.Parse(json).RootElement } };
    }

    private static string Member(string dialect, Takes takes, string member, params AITool[] tools)
    {
        JsonElement? request = CodecWire.Request(dialect, [new(ChatRole.User, "Hi")], out AttemptFailure? failure, new ChatOptions { Tools = tools }, takes);
        Assert.Null(failure);
        return request!.Value.GetProperty(member).GetRawText();
    }

    private static string Refused(string dialect, Takes? takes, params AITool[] tools)
    {
        Assert.Null(CodecWire.Request(dialect, [new(ChatRole.User, "Hi")], out AttemptFailure? failure, new ChatOptions { Tools = tools }, takes));
        Assert.Equal(FailureKind.Unsupported, failure!.Kind);
        return failure.Message;
    }

    private sealed class Strange : AITool;
}
