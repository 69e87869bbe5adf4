using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.AnthropicMessages.AnthropicWire;

namespace RouterGen.Codecs.Tests.AnthropicMessages;

public class AnthropicOptionTests
{
    private static readonly JsonElement CitySchema = JsonDocument.Parse("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""").RootElement;

    private static readonly AITool Weather = AIFunctionFactory.CreateDeclaration("weather", "Tells the weather.", CitySchema);

    private static ChatOptions Thinking(ReasoningEffort effort) => new() { Reasoning = new ReasoningOptions { Effort = effort } };

    private readonly struct Deployment : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => """{"model":"claude-test","service_tier":"auto"}"""u8[..^1];
        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = ((Takes)ModelParameters.Sampling).Of("anthropic", "claude-test", 8192);
    }

    [Fact]
    public void The_shell_hands_on_the_deployments_constants()
    {
        var codec = new AnthropicMessagesCodec<Deployment>();
        var writer = new RequestWriter();
        Assert.Null(codec.WriteRequest(new ChatRequest([Hello], new ChatOptions { Temperature = 0.5f, TopK = 3 }, isStreaming: true), writer));
        Assert.Equal(
            """{"model":"claude-test","service_tier":"auto","max_tokens":8192,"stream":true,"messages":[{"role":"user","content":"Hello"}],"temperature":0.5}""",
            Encoding.UTF8.GetString(writer.WrittenMemory.Span));
        Assert.Equal("/v1/messages", codec.PathFor(streaming: false));
    }

    [Theory]
    [InlineData(null, 0, 4096)]
    [InlineData(null, 64000, 64000)]
    [InlineData(100, 64000, 100)]
    public void The_output_limit_is_the_callers_or_the_deployments_or_a_safe_one(int? asked, int declared, int sent) => Assert.StartsWith(
        $$"""{"model":"m","max_tokens":{{sent}},"messages":""",
        Body([Hello], new ChatOptions { MaxOutputTokens = asked }, defaultMaxTokens: declared));

    [Fact]
    public void Sampling_is_sent_with_the_shortest_digits() => Assert.Equal(
        """{"temperature":0.7,"top_k":40,"stop_sequences":["END","\n\n"]}""",
        Options(new ChatOptions { Temperature = 0.7f, TopK = 40, StopSequences = ["END", "\n\n"] }));

    [Fact]
    public void Top_p_is_sent_where_there_is_no_temperature()
    {
        Assert.Equal("""{"top_p":0.9}""", Options(new ChatOptions { TopP = 0.9f }));
        Assert.Equal("""{"temperature":1}""", Options(new ChatOptions { Temperature = 1f, TopP = 0.9f }));
    }

    [Fact]
    public void What_the_model_does_not_take_and_what_the_API_has_not_is_left_out() => Assert.Equal("{}", Options(
        new ChatOptions
        {
            Temperature = 0.7f, TopP = 0.9f, TopK = 40, StopSequences = ["END"], Seed = 1, FrequencyPenalty = 1, PresencePenalty = 1,
            ConversationId = "c", ModelId = "other", Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High },
        },
        Takes.Nothing));

    [Fact]
    public void Extras_are_members_and_typed_options_win() => Assert.Equal(
        """{"temperature":0.5,"metadata":{"user_id":"u"},"service_tier":"standard_only","top_k":5}""",
        Options(new ChatOptions
        {
            Temperature = 0.5f,
            AdditionalProperties = new()
            {
                ["temperature"] = 1, ["model"] = "other", ["messages"] = "none", ["stream"] = true, ["strict"] = true, ["routergen.tags"] = "a",
                ["metadata"] = JsonDocument.Parse("""{"user_id":"u"}""").RootElement, ["service_tier"] = "standard_only", ["top_k"] = 5,
            },
        }));

    [Theory]
    [InlineData(float.NaN, null)]
    [InlineData(float.PositiveInfinity, null)]
    [InlineData(null, float.NegativeInfinity)]
    public void Numbers_that_JSON_cannot_say_are_unsupported(float? temperature, float? topP) =>
        Assert.Contains("sampling", Refused([Hello], new ChatOptions { Temperature = temperature, TopP = topP }).Message);

    [Fact]
    public void An_extra_does_not_bring_back_a_typed_option_that_was_left_out() => Assert.Equal("""{"temperature":0.5}""", Options(new ChatOptions
    {
        Temperature = 0.5f,
        TopP = 0.9f,
        AdditionalProperties = new() { ["top_p"] = 0.1, ["RouterGen.tags"] = "a" },
    }));

    [Fact]
    public void Nor_where_the_model_does_not_take_it() => Assert.Equal("{}", Options(
        new ChatOptions
        {
            Temperature = 0.2f, TopK = 4, StopSequences = ["END"],
            AdditionalProperties = new() { ["temperature"] = 1, ["top_k"] = 5, ["stop_sequences"] = new[] { "STOP" } },
        },
        Takes.Nothing));

    [Fact]
    public void An_extra_output_limit_holds_where_there_is_no_typed_one()
    {
        AdditionalPropertiesDictionary extras = new() { ["max_tokens"] = 7 };
        Assert.Contains("\"max_tokens\":7,", Body([Hello], new ChatOptions { AdditionalProperties = extras }));
        Assert.Contains("\"max_tokens\":9,", Body([Hello], new ChatOptions { AdditionalProperties = extras, MaxOutputTokens = 9 }));
    }

    [Fact]
    public void An_extra_cache_control_may_be_said_in_short() => Assert.Equal(
        """{"cache_control":{"type":"ephemeral"}}""",
        Options(new ChatOptions { AdditionalProperties = new() { ["cache_control"] = "ephemeral" } }));

    [Fact]
    public void An_extra_that_is_no_JSON_is_refused_by_name() =>
        Assert.Contains("'handle'", Refused([Hello], new ChatOptions { AdditionalProperties = new() { ["handle"] = new IntPtr(1) } }).Message);

    [Fact]
    public void Tools_bear_a_schema_and_what_the_caller_adds()
    {
        AITool cached = AIFunctionFactory.Create((int a) => a, new AIFunctionFactoryOptions
        {
            Name = "twice",
            AdditionalProperties = new Dictionary<string, object?> { ["cache_control"] = "ephemeral", ["strict"] = true },
        });
        Assert.Equal(
            """{"tools":[{"name":"weather","description":"Tells the weather.","input_schema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}},{"name":"twice","input_schema":{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"],"additionalProperties":false},"strict":true,"cache_control":{"type":"ephemeral"}}]}""",
            Options(new ChatOptions { Tools = [Weather, cached] }));
    }

    [Fact]
    public void All_tools_are_strict_where_the_options_say_so_and_the_model_can()
    {
        var options = new ChatOptions { Tools = [Weather], AdditionalProperties = new() { ["strict"] = true } };
        Assert.Contains(""","additionalProperties":false},"strict":true}]""", Options(options));
        Assert.DoesNotContain("strict", Options(options, ModelCapabilities.Tools));
        Assert.DoesNotContain("additionalProperties", Options(options, ModelCapabilities.Tools));
    }

    [Fact]
    public void A_body_that_was_refused_half_way_leaves_its_writer_fit_for_the_next()
    {
        var writer = new RequestWriter();
        var refused = new ChatRequest([Hello, new(new ChatRole("critic"), "No")], null, isStreaming: false);
        Assert.NotNull(AnthropicRequest.Write(refused, writer, "{\"model\":\"m\""u8, AllButThinking.Of("anthropic", "m")));
        writer.Clear();
        Assert.Null(AnthropicRequest.Write(new ChatRequest([Hello], null, isStreaming: false), writer, "{\"model\":\"m\""u8, AllButThinking.Of("anthropic", "m")));
        Assert.Equal("""{"model":"m","max_tokens":4096,"stream":false,"messages":[{"role":"user","content":"Hello"}]}""", Encoding.UTF8.GetString(writer.WrittenMemory.Span));
    }

    [Theory]
    [InlineData("true", """{"type":"object"}""")]
    [InlineData("{}", """{"type":"object"}""")]
    [InlineData("""{"properties":{"a":{}}}""", """{"type":"object","properties":{"a":{}}}""")]
    public void A_tools_schema_says_that_it_is_an_objects(string schema, string sent) => Assert.Equal(
        $$"""{"tools":[{"name":"f","input_schema":{{sent}}}]}""",
        Options(new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("f", null, JsonDocument.Parse(schema).RootElement)] }));

    public static TheoryData<ChatToolMode?, bool?, string> Choices => new()
    {
        { null, null, "" },
        { null, true, "" },
        { null, false, ""","tool_choice":{"type":"auto","disable_parallel_tool_use":true}""" },
        { ChatToolMode.Auto, null, ""","tool_choice":{"type":"auto"}""" },
        { ChatToolMode.None, false, ""","tool_choice":{"type":"none"}""" },
        { ChatToolMode.RequireAny, null, ""","tool_choice":{"type":"any"}""" },
        { ChatToolMode.RequireSpecific("weather"), false, ""","tool_choice":{"type":"tool","name":"weather","disable_parallel_tool_use":true}""" },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void Tool_choice(ChatToolMode? mode, bool? parallel, string sent)
    {
        string tools = Options(new ChatOptions { Tools = [Weather] });
        Assert.Equal(tools[..^1] + sent + "}", Options(new ChatOptions { Tools = [Weather], ToolMode = mode, AllowMultipleToolCalls = parallel }));
    }

    [Fact]
    public void Without_tools_there_is_no_choice() => Assert.Equal("{}", Options(new ChatOptions { Tools = [], ToolMode = ChatToolMode.RequireAny }));

    [Fact]
    public void Hosted_tools_and_tools_for_a_model_without_are_refused()
    {
        Assert.Contains("web_search", Refused([Hello], new ChatOptions { Tools = [new HostedWebSearchTool()] }).Message);
        Assert.Contains("no tools", Refused([Hello], new ChatOptions { Tools = [Weather] }, Takes.Nothing).Message);
    }

    [Fact]
    public void A_JSON_schema_closes_objects_and_tells_bounds_in_words()
    {
        JsonElement schema = JsonDocument.Parse("""{"type":"object","properties":{"minimum":{"type":"integer","minimum":1,"maximum":5},"tags":{"type":"array","description":"Tags.","maxItems":3,"items":{"type":"object","properties":{}}}},"required":["minimum"]}""").RootElement;
        Assert.Equal(
            """{"output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{"minimum":{"type":"integer","description":"(minimum: 1) (maximum: 5)"},"tags":{"type":"array","description":"Tags. (maxItems: 3)","items":{"type":"object","properties":{},"additionalProperties":false}}},"required":["minimum"],"additionalProperties":false}}}}""",
            Options(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "answer") }));
        Assert.Contains("JSON schema", Refused([Hello], new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema) }, Takes.Nothing).Message);
    }

    [Fact]
    public void JSON_without_a_schema_is_asked_for_in_the_system_text()
    {
        string members = Members([new(ChatRole.System, "Be brief."), Hello], new ChatOptions { ResponseFormat = ChatResponseFormat.Json });
        Assert.StartsWith("""{"system":[{"type":"text","text":"Be brief."},{"type":"text","text":"Answer with one valid JSON value""", members);
        Assert.DoesNotContain("output_config", members);
        Assert.Equal("{}", Options(new ChatOptions { ResponseFormat = ChatResponseFormat.Text }));
    }

    [Theory]
    [InlineData(ReasoningEffort.None, """{"thinking":{"type":"disabled"}}""")]
    [InlineData(ReasoningEffort.Low, """{"thinking":{"type":"adaptive"},"output_config":{"effort":"low"}}""")]
    [InlineData(ReasoningEffort.Medium, """{"thinking":{"type":"adaptive"},"output_config":{"effort":"medium"}}""")]
    [InlineData(ReasoningEffort.High, """{"thinking":{"type":"adaptive"},"output_config":{"effort":"high"}}""")]
    [InlineData(ReasoningEffort.ExtraHigh, """{"thinking":{"type":"adaptive"},"output_config":{"effort":"max"}}""")]
    public void Adaptive_thinking_takes_an_effort(ReasoningEffort effort, string sent) => Assert.Equal(sent, Options(Thinking(effort), Adaptive));

    [Theory]
    [InlineData(ReasoningEffort.Low, """{"output_config":{"effort":"low"}}""")]
    [InlineData(ReasoningEffort.ExtraHigh, """{"output_config":{"effort":"high"}}""")]
    [InlineData(ReasoningEffort.None, "{}")]
    public void An_effort_alone(ReasoningEffort effort, string sent) => Assert.Equal(sent, Options(Thinking(effort), ModelParameters.Reasoning | (Takes)AnthropicQuirks.Effort));

    [Fact]
    public void Effort_and_format_share_one_object() => Assert.Equal(
        """{"output_config":{"effort":"low","format":{"type":"json_schema","schema":{"type":"object","properties":{},"additionalProperties":false}}}}""",
        Options(
            new ChatOptions
            {
                Reasoning = new ReasoningOptions { Effort = ReasoningEffort.Low },
                ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement),
            },
            (Takes)ModelParameters.Reasoning | AnthropicQuirks.Effort | ModelCapabilities.JsonSchema));

    [Theory]
    [InlineData(ReasoningEffort.Low, null, 4096, 4096, 2048)]
    [InlineData(ReasoningEffort.Medium, null, 4096, 12288, 8192)]
    [InlineData(ReasoningEffort.ExtraHigh, null, 4096, 32000, 30976)]
    [InlineData(ReasoningEffort.ExtraHigh, null, 64000, 64000, 32768)]
    [InlineData(ReasoningEffort.High, 5000, 64000, 5000, 3976)]
    [InlineData(ReasoningEffort.Low, 2048, 4096, 2048, 1024)]
    [InlineData(ReasoningEffort.Low, 2047, 4096, 2047, 0)]
    [InlineData(ReasoningEffort.None, null, 4096, 4096, 0)]
    public void A_budget_leaves_room_for_the_answer(ReasoningEffort effort, int? asked, int declared, int limit, int budget)
    {
        ChatOptions options = Thinking(effort);
        options.MaxOutputTokens = asked;
        string thinking = budget == 0 ? "" : $$""","thinking":{"type":"enabled","budget_tokens":{{budget}}}""";
        Assert.Equal(
            $$"""{"model":"m","max_tokens":{{limit}},"messages":[{"role":"user","content":"Hello"}]{{thinking}}}""",
            Body([Hello], options, Budget, declared));
    }

    [Fact]
    public void While_it_thinks_the_model_takes_no_sampling_that_the_API_refuses()
    {
        ChatOptions options = Thinking(ReasoningEffort.Low);
        options.Temperature = 0.2f;
        options.TopK = 5;
        options.TopP = 0.5f;
        Assert.Equal("""{"thinking":{"type":"enabled","budget_tokens":2048}}""", Options(options, Budget));
        options.TopP = 0.98f;
        Assert.Equal("""{"top_p":0.98,"thinking":{"type":"enabled","budget_tokens":2048}}""", Options(options, Budget));
        options.Reasoning!.Effort = ReasoningEffort.None;
        Assert.Equal("""{"temperature":0.2,"top_k":5}""", Options(options, Budget));
    }

    [Fact]
    public void A_call_that_is_forced_goes_before_thinking()
    {
        ChatOptions options = Thinking(ReasoningEffort.Low);
        options.Tools = [Weather];
        options.ToolMode = ChatToolMode.RequireAny;
        Assert.DoesNotContain("thinking", Options(options, Budget));
        Assert.EndsWith(""","tool_choice":{"type":"any"},"output_config":{"effort":"low"}}""", Options(options, Adaptive));
    }

    [Theory]
    [InlineData(ReasoningOutput.None, "omitted")]
    [InlineData(ReasoningOutput.Full, "summarized")]
    public void Whether_thoughts_are_shown(ReasoningOutput output, string display)
    {
        ChatOptions options = Thinking(ReasoningEffort.Low);
        options.Reasoning!.Output = output;
        Assert.StartsWith($$"""{"thinking":{"type":"adaptive","display":"{{display}}"}""", Options(options, Adaptive));
    }

    [Fact]
    public void A_round_of_calls_that_began_without_thoughts_goes_on_without()
    {
        ChatMessage call = new(ChatRole.Assistant, [new FunctionCallContent("t", "f")]);
        ChatMessage thoughtful = new(ChatRole.Assistant, [Thoughts("Hm", "s"), new FunctionCallContent("t", "f")]);
        ChatMessage result = new(ChatRole.Tool, [new FunctionResultContent("t", "x")]);
        Assert.DoesNotContain("budget_tokens", Body([Hello, call, result], Thinking(ReasoningEffort.Low), Budget));
        Assert.Contains("budget_tokens", Body([Hello, thoughtful, result], Thinking(ReasoningEffort.Low), Budget));
        Assert.Contains("budget_tokens", Body([Hello, call, result, Hello], Thinking(ReasoningEffort.Low), Budget));
        Assert.Contains("adaptive", Body([Hello, call, result], Thinking(ReasoningEffort.Low), Adaptive));
    }
}
