using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIChat;

public class OpenAIToolTests
{
    private const string TimeTool = """{"type":"function","function":{"name":"time","parameters":{"type":"object","properties":{}}}}""";

    private static readonly AITool Time = new Declaration("time", "", "{}");

    [Fact]
    public void A_function_goes_out_with_its_schema()
    {
        var weather = new Declaration("weather", "The \"weather\"", """{"type":"object","properties":{"city":{"type":"string"}}}""");
        Assert.Equal(
            """{"tools":[{"type":"function","function":{"name":"weather","description":"The \"weather\"","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]}""",
            OpenAIWire.Options(new ChatOptions { Tools = [weather] }));
    }

    [Fact]
    public void A_function_without_parameters_gets_an_empty_object()
    {
        Assert.Equal($$"""{"tools":[{{TimeTool}}]}""", OpenAIWire.Options(new ChatOptions { Tools = [Time] }));
        Assert.Equal($$"""{"tools":[{{TimeTool}}]}""", OpenAIWire.Options(new ChatOptions { Tools = [new Declaration("time", "", "true")] }));
    }

    [Fact]
    public void A_strict_function_gets_a_schema_that_fits()
    {
        const string Schema = """{"type":"object","properties":{"a":{"type":"string"},"b":{"type":["string","null"]}},"required":["a"]}""";
        Assert.Equal(
            """{"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"a":{"type":"string"},"b":{"type":["string","null"]}},"additionalProperties":false,"required":["a","b"]},"strict":true}}]}""",
            OpenAIWire.Options(new ChatOptions { Tools = [new Declaration("f", "", Schema, strict: true)] }));
        Assert.Equal(
            $$$"""{"tools":[{"type":"function","function":{"name":"f","parameters":{{{Schema}}},"strict":false}}]}""",
            OpenAIWire.Options(new ChatOptions { Tools = [new Declaration("f", "", Schema, strict: false)] }));
    }

    [Fact]
    public void Each_way_to_choose()
    {
        string Choice(ChatToolMode? mode) => OpenAIWire.Options(new ChatOptions { Tools = [Time], ToolMode = mode }).Replace($"\"tools\":[{TimeTool}]", "").Replace("{,", "{");

        Assert.Equal("{}", Choice(null));
        Assert.Equal("""{"tool_choice":"none"}""", Choice(ChatToolMode.None));
        Assert.Equal("""{"tool_choice":"auto"}""", Choice(ChatToolMode.Auto));
        Assert.Equal("""{"tool_choice":"required"}""", Choice(ChatToolMode.RequireAny));
        Assert.Equal("""{"tool_choice":{"type":"function","function":{"name":"time"}}}""", Choice(ChatToolMode.RequireSpecific("time")));
    }

    [Fact]
    public void Parallel_calls_are_allowed_or_not_where_the_model_knows_the_word()
    {
        var options = new ChatOptions { Tools = [Time], AllowMultipleToolCalls = false };
        Assert.EndsWith(",\"parallel_tool_calls\":false}", OpenAIWire.Options(options));
        Assert.DoesNotContain("parallel", OpenAIWire.Options(options, OpenAIWire.Everything.Without(ModelParameters.ParallelToolCalls)));
    }

    [Fact]
    public void Without_tools_there_is_nothing_to_choose()
    {
        Assert.Equal("{}", OpenAIWire.Options(new ChatOptions { Tools = [], ToolMode = ChatToolMode.RequireAny, AllowMultipleToolCalls = true }));
    }

    [Fact]
    public void A_hosted_tool_is_unsupported()
    {
        string message = OpenAIWire.Unsupported(new ChatMessage(ChatRole.User, "Hi"), new ChatOptions { Tools = [Time, new HostedWebSearchTool()] });
        Assert.Contains("HostedWebSearchTool", message);
    }

    [Fact]
    public void A_model_without_tools_is_not_asked_to_use_one()
    {
        Assert.Contains("tools", OpenAIWire.Unsupported(new ChatMessage(ChatRole.User, "Hi"), new ChatOptions { Tools = [Time] }, OpenAIWire.Everything.Without(ModelCapabilities.Tools)));
    }

    private sealed class Declaration(string name, string description, string schema, bool? strict = null) : AIFunctionDeclaration
    {
        public override string Name => name;

        public override string Description => description;

        public override JsonElement JsonSchema { get; } = JsonDocument.Parse(schema).RootElement;

        public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } =
            strict is null ? new Dictionary<string, object?>() : new Dictionary<string, object?> { ["strict"] = strict };
    }
}
