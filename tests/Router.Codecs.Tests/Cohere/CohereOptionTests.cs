using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.CohereChat.CohereWire;

namespace RouterGen.Codecs.Tests.CohereChat;

public class CohereOptionTests
{
    private static readonly AIFunctionDeclaration Weather = Function("weather", """{"type":"object","properties":{"city":{"type":"string","minLength":2}},"required":["city"]}""");
    private static readonly AIFunctionDeclaration Time = Function("time", """{"type":"object","properties":{"zone":{"type":"string"}},"required":["zone"]}""");

    private const string WeatherTool = """{"type":"function","function":{"name":"weather","description":"d","parameters":{"type":"object","properties":{"city":{"type":"string","minLength":2}},"required":["city"]}}}""";
    private const string TimeTool = """{"type":"function","function":{"name":"time","description":"d","parameters":{"type":"object","properties":{"zone":{"type":"string"}},"required":["zone"]}}}""";

    [Fact]
    public void Each_option_has_its_name()
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = 100, Temperature = 0.5f, TopP = 0.25f, TopK = 7, FrequencyPenalty = 0.125f, PresencePenalty = 0.75f, Seed = 42, StopSequences = ["a", "b"],
            AdditionalProperties = new() { ["safety_mode"] = "OFF", ["citation_options"] = new Dictionary<string, object?> { ["mode"] = "fast" }, ["logprobs"] = true, ["documents"] = new[] { "d" } },
        };
        Assert.Equal(
            """{"max_tokens":100,"temperature":0.5,"p":0.25,"k":7,"frequency_penalty":0.125,"presence_penalty":0.75,"seed":42,"stop_sequences":["a","b"],"safety_mode":"OFF","citation_options":{"mode":"fast"},"logprobs":true,"documents":["d"]}""",
            Options(options));
        Assert.Null(Notes(options));
    }

    [Fact]
    public void What_the_model_does_not_take_is_left_out_and_noted()
    {
        var options = new ChatOptions { Temperature = 0.5f, TopP = 0.5f, TopK = 7, FrequencyPenalty = 0.1f, PresencePenalty = 0.1f, Seed = 42, StopSequences = ["a"], Reasoning = new() { Effort = ReasoningEffort.High } };
        Assert.Equal("{}", Options(options, Takes.Nothing));
        Assert.Equal(
            ["temperature: left out", "top_p: left out", "top_k: left out", "frequency_penalty: left out", "presence_penalty: left out", "seed: left out", "stop: left out", "reasoning_effort: left out"],
            Notes(options, Takes.Nothing));
    }

    [Theory]
    [InlineData("verbosity")]
    [InlineData("cache_control")]
    [InlineData("top_p")]
    [InlineData("system")]
    [InlineData("user")]
    public void Extras_of_other_dialects_are_left_out(string name)
    {
        var options = new ChatOptions { AdditionalProperties = new() { [name] = "x" } };
        Assert.Equal("{}", Options(options));
        Assert.Equal([name + ": left out"], Notes(options));
    }

    [Fact]
    public void An_option_wins_over_an_extra_of_its_name() => Assert.Equal(
        """{"max_tokens":5,"temperature":0.5}""",
        Options(new ChatOptions
        {
            MaxOutputTokens = 5, Temperature = 0.5f,
            AdditionalProperties = new() { ["max_tokens"] = 9, ["temperature"] = 1, ["model"] = "x", ["messages"] = "x", ["stream"] = true, ["routergen.x"] = 1, ["strict"] = true },
        }));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_number_that_JSON_cannot_say_is_refused(float value) => Assert.Contains("JSON", Refused([Hello], new ChatOptions { Temperature = value }));

    [Fact]
    public void A_limit_comes_from_the_call_else_from_the_deployment()
    {
        Assert.StartsWith("""{"max_tokens":50,""", Body([Hello], defaultMaxTokens: 50));
        Assert.StartsWith("""{"max_tokens":7,""", Body([Hello], new ChatOptions { MaxOutputTokens = 7 }, defaultMaxTokens: 50));
        Assert.EndsWith(""","max_tokens":9}""", Body([Hello], new ChatOptions { AdditionalProperties = new() { ["max_tokens"] = 9 } }, defaultMaxTokens: 50));
    }

    [Theory]
    [InlineData(ReasoningEffort.None, null, """{"type":"disabled"}""")]
    [InlineData(ReasoningEffort.Low, null, """{"type":"enabled","token_budget":2048}""")]
    [InlineData(ReasoningEffort.Medium, null, """{"type":"enabled","token_budget":8192}""")]
    [InlineData(ReasoningEffort.High, null, """{"type":"enabled","token_budget":16384}""")]
    [InlineData(ReasoningEffort.ExtraHigh, null, """{"type":"enabled"}""")]
    [InlineData(ReasoningEffort.High, 4096, """{"type":"enabled","token_budget":3072}""")]
    [InlineData(ReasoningEffort.High, 1000, """{"type":"enabled","token_budget":500}""")]
    [InlineData(ReasoningEffort.Low, 1, """{"type":"enabled","token_budget":1}""")]
    [InlineData(ReasoningEffort.ExtraHigh, 100, """{"type":"enabled"}""")]
    public void An_effort_is_a_budget_that_leaves_room_for_the_answer(ReasoningEffort effort, int? limit, string expected)
    {
        string written = Options(new ChatOptions { MaxOutputTokens = limit, Reasoning = new() { Effort = effort }, AdditionalProperties = new() { ["thinking"] = "mine" } });
        Assert.EndsWith($$"""thinking":{{expected}}}""", written);
    }

    [Fact]
    public void An_effort_by_its_other_name_is_one_as_well()
    {
        Assert.Equal("""{"thinking":{"type":"enabled","token_budget":2048}}""", Options(new ChatOptions { AdditionalProperties = new() { ["reasoning_effort"] = "low" } }));
        Assert.Equal("""{"thinking":{"type":"enabled","token_budget":9}}""", Options(new ChatOptions { AdditionalProperties = new() { ["thinking"] = new Dictionary<string, object?> { ["type"] = "enabled", ["token_budget"] = 9 } } }));
        Assert.Null(Notes(new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.None } }, Takes.Nothing));
    }

    [Fact]
    public void Functions_are_tools() => Assert.Equal($$"""{"tools":[{{WeatherTool}},{{TimeTool}}]}""", Options(new ChatOptions { Tools = [Weather, Time] }));

    [Fact]
    public void A_choice_is_demanded_forbidden_or_left_open()
    {
        Assert.Equal($$"""{"tools":[{{WeatherTool}}],"tool_choice":"REQUIRED"}""", Options(new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireAny }));
        Assert.Equal($$"""{"tools":[{{WeatherTool}}],"tool_choice":"NONE"}""", Options(new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.None }));
        Assert.Equal($$"""{"tools":[{{WeatherTool}}]}""", Options(new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.Auto }));
        Assert.Equal("{}", Options(new ChatOptions { Tools = [], ToolMode = ChatToolMode.RequireAny }));
    }

    [Fact]
    public void One_function_that_must_be_called_is_sent_alone()
    {
        Assert.Equal($$"""{"tools":[{{TimeTool}}],"tool_choice":"REQUIRED"}""", Options(new ChatOptions { Tools = [Weather, Time], ToolMode = ChatToolMode.RequireSpecific("time") }));
        Assert.Contains("'date'", Refused([Hello], new ChatOptions { Tools = [Weather, Time], ToolMode = ChatToolMode.RequireSpecific("date") }));
    }

    [Fact]
    public void A_model_without_a_choice_is_not_asked_to_make_one()
    {
        Takes older = Everything.Without(ModelParameters.RequiredToolChoice);
        Assert.Contains("made to call", Refused([Hello], new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireAny }, older));
        Assert.Equal("{}", Options(new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.None }, older));
        Assert.Contains("tools", Refused([Hello], new ChatOptions { Tools = [Weather] }, Takes.Nothing));
    }

    [Fact]
    public void Several_calls_at_once_cannot_be_forbidden() =>
        Assert.Equal(["parallel_tool_calls: left out"], Notes(new ChatOptions { Tools = [Weather], AllowMultipleToolCalls = false }));

    [Fact]
    public void Names_become_identifiers_and_come_back()
    {
        AIFunctionDeclaration[] tools = [Function("get-weather", "{}"), Function("2nd", "{}"), Function("git.hub", "{}")];
        JsonElement[] sent = [.. JsonDocument.Parse(Options(new ChatOptions { Tools = tools })).RootElement.GetProperty("tools").EnumerateArray().Select(static tool => tool.GetProperty("function"))];
        Assert.All(sent, static function => Assert.Matches("^[A-Za-z_][A-Za-z0-9_]{0,63}$", function.GetProperty("name").GetString()));
        Assert.All(sent, static function => Assert.Equal("""{"type":"object","properties":{}}""", function.GetProperty("parameters").GetRawText()));
        var request = new ChatRequest([Hello], new ChatOptions { Tools = tools }, isStreaming: false);
        foreach ((JsonElement function, AIFunctionDeclaration tool) in sent.Zip(tools))
        {
            RoutedResponse reply = Reply($$$"""{"message":{"tool_calls":[{"id":"c","type":"function","function":{"name":"{{{function.GetProperty("name").GetString()}}}","arguments":"{}"}}]},"finish_reason":"TOOL_CALL"}""", request);
            Assert.Equal(tool.Name, ((FunctionCallContent)reply.Messages[0].Contents[0]).Name);
        }
    }

    [Fact]
    public void Strict_tools_are_all_strict()
    {
        string strict = """{"type":"object","properties":{"city":{"type":"string","description":"(minLength: 2)"}},"required":["city"],"additionalProperties":false}""";
        Assert.Equal(
            $$$"""{"tools":[{"type":"function","function":{"name":"weather","description":"d","parameters":{{{strict}}}}}],"strict_tools":true}""",
            Options(new ChatOptions { Tools = [Weather], AdditionalProperties = new() { ["strict"] = true } }));

        AIFunctionDeclaration own = Function("own", Weather.JsonSchema.GetRawText(), strict: true);
        Assert.EndsWith(""","strict_tools":true}""", Options(new ChatOptions { Tools = [own, Time] }));
        Assert.Contains("'free'", Refused([Hello], new ChatOptions { Tools = [own, Function("free", Weather.JsonSchema.GetRawText(), strict: false)] }));
        Assert.Contains("'any'", Refused([Hello], new ChatOptions { Tools = [own, Function("any", """{"type":"object","additionalProperties":{"type":"string"},"required":["x"]}""")] }));
        Assert.Contains("required parameter", Refused([Hello], new ChatOptions { Tools = [Function("none", """{"type":"object","properties":{}}""", strict: true)] }));
        Assert.DoesNotContain("strict_tools", Options(new ChatOptions { Tools = [own, Time], ToolMode = ChatToolMode.RequireSpecific("time") }));
    }

    [Fact]
    public void An_answer_in_JSON_has_a_schema_or_none()
    {
        JsonElement schema = JsonDocument.Parse("""{"type":"object","properties":{"n":{"type":"integer","minimum":1}},"required":["n"]}""").RootElement;
        Assert.Equal("""{"response_format":{"type":"json_object"}}""", Options(new ChatOptions { ResponseFormat = ChatResponseFormat.Json }));
        Assert.Equal(
            """{"response_format":{"type":"json_object","json_schema":{"type":"object","properties":{"n":{"type":"integer","description":"(minimum: 1)"}},"required":["n"],"additionalProperties":false}}}""",
            Options(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema) }));
        Assert.Equal("{}", Options(new ChatOptions { ResponseFormat = ChatResponseFormat.Text }));
        Assert.Contains("schema", Refused([Hello], new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema) }, Takes.Nothing));
    }

    [Fact]
    public void A_schema_whose_meaning_would_change_goes_as_it_is()
    {
        const string open = """{"type":"object","additionalProperties":{"type":"string"}}""";
        JsonElement schema = JsonDocument.Parse(open).RootElement;
        Assert.Equal($$$"""{"response_format":{"type":"json_object","json_schema":{{{open}}}}}""", Options(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema) }));
        Assert.Contains("additionalProperties", Refused([Hello], new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema), AdditionalProperties = new() { ["strict"] = true } }));
    }

    [Fact]
    public void A_format_does_not_stand_beside_tools()
    {
        Assert.Contains("beside tools", Refused([Hello], new ChatOptions { Tools = [Weather], ResponseFormat = ChatResponseFormat.Json }));
        Assert.Equal("""{"response_format":{"type":"json_object"}}""", Options(new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.None, ResponseFormat = ChatResponseFormat.Json }));
    }

    [Fact]
    public void A_stream_is_asked_for() => Assert.Equal("""{"messages":[{"role":"user","content":"Hello"}]}""", Body([Hello], stream: true));

    private static AIFunctionDeclaration Function(string name, string schema, bool? strict = null) => new Declared(name, JsonDocument.Parse(schema).RootElement, strict);

    private sealed class Declared(string name, JsonElement schema, bool? strict) : AIFunctionDeclaration
    {
        public override string Name => name;

        public override string Description => "d";

        public override JsonElement JsonSchema => schema;

        public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } = strict is { } said ? new Dictionary<string, object?> { ["strict"] = said } : [];
    }
}
