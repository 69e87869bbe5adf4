using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs.Tests.OpenAIChat;

public class OpenAIOptionTests
{
    private static readonly ChatOptions AllParameters = new()
    {
        Temperature = 0.1f,
        TopP = 0.95f,
        TopK = 40,
        FrequencyPenalty = -0.5f,
        PresencePenalty = 1,
        Seed = long.MaxValue,
        StopSequences = ["END", "\n"],
        MaxOutputTokens = 100,
        Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High },
    };

    [Fact]
    public void Each_parameter_has_its_name_and_shortest_number()
    {
        Assert.Equal(
            """{"reasoning_effort":"high","temperature":0.1,"top_p":0.95,"top_k":40,"frequency_penalty":-0.5,"presence_penalty":1,"seed":9223372036854775807,"stop":["END","\n"],"max_tokens":100}""",
            OpenAIWire.Options(AllParameters));
    }

    [Fact]
    public void What_a_model_does_not_take_is_left_out()
    {
        Assert.Equal("""{"max_tokens":100}""", OpenAIWire.Options(AllParameters, Takes.Nothing));
    }

    [Fact]
    public void The_seed_is_named_as_the_model_names_it()
    {
        var options = new ChatOptions { Seed = 7, AdditionalProperties = new() { ["random_seed"] = 8 } };
        Assert.Equal("""{"random_seed":7}""", OpenAIWire.Options(options, (Takes)ModelParameters.Seed | OpenAIQuirks.RandomSeed));
        Assert.Equal("""{"seed":7}""", OpenAIWire.Options(options, ModelParameters.Seed));
        Assert.Equal("{}", OpenAIWire.Options(options, OpenAIQuirks.RandomSeed));
    }

    [Theory]
    [InlineData(ReasoningEffort.None, "none")]
    [InlineData(ReasoningEffort.Low, "low")]
    [InlineData(ReasoningEffort.Medium, "medium")]
    [InlineData(ReasoningEffort.High, "high")]
    [InlineData(ReasoningEffort.ExtraHigh, "xhigh")]
    public void Reasoning_effort(ReasoningEffort effort, string expected)
    {
        Assert.Equal($$"""{"reasoning_effort":"{{expected}}"}""", OpenAIWire.Options(new ChatOptions { Reasoning = new ReasoningOptions { Effort = effort } }));
    }

    [Fact]
    public void The_limit_is_named_as_the_model_names_it()
    {
        var options = new ChatOptions { MaxOutputTokens = 7 };
        Assert.Equal("""{"max_tokens":7}""", OpenAIWire.Options(options, Takes.Nothing, limit: 9));
        Assert.Equal("""{"max_completion_tokens":7}""", OpenAIWire.Options(options, OpenAIQuirks.MaxCompletionTokens, limit: 9));
        Assert.Equal("""{"max_completion_tokens":9}""", OpenAIWire.Options(new ChatOptions(), OpenAIQuirks.MaxCompletionTokens, limit: 9));
        Assert.Equal("{}", OpenAIWire.Options(new ChatOptions(), OpenAIQuirks.MaxCompletionTokens));
    }

    [Fact]
    public void The_shell_passes_its_deployment_on()
    {
        var body = new RequestWriter();
        Assert.Null(OpenAIWire.Codec.WriteRequest(new ChatRequest([new ChatMessage(ChatRole.System, "Hi")], null, true), body));
        Assert.Equal(
            """{"model":"gpt-4o-mini","messages":[{"role":"developer","content":"Hi"}],"max_completion_tokens":4096,"stream":true,"stream_options":{"include_usage":true}}""",
            System.Text.Encoding.UTF8.GetString(body.WrittenMemory.Span));
        Assert.Equal("/chat/completions", OpenAIWire.Codec.PathFor(streaming: false));
    }

    [Fact]
    public void A_stream_asks_for_usage_where_it_must()
    {
        Assert.Equal("""{"stream":true}""", OpenAIWire.Options(new ChatOptions(), Takes.Nothing, stream: true));
        Assert.Equal("""{"stream":true,"stream_options":{"include_usage":true}}""", OpenAIWire.Options(new ChatOptions(), OpenAIQuirks.StreamUsageOption, stream: true));
    }

    [Fact]
    public void Numbers_that_JSON_cannot_say_are_unsupported()
    {
        Assert.Contains("sampling", OpenAIWire.Unsupported(new ChatMessage(ChatRole.User, "Hi"), new ChatOptions { Temperature = float.NaN }));
        Assert.Contains("sampling", OpenAIWire.Unsupported(new ChatMessage(ChatRole.User, "Hi"), new ChatOptions { PresencePenalty = float.PositiveInfinity }));
    }

    [Fact]
    public void Json_without_a_schema()
    {
        Assert.Equal("""{"response_format":{"type":"json_object"}}""", OpenAIWire.Options(new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, Takes.Nothing));
        Assert.Equal("{}", OpenAIWire.Options(new ChatOptions { ResponseFormat = ChatResponseFormat.Text }));
    }

    [Fact]
    public void Json_with_a_schema_is_strict_and_made_to_fit_that()
    {
        JsonElement schema = JsonDocument.Parse("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""").RootElement;
        Assert.Equal(
            """{"response_format":{"type":"json_schema","json_schema":{"name":"my_answer_","description":"An answer","schema":{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false,"required":["a"]},"strict":true}}}""",
            OpenAIWire.Options(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "my answer!", "An answer") }));
    }

    [Fact]
    public void Json_with_a_schema_stays_as_it_is_where_strict_is_refused()
    {
        JsonElement schema = JsonDocument.Parse("""{"type":"object"}""").RootElement;
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema), AdditionalProperties = new() { ["strict"] = false } };
        Assert.Equal(
            """{"response_format":{"type":"json_schema","json_schema":{"name":"response","schema":{"type":"object"},"strict":false}}}""",
            OpenAIWire.Options(options));
        Assert.Contains("schema", OpenAIWire.Unsupported(new ChatMessage(ChatRole.User, "Hi"), options, OpenAIWire.Everything.Without(ModelCapabilities.JsonSchema)));
    }

    [Fact]
    public void A_long_schema_name_is_cut()
    {
        JsonElement schema = JsonDocument.Parse("{}").RootElement;
        string body = OpenAIWire.Options(new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, new string('x', 70)) });
        Assert.Contains($"\"name\":\"{new string('x', 64)}\"", body);
    }

    [Fact]
    public void Additional_properties_are_members_of_the_request()
    {
        var options = new ChatOptions
        {
            AdditionalProperties = new()
            {
                ["user"] = "ada",
                ["logprobs"] = true,
                ["n"] = 1,
                ["metadata"] = new JsonObject { ["k"] = "v" },
                ["logit_bias"] = null,
                ["strict"] = true,
                ["routergen.tag"] = "x",
                ["RouterGen.Tag"] = "x",
            },
        };
        Assert.Equal("""{"user":"ada","logprobs":true,"n":1,"metadata":{"k":"v"},"logit_bias":null}""", OpenAIWire.Options(options));
    }

    [Fact]
    public void An_option_wins_over_an_additional_property()
    {
        var options = new ChatOptions
        {
            Temperature = 0.5f,
            MaxOutputTokens = 5,
            AdditionalProperties = new() { ["temperature"] = 1, ["max_tokens"] = 1, ["max_completion_tokens"] = 1, ["model"] = "x", ["messages"] = 1, ["stream"] = true, ["top_p"] = 0.25 },
        };
        Assert.Equal("""{"temperature":0.5,"max_tokens":5,"top_p":0.25}""", OpenAIWire.Options(options));
    }

    [Fact]
    public void An_additional_limit_wins_over_the_default()
    {
        var options = new ChatOptions { AdditionalProperties = new() { ["max_completion_tokens"] = 1 } };
        Assert.Equal("""{"max_completion_tokens":1}""", OpenAIWire.Options(options, limit: 4096));
    }

    [Fact]
    public void No_member_is_written_twice()
    {
        var options = AllParameters.Clone();
        options.Tools = [AIFunctionFactory.Create(() => 1, "f")];
        options.ToolMode = ChatToolMode.Auto;
        options.AllowMultipleToolCalls = true;
        options.ResponseFormat = ChatResponseFormat.Json;
        using JsonDocument plain = JsonDocument.Parse(OpenAIWire.Request([new ChatMessage(ChatRole.User, "Hi")], options, stream: true));
        options.AdditionalProperties = new();
        foreach (JsonProperty member in plain.RootElement.EnumerateObject()) options.AdditionalProperties[member.Name] = "twice";

        Assert.Equal(17, options.AdditionalProperties.Count);
        string body = OpenAIWire.Request([new ChatMessage(ChatRole.User, "Hi")], options, stream: true);
        Assert.Equal(plain.RootElement.GetRawText(), body);
    }

    [Fact]
    public void An_additional_property_of_a_strange_type_is_unsupported()
    {
        var options = new ChatOptions { AdditionalProperties = new() { ["odd"] = typeof(int) } };
        Assert.Contains("'odd'", OpenAIWire.Unsupported(new ChatMessage(ChatRole.User, "Hi"), options));
    }

    [Fact]
    public void What_belongs_to_other_layers_is_ignored()
    {
        var options = new ChatOptions { ConversationId = "c", ModelId = "other" };
        Assert.Equal("{}", OpenAIWire.Options(options));
    }
}
