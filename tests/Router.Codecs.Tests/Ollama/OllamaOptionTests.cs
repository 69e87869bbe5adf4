using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.OllamaChat.OllamaWire;

namespace RouterGen.Codecs.Tests.OllamaChat;

public class OllamaOptionTests
{
    private static readonly AIFunctionDeclaration Weather = AIFunctionFactory.CreateDeclaration("weather", "d", JsonDocument.Parse("""{"type":"object","properties":{"city":{"type":"string"}}}""").RootElement);

    private const string WeatherTool = """{"type":"function","function":{"name":"weather","description":"d","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}""";

    [Fact]
    public void Options_are_members_of_their_own_object()
    {
        var options = new ChatOptions { MaxOutputTokens = 100, Temperature = 0.5f, TopP = 0.25f, TopK = 7, FrequencyPenalty = 0.125f, PresencePenalty = 0.75f, Seed = 42, StopSequences = ["a", "b"] };
        Assert.Equal("""{"options":{"num_predict":100,"temperature":0.5,"top_p":0.25,"top_k":7,"frequency_penalty":0.125,"presence_penalty":0.75,"seed":42,"stop":["a","b"]}}""", Options(options));
        Assert.Null(Notes(options));
    }

    [Fact]
    public void Extras_are_options_but_for_those_that_stand_beside_them()
    {
        var options = new ChatOptions
        {
            AdditionalProperties = new()
            {
                ["num_ctx"] = 32_768, ["keep_alive"] = "30m", ["min_p"] = 0.5, ["think"] = true, ["repeat_penalty"] = 1.5, ["logprobs"] = true, ["truncate"] = false,
                ["options"] = new Dictionary<string, object?> { ["mirostat"] = 2, ["num_ctx"] = 1, ["seed"] = 7 },
            },
        };
        Assert.Equal(
            """{"keep_alive":"30m","think":true,"logprobs":true,"truncate":false,"options":{"num_ctx":32768,"min_p":0.5,"repeat_penalty":1.5,"mirostat":2,"seed":7}}""",
            Options(options));
        Assert.Null(Notes(options));
    }

    [Fact]
    public void An_option_wins_over_an_extra_of_its_name() => Assert.Equal(
        """{"format":"json","think":"high","options":{"num_predict":5,"seed":9}}""",
        Options(new ChatOptions
        {
            MaxOutputTokens = 5, Seed = 9, ResponseFormat = ChatResponseFormat.Json, Reasoning = new() { Effort = ReasoningEffort.High },
            AdditionalProperties = new()
            {
                ["num_predict"] = 1, ["seed"] = 1, ["model"] = "x", ["messages"] = "x", ["stream"] = true, ["routergen.x"] = 1, ["strict"] = true, ["think"] = false, ["format"] = "xml",
                ["options"] = new Dictionary<string, object?> { ["num_predict"] = 3 },
            },
        }));

    [Fact]
    public void Options_that_are_no_object_are_refused() => Assert.Contains("'options'", Refused([Hello], new ChatOptions { AdditionalProperties = new() { ["options"] = 7 } }));

    [Theory]
    [InlineData("verbosity")]
    [InlineData("cache_control")]
    [InlineData("user")]
    public void Extras_of_other_dialects_are_left_out(string name)
    {
        var options = new ChatOptions { AdditionalProperties = new() { [name] = "x" } };
        Assert.Equal("""{"options":{}}""", Options(options));
        Assert.Equal([name + ": left out"], Notes(options));
    }

    [Fact]
    public void What_the_model_does_not_take_is_left_out_and_noted()
    {
        var options = new ChatOptions { Temperature = 0.5f, TopP = 0.5f, TopK = 7, FrequencyPenalty = 0.1f, PresencePenalty = 0.1f, Seed = 42, StopSequences = ["a"], Reasoning = new() { Effort = ReasoningEffort.High } };
        Assert.Equal("""{"options":{}}""", Options(options, Takes.Nothing));
        Assert.Equal(
            ["reasoning_effort: left out", "temperature: left out", "top_p: left out", "top_k: left out", "frequency_penalty: left out", "presence_penalty: left out", "seed: left out", "stop: left out"],
            Notes(options, Takes.Nothing));
    }

    [Theory]
    [InlineData(ReasoningEffort.None, "false", null)]
    [InlineData(ReasoningEffort.Low, "\"low\"", null)]
    [InlineData(ReasoningEffort.Medium, "\"medium\"", null)]
    [InlineData(ReasoningEffort.High, "\"high\"", null)]
    [InlineData(ReasoningEffort.ExtraHigh, "\"high\"", "reasoning_effort: high instead of xhigh")]
    public void An_effort_is_a_level_of_thought(ReasoningEffort effort, string expected, string? note)
    {
        var options = new ChatOptions { Reasoning = new() { Effort = effort } };
        Assert.StartsWith($$"""{"think":{{expected}},""", Options(options));
        Assert.Equal(note is null ? null : [note], Notes(options));
    }

    [Fact]
    public void No_thought_is_asked_of_a_model_without_any() => Assert.Null(Notes(new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.None } }, Takes.Nothing));

    [Fact]
    public void A_limit_comes_from_the_call_else_from_the_deployment()
    {
        Assert.EndsWith(""","options":{"num_predict":50}}""", Body([Hello], defaultMaxTokens: 50));
        Assert.EndsWith(""","options":{"num_predict":7}}""", Body([Hello], new ChatOptions { MaxOutputTokens = 7 }, defaultMaxTokens: 50));
        Assert.EndsWith(""","options":{"num_predict":9}}""", Body([Hello], new ChatOptions { AdditionalProperties = new() { ["num_predict"] = 9 } }, defaultMaxTokens: 50));
        Assert.EndsWith("}]}", Body([Hello]));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_JSON_cannot_say_is_refused(float value) => Assert.Contains("JSON", Refused([Hello], new ChatOptions { TopP = value }));

    [Fact]
    public void Functions_are_tools_unless_none_may_be_called()
    {
        Assert.Equal($$$"""{"tools":[{{{WeatherTool}}}],"options":{}}""", Options(new ChatOptions { Tools = [Weather] }));
        Assert.Equal("""{"options":{}}""", Options(new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.None }));
        Assert.Contains("call a tool", Refused([Hello], new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireAny }));
        Assert.Contains("call a tool", Refused([Hello], new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireSpecific("weather") }));
        Assert.Contains("tools", Refused([Hello], new ChatOptions { Tools = [Weather] }, Takes.Nothing));
        Assert.Contains("HostedWebSearchTool", Refused([Hello], new ChatOptions { Tools = [new HostedWebSearchTool()] }));
        Assert.Equal(["strict: left out", "parallel_tool_calls: left out"], Notes(new ChatOptions { Tools = [Weather], AllowMultipleToolCalls = false, AdditionalProperties = new() { ["strict"] = true } }));
    }

    [Fact]
    public void An_answer_in_JSON_has_a_schema_or_none()
    {
        const string schema = """{"type":"object","additionalProperties":{"type":"string"}}""";
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse(schema).RootElement) };
        Assert.Equal($$$"""{"format":{{{schema}}},"options":{}}""", Options(options));
        Assert.Equal("""{"format":"json","options":{}}""", Options(new ChatOptions { ResponseFormat = ChatResponseFormat.Json }));
        Assert.Equal("""{"format":"json","options":{}}""", Options(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse("true").RootElement) }));
        Assert.Equal("""{"options":{}}""", Options(new ChatOptions { ResponseFormat = ChatResponseFormat.Text }));
        Assert.Contains("schema", Refused([Hello], options, Takes.Nothing));
    }

    [Fact]
    public void A_raw_representation_joins_the_options() => Assert.Equal(
        """{"options":{"temperature":0.5,"num_ctx":4096},"keep_alive":-1}""",
        Options(new ChatOptions { Temperature = 0.5f, RawRepresentationFactory = static _ => """{"options":{"num_ctx":4096},"keep_alive":-1}""" }));

    [Fact]
    public void A_stream_is_asked_for() => Assert.Equal("""{"messages":[{"role":"user","content":"Hello"}]}""", Body([Hello], stream: true));
}
