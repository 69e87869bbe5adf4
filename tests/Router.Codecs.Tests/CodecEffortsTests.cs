using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Codecs.Tests.Support;
using RouterGen.Infrastructure;
using static RouterGen.Infrastructure.ModelEfforts;

namespace RouterGen.Codecs.Tests;

/// <summary>Efforts are fitted to the model, alone and beside tools.</summary>
public sealed class CodecEffortsTests
{
    private const ModelEfforts Gpt5 = Minimal | Low | Medium | High;
    private const ModelEfforts Gpt56 = None | Low | Medium | High | ExtraHigh;

    private static readonly ChatOptions WithTool = new() { Tools = [AIFunctionFactory.CreateDeclaration("f", null, default)] };

    [Theory]
    [InlineData(None, Gpt5, Minimal)]
    [InlineData(None, Low | Medium | High, Low)]
    [InlineData(None, Gpt56, None)]
    [InlineData(None, High, High)]
    [InlineData(ExtraHigh, Gpt5, High)]
    [InlineData(ExtraHigh, Low | Medium | High | Max, Max)]
    [InlineData(ExtraHigh, Low | Medium, Medium)]
    [InlineData(Medium, Low | High | Max, High)]
    [InlineData(Low, None | High, High)]
    [InlineData(Low, None, None)]
    [InlineData(Minimal, Low | High, Low)]
    [InlineData(Max, Low | Medium, Medium)]
    [InlineData(High, NotTaken, NotTaken)]
    public void The_nearest_effort_is_found(ModelEfforts asked, ModelEfforts taken, ModelEfforts sent) => Assert.Equal(sent, CodecEfforts.Nearest(asked, taken));

    [Fact]
    public void Whatever_is_asked_what_is_sent_is_taken()
    {
        for (int taken = 1; taken < 128; taken++)
        {
            for (int asked = 1; asked < 128; asked <<= 1)
            {
                ModelEfforts sent = CodecEfforts.Nearest((ModelEfforts)asked, (ModelEfforts)taken);
                Assert.True(int.IsPow2((int)sent) && ((int)sent & taken) != 0);
                if ((asked & taken) != 0) Assert.Equal((ModelEfforts)asked, sent);
                if (asked != (int)None && taken != (int)None) Assert.NotEqual(None, sent);
            }
        }
    }

    private static JsonNode OpenAI(ChatOptions options, ModelProfile model, out List<string>? notes)
    {
        var body = new RequestWriter();
        var request = new ChatRequest([new(ChatRole.User, "Hi")], options, false);
        Assert.Null(OpenAIChatRequest.Write(request, body, "{\"model\":\"m\""u8, model));
        PublishedRequests.Check("openai", body, request, model);
        notes = body.Notes;
        return JsonNode.Parse(body.WrittenMemory.Span)!;
    }

    private static ModelProfile Model(ModelEfforts efforts, ModelEfforts? withTools = null) => new("openai", "m")
    {
        Capabilities = ModelCapabilities.Tools,
        Parameters = ModelParameters.Reasoning,
        Efforts = efforts,
        EffortsWithTools = withTools,
    };

    private static ChatOptions Ask(ReasoningEffort? effort, bool tools, object? raw = null)
    {
        ChatOptions options = tools ? WithTool.Clone() : new ChatOptions();
        if (effort is { } asked) options.Reasoning = new() { Effort = asked };
        if (raw is not null) options.AdditionalProperties = new() { ["reasoning_effort"] = raw };
        return options;
    }

    [Theory]
    [InlineData(ReasoningEffort.Low, true, NotTaken, null, "reasoning_effort: left out")] // gpt-5.2 to 5.5
    [InlineData(ReasoningEffort.Low, false, NotTaken, "low", null)]
    [InlineData(null, true, NotTaken, null, null)]
    [InlineData(ReasoningEffort.High, true, None, "none", "reasoning_effort: none instead of high")] // gpt-5.6
    [InlineData(ReasoningEffort.None, true, None, "none", null)]
    [InlineData(null, true, None, "none", null)]
    [InlineData(null, false, None, null, null)]
    [InlineData(ReasoningEffort.High, true, null, "high", null)]
    public void An_effort_beside_tools(ReasoningEffort? effort, bool tools, ModelEfforts? withTools, string? sent, string? note)
    {
        JsonNode body = OpenAI(Ask(effort, tools), Model(Gpt56, withTools), out List<string>? notes);
        Assert.Equal(sent, (string?)body["reasoning_effort"]);
        Assert.Equal(tools, body["tools"] is not null);
        Assert.Equal(note, notes?.Single());
    }

    [Theory]
    [InlineData("minimal", "low")]
    [InlineData("xhigh", "high")]
    [InlineData("low", "low")]
    [InlineData("of its own", "of its own")] // A value that a later version of the API may know.
    public void An_effort_among_the_additional_properties_is_fitted_too(string asked, string sent)
    {
        Assert.Equal(sent, (string?)OpenAI(Ask(null, false, asked), Model(Low | Medium | High), out _)["reasoning_effort"]);
        JsonElement element = JsonDocument.Parse($"\"{asked}\"").RootElement;
        Assert.Equal(sent, (string?)OpenAI(Ask(null, false, element), Model(Low | Medium | High), out _)["reasoning_effort"]);
        Assert.Equal("medium", (string?)OpenAI(Ask(ReasoningEffort.Medium, false, asked), Model(Low | Medium | High), out _)["reasoning_effort"]);
    }

    [Theory]
    [InlineData(ReasoningEffort.None, true)]
    [InlineData(ReasoningEffort.Low, false)]
    [InlineData(null, false)]
    public void A_temperature_goes_with_the_effort_none_only(ReasoningEffort? effort, bool taken)
    {
        ChatOptions options = Ask(effort, false);
        options.Temperature = 0.2f;
        options.TopP = 0.5f;
        var model = new ModelProfile("openai", "m") { Parameters = ModelParameters.Reasoning | ModelParameters.Sampling, Quirks = (int)OpenAIQuirks.SamplingWithoutReasoning, Efforts = Gpt56 };
        JsonNode body = OpenAI(options, model, out List<string>? notes);
        Assert.Equal(taken, body["temperature"] is not null && body["top_p"] is not null);
        Assert.Equal(taken ? null : ["temperature: left out", "top_p: left out"], notes);
    }

    [Fact]
    public void What_a_model_does_not_take_is_left_out_and_noted_in_both_dialects()
    {
        var options = new ChatOptions
        {
            Temperature = 1, TopP = 0.5f, TopK = 3, FrequencyPenalty = 1, PresencePenalty = 1, Seed = 7, StopSequences = ["x"], AllowMultipleToolCalls = false,
            Tools = WithTool.Tools, Reasoning = new() { Effort = ReasoningEffort.High },
            AdditionalProperties = new() { ["cache_control"] = "ephemeral", ["verbosity"] = "low", ["mine"] = 1 },
        };
        JsonNode body = OpenAI(options, new ModelProfile("test", "m") { Capabilities = ModelCapabilities.Tools }, out List<string>? notes);
        Assert.Equal(["model", "messages", "tools", "stream", "verbosity", "mine"], body.AsObject().Select(member => member.Key));
        Assert.Equal(
            ["parallel_tool_calls", "reasoning_effort", "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "seed", "stop", "cache_control"],
            notes!.Select(note => note.Split(':')[0]));

        var writer = new RequestWriter();
        Assert.Null(AnthropicRequest.Write(new ChatRequest([new(ChatRole.User, "Hi")], options, false), writer, "{\"model\":\"m\""u8, new ModelProfile("test", "m") { Capabilities = ModelCapabilities.Tools }));
        Assert.Equal(["model", "max_tokens", "stream", "messages", "tools", "mine", "cache_control"], JsonNode.Parse(writer.WrittenMemory.Span)!.AsObject().Select(member => member.Key));
        Assert.Equal(
            ["frequency_penalty", "parallel_tool_calls", "presence_penalty", "reasoning_effort", "seed", "stop", "temperature", "top_k", "top_p", "verbosity"],
            writer.Notes!.Select(note => note.Split(':')[0]).Order(StringComparer.Ordinal));
        writer.Clear();
        Assert.Null(writer.Notes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_forced_tool_choice_that_the_model_refuses_leads_to_another_deployment(bool anthropic)
    {
        foreach (ChatToolMode mode in new ChatToolMode[] { ChatToolMode.RequireAny, ChatToolMode.RequireSpecific("f"), ChatToolMode.Auto, ChatToolMode.None })
        {
            ChatOptions options = WithTool.Clone();
            options.ToolMode = mode;
            var model = new ModelProfile("test", "m") { Capabilities = ModelCapabilities.Tools };
            var request = new ChatRequest([new(ChatRole.User, "Hi")], options, false);
            AttemptFailure? failure = anthropic
                ? AnthropicRequest.Write(request, new RequestWriter(), "{\"model\":\"m\""u8, model)
                : OpenAIChatRequest.Write(request, new RequestWriter(), "{\"model\":\"m\""u8, model);
            Assert.Equal(mode is RequiredChatToolMode ? FailureKind.Unsupported : null, failure?.Kind);
        }
    }

    [Fact]
    public void A_model_that_always_thinks_is_asked_to_think_least()
    {
        var writer = new RequestWriter();
        var model = new ModelProfile("anthropic", "m") 
        {
            Parameters = ModelParameters.Reasoning,
            Quirks = (int)(AnthropicQuirks.AdaptiveThinking | AnthropicQuirks.Effort | AnthropicQuirks.AlwaysThinks),
            Efforts = Low | Medium | High | Max,
        };
        Assert.Null(AnthropicRequest.Write(new ChatRequest([new(ChatRole.User, "Hi")], Ask(ReasoningEffort.None, false), false), writer, "{\"model\":\"m\""u8, model));
        JsonNode body = JsonNode.Parse(writer.WrittenMemory.Span)!;
        Assert.Null(body["thinking"]);
        Assert.Equal("low", (string?)body["output_config"]!["effort"]);
        Assert.Equal(["reasoning_effort: low instead of none"], writer.Notes);
    }
}
