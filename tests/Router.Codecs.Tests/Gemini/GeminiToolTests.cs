using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Gemini;

/// <summary>Functions and the API's own tools.</summary>
public class GeminiToolTests
{
    private const string City = """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""";

    private static AIFunctionDeclaration Function(string name, string schema = City, string description = "") =>
        AIFunctionFactory.CreateDeclaration(name, description, JsonDocument.Parse(schema).RootElement);

    private static ChatOptions Tools(params AITool[] tools) => new() { Tools = tools };

    [Fact]
    public void Functions_have_their_schemas() => Assert.Equal(
        $$$"""{"tools":[{"functionDeclarations":[{"name":"weather","description":"Tells it.","parametersJsonSchema":{{{City}}}},{"name":"now"},{"name":"open","parametersJsonSchema":{"type":"object","additionalProperties":true}}]}]}""",
        GeminiWire.Options(Tools(Function("weather", description: "Tells it."), Function("now", """{"type":"object","properties":{}}"""), Function("open", """{"type":"object","additionalProperties":true}"""))));

    [Theory]
    [InlineData("auto", "AUTO")]
    [InlineData("none", "NONE")]
    [InlineData("any", "ANY")]
    [InlineData("1st", "ANY\",\"allowedFunctionNames\":[\"_1st\"],\"")]
    public void A_choice_is_a_mode(string mode, string expected)
    {
        ChatOptions options = Tools(Function("1st"), Function("weather"));
        options.ToolMode = mode switch { "auto" => ChatToolMode.Auto, "none" => ChatToolMode.None, "any" => ChatToolMode.RequireAny, _ => ChatToolMode.RequireSpecific(mode) };
        string written = GeminiWire.Member(GeminiWire.Body([GeminiWire.Hello], options), "toolConfig");
        Assert.Equal($$$"""{"functionCallingConfig":{"mode":"{{{expected}}}"}}""".Replace(",\"\"", ""), written);
    }

    [Fact]
    public void Strict_calls_are_validated()
    {
        ChatOptions options = Tools(Function("weather", """{"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}"""));
        options.AdditionalProperties = new() { ["strict"] = true };
        Assert.Contains("""{"functionCallingConfig":{"mode":"VALIDATED"}}""", GeminiWire.Options(options));
        options.ToolMode = ChatToolMode.None;
        Assert.Contains("""{"functionCallingConfig":{"mode":"NONE"}}""", GeminiWire.Options(options));
        options.Tools = [Function("weather", """{"type":"object","properties":{"tags":{"type":"object","additionalProperties":{"type":"string"}}}}""")];
        Assert.Contains("$.properties.tags", GeminiWire.Refused([GeminiWire.Hello], options));
    }

    [Fact]
    public void Own_tools_stand_beside_functions_where_the_model_combines_them()
    {
        ChatOptions options = Tools(
            new HostedWebSearchTool(), new HostedCodeInterpreterTool(), new HostedWebSearchTool(new Dictionary<string, object?> { ["type"] = "urlContext" }),
            new HostedWebSearchTool(new Dictionary<string, object?> { ["timeRangeFilter"] = new Dictionary<string, object?> { ["startTime"] = "2026-01-01T00:00:00Z" } }));
        Assert.Equal("""{"tools":[{"googleSearch":{}},{"codeExecution":{}},{"urlContext":{}},{"googleSearch":{"timeRangeFilter":{"startTime":"2026-01-01T00:00:00Z"}}}]}""", GeminiWire.Options(options));
        Assert.Equal(GeminiWire.Options(options), GeminiWire.Options(options, GeminiWire.Budget));

        options.Tools = [new HostedWebSearchTool(), Function("weather")];
        Assert.Equal($$$"""{"tools":[{"functionDeclarations":[{"name":"weather","parametersJsonSchema":{{{City}}}}]},{"googleSearch":{}}],"toolConfig":{"includeServerSideToolInvocations":true}}""", GeminiWire.Options(options));
        Assert.Contains("not both", GeminiWire.Refused([GeminiWire.Hello], options, GeminiWire.Budget));
    }

    [Fact]
    public void Tools_beside_JSON_are_refused_where_the_model_does_not_combine_them()
    {
        ChatOptions options = Tools(Function("weather"));
        options.ResponseFormat = ChatResponseFormat.Json;
        Assert.Contains("responseMimeType", GeminiWire.Options(options));
        Assert.Contains("JSON", GeminiWire.Refused([GeminiWire.Hello], options, GeminiWire.Budget));
    }

    [Fact]
    public void What_cannot_be_demanded_is_refused()
    {
        ChatOptions required = Tools(Function("weather"));
        required.ToolMode = ChatToolMode.RequireAny;
        Assert.Contains("made to call", GeminiWire.Refused([GeminiWire.Hello], required, GeminiWire.Everything.Without(ModelParameters.RequiredToolChoice)));
        required.Tools = [new HostedWebSearchTool()];
        Assert.Contains("made to call", GeminiWire.Refused([GeminiWire.Hello], required));
        Assert.Contains("no tools", GeminiWire.Refused([GeminiWire.Hello], Tools(Function("f")), Takes.Nothing));
        Assert.Contains(nameof(HostedWebSearchTool), GeminiWire.Refused([GeminiWire.Hello], Tools(new HostedWebSearchTool()), ModelCapabilities.Tools));
        Assert.Contains(nameof(HostedCodeInterpreterTool), GeminiWire.Refused([GeminiWire.Hello], Tools(new HostedCodeInterpreterTool()), ModelCapabilities.Tools));
        Assert.Contains("files", GeminiWire.Refused([GeminiWire.Hello], Tools(new HostedCodeInterpreterTool { Inputs = [new HostedFileContent("f")] })));
        Assert.Contains(nameof(HostedMcpServerTool), GeminiWire.Refused([GeminiWire.Hello], Tools(new HostedMcpServerTool("docs", "https://example.com/mcp"))));
        Assert.Contains(nameof(HostedFileSearchTool), GeminiWire.Refused([GeminiWire.Hello], Tools(new HostedFileSearchTool())));
    }

    [Fact]
    public void A_wish_for_one_call_at_a_time_is_left_out()
    {
        ChatOptions options = Tools(Function("weather"));
        options.AllowMultipleToolCalls = false;
        Assert.Equal(["parallel_tool_calls: left out"], GeminiWire.Notes(options));
        options.AllowMultipleToolCalls = true;
        Assert.Empty(GeminiWire.Notes(options));
    }

    [Theory]
    [InlineData("weather", "weather")]
    [InlineData("_x-1", "_x-1")]
    [InlineData("1st", "_1st")]
    [InlineData("-x", "_-x")]
    public void Names_begin_with_a_letter_or_an_underscore(string name, string expected) => Assert.Equal(expected, GeminiNames.ToWire(name));

    [Theory]
    [InlineData("weather")]
    [InlineData("1st")]
    [InlineData("-")]
    [InlineData("github.create_issue")]
    [InlineData("9.lives")]
    [InlineData("天気")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123")]
    public void Names_come_back(string name)
    {
        string sent = GeminiNames.ToWire(name);
        Assert.True(CodecNames.IsValid(sent) && (char.IsAsciiLetter(sent[0]) || sent[0] == '_'), sent);
        Assert.Equal(name, GeminiNames.FromWire(sent, Tools(Function("other"), Function(name))));
        Assert.Equal(sent, GeminiNames.FromWire(sent, null));
    }
}
