using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.Gemini;

/// <summary>Options in <c>generationConfig</c> and beside it, and where requests go.</summary>
public class GeminiOptionTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse("""{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}""").RootElement;

    private struct Plain : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{"u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("gemini", "gemini-3.8-flash");
    }

    [Fact]
    public void The_path_names_model_and_method()
    {
        var codec = new GeminiChatCodec<Plain>();
        Assert.Equal("/models/gemini-3.8-flash:generateContent", codec.PathFor(streaming: false));
        Assert.Equal("/models/gemini-3.8-flash:streamGenerateContent?alt=sse", codec.PathFor(streaming: true));
        Assert.Same(default(Plain).Profile, codec.Profile);
    }

    [Theory]
    [InlineData("models/gemini-x", "/models/gemini-x:v")]
    [InlineData("tunedModels/my-model", "/tunedModels/my-model:v")]
    [InlineData("a b/ö?#:%", "/models/a%20b%2F%C3%B6%3F%23%3A%25:v")]
    [InlineData("../secret", "/models/..%2Fsecret:v")]
    [InlineData("tunedModels/../x", "/tunedModels/..%2Fx:v")]
    [InlineData("models/models/x", "/models/models%2Fx:v")]
    public void A_models_name_is_one_segment_of_the_path(string model, string expected)
    {
        string path = GeminiModel.PathOf(new ModelProfile("gemini", model), "v");
        Assert.Equal(expected, path);
        Assert.EndsWith(expected, new Uri("https://example.com/v1beta" + path).AbsoluteUri);
    }

    [Fact]
    public void A_request_without_options_holds_its_turns_alone() => Assert.Equal("{}", GeminiWire.Options(new()));

    [Fact]
    public void Each_option_has_its_member()
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = 100, Temperature = 0.5f, TopP = 0.25f, TopK = 40, Seed = 7, PresencePenalty = 0.125f, FrequencyPenalty = -0.5f, StopSequences = ["END", "."],
            ResponseFormat = ChatResponseFormat.Json,
        };
        Assert.Equal(
            """{"generationConfig":{"maxOutputTokens":100,"responseMimeType":"application/json","temperature":0.5,"topP":0.25,"presencePenalty":0.125,"frequencyPenalty":-0.5,"topK":40,"seed":7,"stopSequences":["END","."]}}""",
            GeminiWire.Options(options));
        Assert.Empty(GeminiWire.Notes(options));
    }

    [Fact]
    public void What_the_model_does_not_take_is_left_out_and_noted()
    {
        var options = new ChatOptions { Temperature = 1, TopP = 1, TopK = 1, Seed = 1, PresencePenalty = 1, FrequencyPenalty = 1, StopSequences = ["x"], Reasoning = new() { Effort = ReasoningEffort.High } };
        Assert.Equal("{}", GeminiWire.Options(options, Takes.Nothing));
        Assert.Equal(
            ["temperature: left out", "topP: left out", "presencePenalty: left out", "frequencyPenalty: left out", "topK: left out", "seed: left out", "stopSequences: left out", "reasoning_effort: left out"],
            GeminiWire.Notes(options, Takes.Nothing));
        Assert.Empty(GeminiWire.Notes(new() { Reasoning = new() { Effort = ReasoningEffort.None } }, Takes.Nothing)); // It does not think anyway.
    }

    [Fact]
    public void A_number_that_JSON_cannot_say_is_refused() => Assert.Contains("infinite", GeminiWire.Refused([GeminiWire.Hello], new() { TopP = float.NaN }));

    [Fact]
    public void The_models_own_limit_is_sent_where_the_call_has_none()
    {
        Assert.Contains("\"maxOutputTokens\":300", GeminiWire.Body([GeminiWire.Hello], null, defaultMaxTokens: 300));
        Assert.Contains("\"maxOutputTokens\":5", GeminiWire.Body([GeminiWire.Hello], new() { MaxOutputTokens = 5 }, defaultMaxTokens: 300));
        Assert.Contains("\"maxOutputTokens\":6", GeminiWire.Body([GeminiWire.Hello], new() { AdditionalProperties = new() { ["max_tokens"] = 6 } }, defaultMaxTokens: 300));
        Assert.Contains("\"maxOutputTokens\":7", GeminiWire.Body([GeminiWire.Hello], new() { AdditionalProperties = new() { ["maxOutputTokens"] = 7 } }, defaultMaxTokens: 300));
    }

    [Theory]
    [InlineData(ReasoningEffort.None, "\"thinkingLevel\":\"LOW\"", "\"thinkingBudget\":0")]
    [InlineData(ReasoningEffort.Low, "\"thinkingLevel\":\"LOW\"", "\"thinkingBudget\":1024")]
    [InlineData(ReasoningEffort.Medium, "\"thinkingLevel\":\"MEDIUM\"", "\"thinkingBudget\":8192")]
    [InlineData(ReasoningEffort.High, "\"thinkingLevel\":\"HIGH\"", "\"thinkingBudget\":24576")]
    [InlineData(ReasoningEffort.ExtraHigh, "\"thinkingLevel\":\"HIGH\"", "\"thinkingBudget\":24576")]
    public void An_effort_is_a_level_or_a_budget(ReasoningEffort effort, string level, string budget)
    {
        var options = new ChatOptions { Reasoning = new() { Effort = effort } };
        Assert.Equal("{\"generationConfig\":{\"thinkingConfig\":{" + level + "}}}", GeminiWire.Options(options));
        Assert.Equal("{\"generationConfig\":{\"thinkingConfig\":{" + budget + "}}}", GeminiWire.Options(options, GeminiWire.Budget));
    }

    [Fact]
    public void Efforts_are_those_that_the_model_takes()
    {
        string Sent(ModelEfforts taken, ReasoningEffort asked)
        {
            var writer = new RequestWriter();
            var model = new ModelProfile("gemini", "m") { Parameters = ModelParameters.Reasoning, Quirks = (int)GeminiQuirks.ThinkingLevel, Efforts = taken };
            var request = new ChatRequest([GeminiWire.Hello], new() { Reasoning = new() { Effort = asked } }, false);
            Assert.Null(GeminiRequest.Write(request, writer, "{"u8, model));
            PublishedRequests.Check("gemini", writer, request, model);
            return JsonNode.Parse(writer.WrittenMemory.Span)!["generationConfig"]!["thinkingConfig"]!["thinkingLevel"]!.GetValue<string>();
        }

        Assert.Equal("MINIMAL", Sent(ModelEfforts.Minimal | ModelEfforts.Low, ReasoningEffort.None));
        Assert.Equal("HIGH", Sent(ModelEfforts.Low | ModelEfforts.ExtraHigh, ReasoningEffort.ExtraHigh));
        Assert.Equal("HIGH", Sent(ModelEfforts.Low | ModelEfforts.High, ReasoningEffort.Medium));
    }

    [Fact]
    public void Thoughts_are_shown_where_they_are_asked_for()
    {
        Assert.Equal("""{"generationConfig":{"thinkingConfig":{"includeThoughts":true}}}""", GeminiWire.Options(new() { Reasoning = new() { Output = ReasoningOutput.Full } }));
        Assert.Equal("""{"generationConfig":{"thinkingConfig":{"thinkingLevel":"HIGH","includeThoughts":false}}}""", GeminiWire.Options(new() { Reasoning = new() { Effort = ReasoningEffort.High, Output = ReasoningOutput.None } }));
        Assert.Equal("""{"generationConfig":{"thinkingConfig":{"thinkingLevel":"LOW"}}}""", GeminiWire.Options(new() { AdditionalProperties = new() { ["reasoning_effort"] = "low" } }));
    }

    [Fact]
    public void A_schema_is_sent_as_it_is()
    {
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, "answer") };
        Assert.Equal($$$"""{"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":{{{Schema.GetRawText()}}}}}""", GeminiWire.Options(options));
        Assert.Contains("schema", GeminiWire.Refused([GeminiWire.Hello], options, ModelCapabilities.Tools));
        options.AdditionalProperties = new() { ["strict"] = true };
        Assert.Contains("responseJsonSchema", GeminiWire.Options(options));
    }

    [Fact]
    public void A_schema_that_must_be_strict_is_refused_where_it_would_not_be()
    {
        JsonElement open = JsonDocument.Parse("""{"type":"object","properties":{"a":{"type":"string","pattern":"x+"}}}""").RootElement;
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(open), AdditionalProperties = new() { ["strict"] = true } };
        Assert.Contains("$.properties.a.pattern", GeminiWire.Refused([GeminiWire.Hello], options));
    }

    [Fact]
    public void Additional_properties_go_where_the_API_has_them()
    {
        var options = new ChatOptions
        {
            Temperature = 1,
            AdditionalProperties = new() { ["responseModalities"] = new[] { "TEXT", "IMAGE" }, ["cachedContent"] = "cachedContents/x", ["temperature"] = 2, ["seed"] = 3, ["routergen.note"] = 1, ["contents"] = 1, ["model"] = "other" },
        };
        Assert.Equal("""{"generationConfig":{"temperature":1,"responseModalities":["TEXT","IMAGE"],"seed":3},"cachedContent":"cachedContents/x"}""", GeminiWire.Options(options));
        Assert.Contains("'cachedContent'", GeminiWire.Refused([GeminiWire.Hello], new() { AdditionalProperties = new() { ["cachedContent"] = double.NaN } }));
        Assert.Contains("'imageConfig'", GeminiWire.Refused([GeminiWire.Hello], new() { AdditionalProperties = new() { ["imageConfig"] = double.NaN } }));
    }

    [Fact]
    public void Extras_of_other_dialects_are_left_out_here_and_those_of_this_one_there()
    {
        var foreign = new ChatOptions { AdditionalProperties = new() { ["cache_control"] = "ephemeral", ["verbosity"] = "low", ["top_k"] = 3, ["generationConfig"] = 1 } };
        Assert.Equal("{}", GeminiWire.Options(foreign));
        Assert.Equal(["cache_control: left out", "verbosity: left out", "top_k: left out", "generationConfig: left out"], GeminiWire.Notes(foreign));
        foreach (string dialect in CodecWire.Names.Except(["gemini"]))
        {
            var own = new ChatOptions { AdditionalProperties = new() { ["safetySettings"] = "x", ["thinkingConfig"] = "x" } };
            Assert.NotNull(CodecWire.Request(dialect, [GeminiWire.Hello], out _, out RequestWriter writer, own));
            Assert.Equal(["safetySettings: left out", "thinkingConfig: left out"], writer.Notes);
        }
    }

    [Fact]
    public void A_raw_representation_goes_before_the_options()
    {
        var options = new ChatOptions
        {
            Temperature = 1, Reasoning = new() { Effort = ReasoningEffort.High }, ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema),
            RawRepresentationFactory = static _ => """{"contents":[],"safetySettings":[{"category":"c","threshold":"OFF"}],"generationConfig":{"temperature":0,"thinkingConfig":{"thinkingBudget":5},"responseSchema":{"type":"OBJECT"}}}""",
        };
        Assert.Equal(
            """{"generationConfig":{"responseMimeType":"application/json","temperature":0,"thinkingConfig":{"thinkingBudget":5},"responseSchema":{"type":"OBJECT"}},"safetySettings":[{"category":"c","threshold":"OFF"}]}""".Length,
            GeminiWire.Options(options).Length);
        JsonNode written = JsonNode.Parse(GeminiWire.Options(options))!;
        Assert.Equal(0, written["generationConfig"]!["temperature"]!.GetValue<int>());
        Assert.Equal("""{"thinkingBudget":5}""", written["generationConfig"]!["thinkingConfig"]!.ToJsonString());
        Assert.Equal(["RawRepresentationFactory: 'contents' is left out, since the router decides it"], GeminiWire.Notes(options));
    }
}
