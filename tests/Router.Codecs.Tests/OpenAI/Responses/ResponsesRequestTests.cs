using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIResponses;

/// <summary>Requests: the conversation as items.</summary>
public class ResponsesRequestTests
{
    private static readonly byte[] Zebra = "zebra"u8.ToArray();

    private static readonly AIFunctionDeclaration Weather = AIFunctionFactory.CreateDeclaration("weather", "Of a city.", JsonDocument.Parse("""{"type":"object","properties":{"city":{"type":"string"}}}""").RootElement);

    [Fact]
    public void A_whole_request() => Assert.Equal(
        """{"model":"gpt","instructions":"Be brief.","input":[{"type":"message","role":"user","content":"Hi"}],"max_output_tokens":100,"store":false,"include":["reasoning.encrypted_content"],"stream":false}""",
        ResponsesWire.Request([new(ChatRole.User, "Hi")], new ChatOptions { Instructions = "Be brief.", MaxOutputTokens = 100 }));

    [Fact]
    public void A_streamed_request_says_so() => Assert.EndsWith(",\"stream\":true}", ResponsesWire.Request([new(ChatRole.User, "Hi")], stream: true));

    [Fact]
    public void A_model_that_does_not_reason_is_asked_for_no_thoughts() => Assert.Equal(
        """{"model":"gpt","input":[{"type":"message","role":"user","content":"Hi"}],"store":false,"stream":false}""",
        ResponsesWire.Request([new(ChatRole.User, "Hi")], takes: ModelCapabilities.Tools));

    [Fact]
    public void Nor_is_one_whose_thoughts_are_plain() => Assert.DoesNotContain("include", ResponsesWire.Request([new(ChatRole.User, "Hi")], takes: ResponsesWire.Everything | OpenAIQuirks.PlainReasoning));

    [Fact]
    public void But_one_that_reasons_without_an_effort_is() => Assert.Contains("\"include\":[\"reasoning.encrypted_content\"]", ResponsesWire.Request([new(ChatRole.User, "Hi")], takes: OpenAIQuirks.EncryptedReasoning));

    [Fact]
    public void System_text_stands_where_it_stood()
    {
        ChatMessage[] messages = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Hi"), new(new ChatRole("developer"), [new TextContent("One."), new TextContent("Two.")])];
        Assert.Equal(
            """[{"type":"message","role":"system","content":"Be brief."},{"type":"message","role":"user","content":"Hi"},{"type":"message","role":"system","content":[{"type":"input_text","text":"One."},{"type":"input_text","text":"Two."}]}]""",
            ResponsesWire.Input(messages));
        Assert.Contains("\"role\":\"developer\",\"content\":\"Be brief.\"", ResponsesWire.Request(messages, takes: OpenAIQuirks.DeveloperRole));
        Assert.Contains("\"content\":\"One.\\n\\nTwo.\"", ResponsesWire.Request(messages, takes: OpenAIQuirks.PlainContent));
    }

    [Fact]
    public void Images_and_files_are_parts()
    {
        ChatMessage message = new(ChatRole.User,
        [
            new TextContent("Look"),
            new TextContent(""),
            new DataContent(Zebra, "image/png"),
            new UriContent("https://example.com/a.png", "image/png") { AdditionalProperties = new() { ["detail"] = "low" } },
            new HostedFileContent("file-1") { MediaType = "image/png" },
            new DataContent(Zebra, "application/pdf"),
            new DataContent(Zebra, "text/csv") { Name = "a.csv" },
            new UriContent("https://example.com/a.pdf", "application/pdf"),
            new HostedFileContent("file-2"),
        ]);
        Assert.Equal(
            """[{"type":"message","role":"user","content":[{"type":"input_text","text":"Look"},"""
            + """{"type":"input_image","image_url":"data:image/png;base64,emVicmE=","detail":"auto"},{"type":"input_image","image_url":"https://example.com/a.png","detail":"low"},{"type":"input_image","file_id":"file-1","detail":"auto"},"""
            + """{"type":"input_file","filename":"document.pdf","file_data":"data:application/pdf;base64,emVicmE="},{"type":"input_file","filename":"a.csv","file_data":"data:text/csv;base64,emVicmE="},"""
            + """{"type":"input_file","file_url":"https://example.com/a.pdf"},{"type":"input_file","file_id":"file-2"}]}]""",
            ResponsesWire.Input(message));
    }

    [Fact]
    public void What_the_API_or_the_model_cannot_see_is_refused()
    {
        Assert.Contains("audio/wav", ResponsesWire.Unsupported(new(ChatRole.User, [new DataContent(Zebra, "audio/wav")])));
        Assert.Contains("video/mp4", ResponsesWire.Unsupported(new(ChatRole.User, [new UriContent("https://example.com/a.mp4", "video/mp4")])));
        Assert.Contains("images", ResponsesWire.Unsupported(new(ChatRole.User, [new DataContent(Zebra, "image/png")]), takes: ModelCapabilities.Tools));
        Assert.Contains("files", ResponsesWire.Unsupported(new(ChatRole.User, [new HostedFileContent("f")]), takes: ModelCapabilities.Vision));
        Assert.Contains("'critic'", ResponsesWire.Unsupported(new(new ChatRole("critic"), "Hm")));
        Assert.Contains("assistant", ResponsesWire.Unsupported(new(ChatRole.User, [new FunctionCallContent("c", "f")])));
        Assert.Contains("text", ResponsesWire.Unsupported(new(ChatRole.System, [new DataContent(Zebra, "image/png")])));
        Assert.Contains("'a'", ResponsesWire.Unsupported(new(ChatRole.Assistant, [new FunctionCallContent("c", "f", new Dictionary<string, object?> { ["a"] = new IntPtr(1) })])));
        Assert.Contains("no tools", ResponsesWire.Unsupported(new(ChatRole.Assistant, [new FunctionCallContent("c", "f")]), takes: ModelCapabilities.Vision));
        Assert.Contains("no tools", ResponsesWire.Unsupported(new(ChatRole.Tool, [new FunctionResultContent("c", "f")]), takes: ModelCapabilities.Vision));
    }

    [Fact]
    public void Calls_and_their_outputs_are_items_of_their_own() => Assert.Equal(
        """[{"type":"message","role":"user","content":"Weather?"},{"type":"message","role":"assistant","content":"I look."},{"type":"function_call","call_id":"c1","name":"weather","arguments":"{\"city\":\"Köln\"}"},"""
        + """{"type":"function_call","call_id":"c2","name":"time","arguments":"{}"},{"type":"function_call_output","call_id":"c1","output":"sunny"},{"type":"function_call_output","call_id":"c2","output":"9"}]""",
        ResponsesWire.Input(
            new(ChatRole.User, "Weather?"),
            new(ChatRole.Assistant, [new TextContent("I "), new TextContent("look."), new FunctionCallContent("c1", "weather", new Dictionary<string, object?> { ["city"] = "Köln" }), new FunctionCallContent("c2", "time")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "sunny"), new FunctionResultContent("c2", 9)])));

    [Fact]
    public void An_output_may_hold_images_and_several_texts_are_one()
    {
        Assert.Equal(
            """[{"type":"function_call_output","call_id":"c1","output":[{"type":"input_text","text":"A page"},{"type":"input_image","image_url":"data:image/png;base64,emVicmE=","detail":"auto"}]}]""",
            ResponsesWire.Input(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", new AIContent[] { new TextContent("A page"), new DataContent(Zebra, "image/png") })])));
        Assert.Equal(
            """[{"type":"function_call_output","call_id":"c1","output":"one\ntwo"}]""",
            ResponsesWire.Input(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", new AIContent[] { new TextContent("one"), new TextContent("two") })])));
        Assert.Equal(
            """[{"type":"function_call_output","call_id":"c1","output":"Error: The tool failed."}]""",
            ResponsesWire.Input(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", null) { Exception = new InvalidOperationException("secret") }])));
    }

    [Theory]
    [MemberData(nameof(ToolResultTests.Forms), MemberType = typeof(ToolResultTests))]
    public void Text_and_image_of_a_result_stay_in_it(string form) => Assert.EndsWith(
        """{"type":"function_call_output","call_id":"c1","output":[{"type":"input_text","text":"A page"},{"type":"input_image","image_url":"data:image/png;base64,emVicmE=","detail":"auto"}]}]""",
        ResponsesWire.Input(new(ChatRole.User, "Look"), new(ChatRole.Assistant, [new FunctionCallContent("c1", "shot")]), new(ChatRole.Tool, [new FunctionResultContent("c1", ToolResultTests.TextAndImage[form]())])));

    [Fact]
    public void Ids_and_names_are_made_to_fit()
    {
        string id = new('x', 65);
        string written = ResponsesWire.Input(new(ChatRole.Assistant, [new FunctionCallContent(id, "github.create")]), new(ChatRole.Tool, [new FunctionResultContent(id, "1")]));
        JsonElement items = JsonDocument.Parse(written).RootElement;
        Assert.Equal(items[0].GetProperty("call_id").GetString(), items[1].GetProperty("call_id").GetString());
        Assert.Equal(64, items[0].GetProperty("call_id").GetString()!.Length);
        Assert.StartsWith("github_create_", items[0].GetProperty("name").GetString());
        Assert.Contains("\"call_id\":\"call|1\"", ResponsesWire.Input(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call|1", "f")])));
    }

    [Fact]
    public void A_refusal_is_sent_as_one()
    {
        Assert.Equal(
            """[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"No:","annotations":[]},{"type":"refusal","refusal":"I cannot."}]}]""",
            ResponsesWire.Input(new ChatMessage(ChatRole.Assistant, [new TextContent("No:"), new ErrorContent("I cannot.") { ErrorCode = "Refusal" }, new ErrorContent("gone") { ErrorCode = "other" }])));
    }

    [Fact]
    public void A_message_that_says_nothing_is_not_sent() => Assert.Equal("""[{"type":"message","role":"user","content":"Hi"}]""", ResponsesWire.Input(
        new(ChatRole.User, "Hi"), new(ChatRole.User, ""), new(ChatRole.Assistant, [new TextReasoningContent("Hm"), new UsageContent(), new ErrorContent("gone")]), new(ChatRole.System, [])));

    [Fact]
    public void A_part_of_the_callers_own_is_sent_as_it_is() => Assert.Contains(
        """{"type":"input_file","file_url":"https://example.com/x"}""",
        ResponsesWire.Input(new ChatMessage(ChatRole.User, [new TextContent("Read"), new AIContent { RawRepresentation = JsonNode.Parse("""{"type":"input_file","file_url":"https://example.com/x"}""") }])));

    [Fact]
    public void Questions_about_a_servers_tools_and_their_answers_go_back_while_it_is_there()
    {
        ToolApprovalRequestContent question = new("mcpr_1", new McpServerToolCallContent("mcpr_1", "find", "docs") { Arguments = new Dictionary<string, object?> { ["q"] = "zebra" } });
        ChatMessage[] messages =
        [
            new(ChatRole.User, "Find"), new(ChatRole.Assistant, [question]),
            new(ChatRole.User, [question.CreateResponse(true), new ToolApprovalRequestContent("x", new FunctionCallContent("x", "own")).CreateResponse(false)]),
        ];
        var options = new ChatOptions { Tools = [new HostedMcpServerTool("docs", "https://example.com/mcp")] };
        Assert.Equal(
            """[{"type":"message","role":"user","content":"Find"},{"type":"mcp_approval_request","id":"mcpr_1","server_label":"docs","name":"find","arguments":"{\"q\":\"zebra\"}"},{"type":"mcp_approval_response","approval_request_id":"mcpr_1","approve":true}]""",
            ResponsesWire.InputFor(ResponsesWire.WithHosted.Of("test", "gpt"), messages, options));
        Assert.Equal("""[{"type":"message","role":"user","content":"Find"}]""", ResponsesWire.Input(messages));
    }

    [Fact]
    public void Functions_are_flat_and_not_strict_unless_they_say_so()
    {
        var strict = new ChatOptions { Tools = [Weather, AIFunctionFactory.CreateDeclaration("now", null, JsonDocument.Parse("{}").RootElement)], ToolMode = ChatToolMode.RequireSpecific("weather"), AllowMultipleToolCalls = false };
        Assert.Equal(
            """{"tools":[{"type":"function","name":"weather","description":"Of a city.","parameters":{"type":"object","properties":{"city":{"type":"string"}}},"strict":false},{"type":"function","name":"now","parameters":{"type":"object","properties":{}},"strict":false}],"tool_choice":{"type":"function","name":"weather"},"parallel_tool_calls":false}""",
            ResponsesWire.Options(strict));
        Assert.Contains("\"tool_choice\":\"required\"", ResponsesWire.Options(new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireAny }));
        Assert.Contains("\"tool_choice\":\"none\"", ResponsesWire.Options(new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.None }));
        Assert.Contains("\"tool_choice\":\"auto\"", ResponsesWire.Options(new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.Auto }));
        Assert.Equal("{}", ResponsesWire.Options(new ChatOptions { Tools = [], ToolMode = ChatToolMode.RequireAny, AllowMultipleToolCalls = true }));
        Assert.Contains("$.properties.city", ResponsesWire.Unsupported(new(ChatRole.User, "Hi"), new ChatOptions { Tools = [Weather], AdditionalProperties = new() { ["strict"] = true } }));
        Assert.Contains("made to call", ResponsesWire.Unsupported(new(ChatRole.User, "Hi"), new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireAny }, ModelCapabilities.Tools));
        Assert.Contains("no tools", ResponsesWire.Unsupported(new(ChatRole.User, "Hi"), new ChatOptions { Tools = [Weather] }, ModelCapabilities.Vision));
    }
}
