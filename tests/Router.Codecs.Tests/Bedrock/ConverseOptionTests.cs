using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;
using static RouterGen.Codecs.Tests.Bedrock.ConverseWire;

namespace RouterGen.Codecs.Tests.Bedrock;

/// <summary>What the options become, beside a conversation.</summary>
public class ConverseOptionTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse("""{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}""").RootElement;
    private static readonly AIFunctionDeclaration Weather = AIFunctionFactory.CreateDeclaration("weather", "Tells the weather", Schema);
    private static readonly ChatMessage[] Past = [Hello, new(ChatRole.Assistant, [new FunctionCallContent("c1", "f.g"), new FunctionCallContent("c2", "f.g")]), new(ChatRole.Tool, [new FunctionResultContent("c1", "1"), new FunctionResultContent("c2", "2")])];

    [Fact]
    public void Nothing_said_is_nothing_sent() => Assert.Equal("{}", Options(new ChatOptions()));

    [Fact]
    public void A_codec_writes_what_its_constants_say()
    {
        var writer = new RequestWriter();
        var codec = new BedrockConverseCodec<Deployment>();
        Assert.Null(codec.WriteRequest(new ChatRequest([Hello], null, isStreaming: true), writer));
        Assert.Equal("""{"messages":[{"role":"user","content":[{"text":"Hello"}]}]}""", System.Text.Encoding.UTF8.GetString(writer.WrittenMemory.Span));
        Assert.Equal("/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.anthropic.claude-haiku-4-5-20251001-v1%3A0/converse", codec.PathFor(streaming: false));
        Assert.EndsWith("v1%3A0/converse-stream", codec.PathFor(streaming: true));
        Assert.Same(EventStreamFraming.Instance, codec.Framing);
        Assert.Same(default(Deployment).Profile, codec.Profile);
        Assert.Equal(FailureKind.RateLimited, codec.ReadError(429, default).Kind);
        Assert.Equal(FailureKind.InvalidResponse, codec.ReadReply(Asked, default, out _)!.Kind);
        Assert.IsType<ConverseStream>(codec.StartStream(Asked));
    }

    [Fact]
    public void Sampling_has_an_object_of_its_own()
    {
        var options = new ChatOptions { MaxOutputTokens = 100, Temperature = 0.5f, TopP = 0.9f, StopSequences = ["a", "b"], TopK = 40 };
        Assert.Equal("""{"inferenceConfig":{"maxTokens":100,"temperature":0.5,"topP":0.9,"stopSequences":["a","b"]},"additionalModelRequestFields":{"top_k":40}}""", Options(options));
        Assert.Equal("""{"inferenceConfig":{"maxTokens":100,"temperature":0.5,"stopSequences":["a","b"]},"additionalModelRequestFields":{"inferenceConfig":{"topK":40}}}""", Options(options, Everything | ConverseQuirks.OneSampler | ConverseQuirks.NestedTopK, out List<string>? notes));
        Assert.Equal(["top_p: left out"], notes);
    }

    [Fact]
    public void A_limit_is_sent_where_one_is_asked_for_or_declared()
    {
        Assert.Equal("""{"inferenceConfig":{"maxTokens":7}}""", Options(new ChatOptions { AdditionalProperties = new() { ["max_tokens"] = 7 } }));
        Assert.Equal("""{"inferenceConfig":{"maxTokens":900}}""", Options(new ChatOptions(), null, out _, defaultMaxTokens: 900));
        Assert.Equal("""{"inferenceConfig":{"maxTokens":7}}""", Options(new ChatOptions { MaxOutputTokens = 7 }, null, out _, defaultMaxTokens: 900));
    }

    [Fact]
    public void Wishes_that_are_not_taken_are_left_out_and_noted()
    {
        var options = new ChatOptions { Temperature = 1, TopP = 1, TopK = 1, FrequencyPenalty = 1, PresencePenalty = 1, Seed = 1, StopSequences = ["x"], AdditionalProperties = new() { ["logit_bias"] = 1, ["reasoning_effort"] = "high" } };
        Assert.Equal("{}", Options(options, Takes.Nothing, out List<string>? notes));
        Assert.Equal(
            ["frequency_penalty: left out", "logit_bias: left out", "presence_penalty: left out", "reasoning_effort: left out", "seed: left out", "stop: left out", "temperature: left out", "top_k: left out", "top_p: left out"],
            notes!.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_number_is_no_parameter()
    {
        Assert.Contains("infinite", Refused([Hello], new ChatOptions { Temperature = float.NaN }).Message);
        Assert.Contains("infinite", Refused([Hello], new ChatOptions { TopP = float.PositiveInfinity }).Message);
    }

    [Fact]
    public void Tools_are_specified_and_chosen()
    {
        const string Spec = """{"toolSpec":{"name":"weather","description":"Tells the weather","inputSchema":{"json":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}}""";
        Assert.Equal($$$$$$"""{"toolConfig":{"tools":[{{{{{{Spec}}}}}}]}}""", Options(new ChatOptions { Tools = [Weather] }));
        Assert.Equal($$$$$$"""{"toolConfig":{"tools":[{{{{{{Spec}}}}}}]}}""", Options(new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.Auto }));
        Assert.Equal($$$$$$"""{"toolConfig":{"tools":[{{{{{{Spec}}}}}}],"toolChoice":{"any":{}}}}""", Options(new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireAny }));
        Assert.Equal($$$$$$"""{"toolConfig":{"tools":[{{{{{{Spec}}}}}}],"toolChoice":{"tool":{"name":"weather"}}}}""", Options(new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireSpecific("weather") }));
        Assert.Equal("{}", Options(new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.None }));
        Assert.Contains("made to call", Refused([Hello], new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireAny }, Everything.Without(ModelParameters.RequiredToolChoice)).Message);
        Assert.Contains("no tools", Refused([Hello], new ChatOptions { Tools = [Weather] }, Takes.Nothing).Message);
    }

    [Fact]
    public void A_tool_may_be_cached_and_called_once_at_a_time()
    {
        var options = new ChatOptions { Tools = [new Cached()], AllowMultipleToolCalls = false };
        const string Tool = """{"toolSpec":{"name":"a","inputSchema":{"json":{"type":"object"}}}}""";
        Assert.Equal("""{"toolConfig":{"tools":[""" + Tool + """,{"cachePoint":{"type":"default"}}]}}""", Options(options, null, out List<string>? notes));
        Assert.Equal(["parallel_tool_calls: left out"], notes);
        Assert.Equal("""{"toolConfig":{"tools":[""" + Tool + "]}}", Options(options, Everything.Without(ConverseQuirks.ToolCachePoints), out notes));
        Assert.Equal(["cache_control: left out", "parallel_tool_calls: left out"], notes);
    }

    [Fact]
    public void A_strict_tool_is_closed()
    {
        var options = new ChatOptions { Tools = [Weather], AdditionalProperties = new() { ["strict"] = true } };
        Assert.Contains("\"additionalProperties\":false}},\"strict\":true}", Options(options));
        Assert.DoesNotContain("strict", Options(options, Everything.Without(ModelCapabilities.JsonSchema), out List<string>? notes));
        Assert.Equal(["strict: left out"], notes);
        var open = AIFunctionFactory.CreateDeclaration("open", null, JsonDocument.Parse("""{"type":"object","properties":{"a":{"type":"object","additionalProperties":true}}}""").RootElement);
        Assert.Contains("$.properties.a", Refused([Hello], new ChatOptions { Tools = [open], AdditionalProperties = new() { ["strict"] = true } }).Message);
    }

    [Fact]
    public void Tools_that_were_called_are_declared_and_words_say_that_none_may_be()
    {
        const string Words = "\"system\":[{\"text\":\"Call no tool. Answer with what is known.\"}]";
        string name = CodecNames.ToWire("f.g");
        string body = Body(Past, null, null, out List<string>? notes);
        Assert.EndsWith("," + Words + ",\"toolConfig\":{\"tools\":[{\"toolSpec\":{\"name\":\"" + name + "\",\"inputSchema\":{\"json\":{\"type\":\"object\"}}}}]}}", body);
        Assert.StartsWith("tool_choice:", Assert.Single(notes!));

        body = Body(Past, new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.None });
        Assert.Contains(Words, body);
        Assert.Contains("\"tools\":[{\"toolSpec\":{\"name\":\"weather\"", body);
        Assert.DoesNotContain("Call no tool", Body(Past, new ChatOptions { Tools = [Weather] }, null, out notes));
        Assert.Null(notes);
    }

    [Fact]
    public void An_answer_follows_a_schema()
    {
        var format = ChatResponseFormat.ForJsonSchema(Schema, "city.name", "Where");
        Assert.Equal(
            """{"outputConfig":{"textFormat":{"type":"json_schema","structure":{"jsonSchema":{"name":"NAME","description":"Where","schema":"{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"],\"additionalProperties\":false}"}}}}}"""
                .Replace("NAME", CodecNames.ToWire("city.name")),
            Options(new ChatOptions { ResponseFormat = format }));
        Assert.Contains("no JSON schema", Refused([Hello], new ChatOptions { ResponseFormat = format }, Takes.Nothing).Message);
        Assert.Contains("$:", Refused([Hello], new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse("""{"type":"object"}""").RootElement) }).Message);
        Assert.Equal("""{"system":[{"text":"Answer with one valid JSON value and nothing else: no text around it and no code fence."}]}""", Options(new ChatOptions { ResponseFormat = ChatResponseFormat.Json }));
        Assert.Equal("{}", Options(new ChatOptions { ResponseFormat = ChatResponseFormat.Text }));
    }

    [Fact]
    public void Claude_thinks_with_a_budget_that_the_limit_holds()
    {
        var options = new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.Low }, Temperature = 0.3f, TopK = 5, TopP = 0.5f };
        Assert.Equal("""{"inferenceConfig":{"maxTokens":4096},"additionalModelRequestFields":{"thinking":{"type":"enabled","budget_tokens":2048}}}""", Options(options, Budget, out List<string>? notes));
        Assert.Equal(["temperature: left out", "top_k: left out", "top_p: left out"], notes!.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Claude_thinks_by_effort()
    {
        var options = new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.High } };
        Assert.Equal("""{"additionalModelRequestFields":{"thinking":{"type":"adaptive"},"output_config":{"effort":"high"}}}""", Options(options, Adaptive));
        Assert.Equal("""{"additionalModelRequestFields":{"thinking":{"type":"disabled"}}}""", Options(new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.None } }, Adaptive));
        Assert.Equal("{}", Options(options, null, out List<string>? notes));
        Assert.Equal(["reasoning_effort: left out"], notes);
    }

    [Fact]
    public void Other_models_think_by_their_own_names_for_it()
    {
        var high = new ChatOptions { Reasoning = new() { Effort = ReasoningEffort.ExtraHigh } };
        var none = new ChatOptions { AdditionalProperties = new() { ["reasoning_effort"] = "none" } };
        Assert.Equal("""{"additionalModelRequestFields":{"reasoning_effort":"high"}}""", WithEfforts(high, ConverseQuirks.ReasoningEffort, ModelEfforts.Low | ModelEfforts.High, out List<string>? notes));
        Assert.Equal(["reasoning_effort: high instead of xhigh"], notes);
        Assert.Equal("""{"additionalModelRequestFields":{"reasoningConfig":{"type":"enabled","maxReasoningEffort":"high"}}}""", WithEfforts(high, ConverseQuirks.ReasoningConfig, ModelEfforts.None | ModelEfforts.High, out _));
        Assert.Equal("""{"additionalModelRequestFields":{"reasoningConfig":{"type":"disabled"}}}""", WithEfforts(none, ConverseQuirks.ReasoningConfig, ModelEfforts.None | ModelEfforts.High, out notes));
        Assert.Null(notes);
        Assert.Equal("{}", WithEfforts(new ChatOptions(), ConverseQuirks.ReasoningConfig, ModelEfforts.High, out _));
        Assert.Equal("{}", WithEfforts(high, ConverseQuirks.ReasoningEffort, ModelEfforts.NotTaken, out notes));
        Assert.Equal(["reasoning_effort: left out"], notes);
    }

    [Fact]
    public void The_quirks_begin_with_how_Claude_is_told_to_think()
    {
        Assert.Equal((int)ClaudeThinkingForms.All, (int)(ConverseQuirks.Effort | ConverseQuirks.AdaptiveThinking | ConverseQuirks.ThinkingBudget | ConverseQuirks.AlwaysThinks));
        foreach ((ClaudeThinkingForms form, ConverseQuirks here, AnthropicQuirks there) in (ReadOnlySpan<(ClaudeThinkingForms, ConverseQuirks, AnthropicQuirks)>)
            [(ClaudeThinkingForms.Effort, ConverseQuirks.Effort, AnthropicQuirks.Effort), (ClaudeThinkingForms.Adaptive, ConverseQuirks.AdaptiveThinking, AnthropicQuirks.AdaptiveThinking),
                (ClaudeThinkingForms.Budget, ConverseQuirks.ThinkingBudget, AnthropicQuirks.ThinkingBudget), (ClaudeThinkingForms.Always, ConverseQuirks.AlwaysThinks, AnthropicQuirks.AlwaysThinks)])
        {
            Assert.Equal(((int)form, (int)form), ((int)here, (int)there));
        }
    }

    [Theory]
    [InlineData("flex", "flex")]
    [InlineData("priority", "priority")]
    [InlineData("default", "default")]
    [InlineData("standard_only", "default")]
    [InlineData("reserved", "reserved")]
    [InlineData("auto", null)]
    public void A_service_tier_has_the_APIs_name(string asked, string? sent)
    {
        string expected = sent is null ? "{}" : $$$"""{"serviceTier":{"type":"{{{sent}}}"}}""";
        Assert.Equal(expected, Options(new ChatOptions { AdditionalProperties = new() { ["service_tier"] = asked } }, null, out List<string>? notes));
        Assert.Null(notes);
    }

    [Fact]
    public void An_unknown_tier_is_left_out()
    {
        Assert.Equal("{}", Options(new ChatOptions { AdditionalProperties = new() { ["service_tier"] = "batch" } }, null, out List<string>? notes));
        Assert.Equal(["service_tier: left out"], notes);
    }

    [Fact]
    public void Extras_go_to_the_API_or_to_the_model()
    {
        var options = new ChatOptions
        {
            TopK = 3,
            AdditionalProperties = new()
            {
                ["guardrailConfig"] = JsonDocument.Parse("""{"guardrailIdentifier":"g","guardrailVersion":"1"}""").RootElement,
                ["performanceConfig"] = new Dictionary<string, object?> { ["latency"] = "optimized" },
                ["anthropic_beta"] = new[] { "x" },
                ["top_k"] = 9,
                ["toolConfig"] = 1,
                ["routergen.x"] = 1,
            },
        };
        Assert.Equal(
            """{"guardrailConfig":{"guardrailIdentifier":"g","guardrailVersion":"1"},"performanceConfig":{"latency":"optimized"},"additionalModelRequestFields":{"top_k":3,"anthropic_beta":["x"]}}""",
            Options(options, null, out List<string>? notes));
        Assert.Equal(["toolConfig: left out"], notes);
        Assert.Contains("'thing'", Refused([Hello], new ChatOptions { AdditionalProperties = new() { ["thing"] = typeof(int) } }).Message);
        Assert.Contains("'requestMetadata'", Refused([Hello], new ChatOptions { AdditionalProperties = new() { ["requestMetadata"] = typeof(int) } }).Message);
    }

    [Fact]
    public void A_raw_representation_is_merged()
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = 5,
            Tools = [Weather],
            RawRepresentationFactory = static _ => JsonNode.Parse("""{"modelId":"other","messages":[],"inferenceConfig":{"topP":0.5},"toolConfig":{"tools":[{"toolSpec":{"name":"raw","inputSchema":{"json":{"type":"object"}}}}]},"guardrailConfig":{"guardrailIdentifier":"g"}}"""),
        };
        string body = Body([Hello], options, null, out List<string>? notes);
        JsonElement request = JsonDocument.Parse(body).RootElement;
        Assert.Equal("""{"maxTokens":5,"topP":0.5}""", request.GetProperty("inferenceConfig").GetRawText());
        Assert.Equal(["raw", "weather"], request.GetProperty("toolConfig").GetProperty("tools").EnumerateArray().Select(static tool => tool.GetProperty("toolSpec").GetProperty("name").GetString()));
        Assert.Equal(1, request.GetProperty("messages").GetArrayLength());
        Assert.Equal("g", request.GetProperty("guardrailConfig").GetProperty("guardrailIdentifier").GetString());
        Assert.Equal(2, notes!.Count);
        Assert.All(notes, static note => Assert.Contains("the router decides it", note));
    }

    private static string WithEfforts(ChatOptions options, ConverseQuirks quirk, ModelEfforts efforts, out List<string>? notes)
    {
        var writer = new RequestWriter();
        var model = new ModelProfile("bedrock", "m") { Parameters = ModelParameters.Reasoning, Quirks = (int)quirk, Efforts = efforts };
        var request = new ChatRequest([Hello], options, isStreaming: false);
        Assert.Null(ConverseRequest.Write(request, writer, "{"u8, model));
        PublishedRequests.Check("bedrock", writer, request, model);
        notes = writer.Notes;
        string body = System.Text.Encoding.UTF8.GetString(writer.WrittenMemory.Span);
        return "{" + body["""{"messages":[{"role":"user","content":[{"text":"Hello"}]}]""".Length..].TrimStart(',');
    }

    private sealed class Cached : AIFunctionDeclaration
    {
        public override string Name => "a";

        public override IReadOnlyDictionary<string, object?> AdditionalProperties => new Dictionary<string, object?> { ["cache_control"] = "ephemeral" };
    }

    private readonly struct Deployment : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{"u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("bedrock", "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0");
    }
}
