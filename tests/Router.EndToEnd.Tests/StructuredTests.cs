using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Structured answers over the wire, by each dialect and mechanism.</summary>
public sealed class StructuredTests : IAsyncLifetime
{
    private const string Paris = """{"city":"Paris","celsius":21.5,"warnings":null}""";
    private const string Tools = "openai/llama-3.3-70b-versatile";
    private const string Words = "openai/meta-llama/llama-guard-4-12b";

    private World _world = null!;

    public static TheoryData<Dialect> Dialects { get; } = new(Enum.GetValues<Dialect>());

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Each_dialect_is_asked_by_its_own_schema(Dialect dialect)
    {
        DeploymentScript script = _world.Script(dialect).ReplyWith(new Reply { Text = Paris });
        script.RecordRequests = true;

        StructuredResponse<Weather> answer = await _world.Only(dialect).CompleteAsync<Weather>("How is the weather?");

        Assert.Equal((new Weather("Paris", 21.5), AnswerMechanism.JsonSchema, false), (answer.Value, answer.Mechanism, answer.Repaired));
        Assert.NotNull(answer.Cost);
        Assert.Contains("celsius", Assert.Single(script.Requests).Body);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Each_dialect_fills_a_stream(Dialect dialect)
    {
        _world.Script(dialect).ReplyWith(new Reply { Text = Paris, Deltas = Paris.Length });

        List<PartialAnswer<Weather>> parts = [];
        await foreach (PartialAnswer<Weather> part in _world.Only(dialect).StreamAsync<Weather>("How is the weather?")) parts.Add(part);

        Assert.Equal(["", "P", "Pa", "Par", "Pari", "Paris"], parts.Select(part => part.Value.City).Distinct());
        Assert.Equal(new Weather("Paris", 21.5), parts[^1].Value);
        Assert.True(parts[^1].IsComplete);
        Assert.NotNull(parts[^1].Response!.Response.TimeToFirstToken);
    }

    [Fact]
    public async Task OpenAI_holds_the_answer_strictly()
    {
        DeploymentScript script = _world.Script(Dialect.OpenAIChat).ReplyWith(new Reply { Text = Paris });
        script.RecordRequests = true;

        await _world.Only(Dialect.OpenAIChat).CompleteAsync<Weather>("How is the weather?");

        JsonElement schema = Body(script).GetProperty("response_format").GetProperty("json_schema");
        Assert.True(schema.GetProperty("strict").GetBoolean());
        Assert.Equal("Weather", schema.GetProperty("name").GetString());
        JsonElement expected = JsonDocument.Parse("""
            {"type":"object","properties":{"city":{"type":"string","description":"The city."},"celsius":{"type":"number","description":"The temperature.","minimum":-90,"maximum":60},
             "warnings":{"type":["array","null"],"items":{"type":"string"}}},"required":["city","celsius","warnings"],"additionalProperties":false}
            """).RootElement;
        Assert.True(JsonElement.DeepEquals(expected, schema.GetProperty("schema")), schema.GetRawText());
    }

    [Fact]
    public async Task Whatever_a_type_holds_but_a_dictionary_is_strict()
    {
        Assert.True(await IsStrictAsync<Sheet>());
        Assert.True(await IsStrictAsync<Tree>());
        Assert.False(await IsStrictAsync<Scores>());
    }

    [Fact]
    public async Task A_type_that_holds_itself_is_a_tool_at_Anthropic()
    {
        StructuredResponse<Tree> answer = await _world.Only(Dialect.AnthropicMessages).CompleteAsync<Tree>("""call Tree {"name":"a","children":[{"name":"b","children":[],"twin":null}],"twin":null}""");

        Assert.Equal((AnswerMechanism.Tool, "b"), (answer.Mechanism, answer.Value.Children[0].Name));
    }

    [Fact]
    public async Task A_schema_that_Anthropic_does_not_take_becomes_a_tool()
    {
        DeploymentScript script = _world.Script(Dialect.AnthropicMessages);
        script.RecordRequests = true;

        StructuredResponse<Scores> answer = await _world.Only(Dialect.AnthropicMessages).CompleteAsync<Scores>("""call Scores {"points":{"Ann":3,"Bob":2}}""");

        Assert.Equal((AnswerMechanism.Tool, 3, 2), (answer.Mechanism, answer.Value.Points["Ann"], answer.Value.Points["Bob"]));
        JsonElement body = Body(script);
        Assert.Equal("""{"type":"tool","name":"Scores"}""", body.GetProperty("tool_choice").GetRawText());
        Assert.False(body.TryGetProperty("output_config", out _));
    }

    [Fact]
    public async Task A_model_without_schemas_is_made_to_call_a_tool()
    {
        DeploymentScript script = _world.Providers[Tools];
        script.RecordRequests = true;

        StructuredResponse<Weather> answer = await _world.Fleet.ToolsAlone.CompleteAsync<Weather>("call Weather " + Paris);
        List<PartialAnswer<Weather>> parts = [];
        await foreach (PartialAnswer<Weather> part in _world.Fleet.ToolsAlone.StreamAsync<Weather>("call Weather " + Paris)) parts.Add(part);

        Assert.Equal((new Weather("Paris", 21.5), AnswerMechanism.Tool), (answer.Value, answer.Mechanism));
        Assert.Equal((new Weather("Paris", 21.5), AnswerMechanism.Tool), (parts[^1].Value, parts[^1].Response!.Mechanism));
        JsonElement body = Body(script);
        Assert.Equal("Weather", body.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());
        Assert.Equal("""{"type":"function","function":{"name":"Weather"}}""", body.GetProperty("tool_choice").GetRawText());
        Assert.False(body.TryGetProperty("response_format", out _));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    [InlineData("converse")]
    public async Task The_arguments_of_a_tool_fill_the_value_as_they_come(string name)
    {
        (ChatGroup group, DeploymentScript script) = name switch
        {
            "openai" => (_world.Fleet.ToolsAlone, _world.Providers[Tools]),
            "anthropic" => (_world.Only(Dialect.AnthropicMessages), _world.Script(Dialect.AnthropicMessages)),
            _ => (_world.Only(Dialect.BedrockConverse), _world.Script(Dialect.BedrockConverse)),
        };
        script.ReplyWith(new Reply { Deltas = 40 });

        List<PartialAnswer<Tree>> parts = [];
        await foreach (PartialAnswer<Tree> part in group.StreamAsync<Tree>("""call Tree {"name":"abcdef","children":[{"name":"b","children":[],"twin":null}],"twin":null}""")) parts.Add(part);

        Assert.Equal(AnswerMechanism.Tool, parts[^1].Response!.Mechanism);
        Assert.Equal(("abcdef", "b"), (parts[^1].Value.Name, parts[^1].Value.Children[0].Name));
        Assert.Contains(parts, part => part.Value.Name is "ab" or "abc" or "abcd");
        Assert.All(parts[..^1], part => Assert.StartsWith(part.Value.Name ?? "", "abcdef"));
        Assert.All(parts[^1].Response!.Response.Messages.SelectMany(message => message.Contents), content => Assert.Contains(content.GetType().Name, (string[])["FunctionCallContent", "UsageContent"]));
    }

    [Fact]
    public async Task Arguments_that_are_cut_are_the_text_of_the_partial_answer()
    {
        _world.Script(Dialect.AnthropicMessages).ReplyWith(new Reply { Deltas = 40 }).Always(Fault.CutAfter(20));

        RoutingException broken = await Assert.ThrowsAsync<RoutingException>(async () =>
        {
            await foreach (PartialAnswer<Tree> part in _world.Only(Dialect.AnthropicMessages).StreamAsync<Tree>("""call Tree {"name":"abcdef","children":[],"twin":null}""")) Assert.False(part.IsComplete);
        });

        Assert.StartsWith("""{"name":"abc""", broken.PartialResponse!.Text);
    }

    [Fact]
    public async Task A_model_with_neither_is_told_the_schema()
    {
        DeploymentScript script = _world.Providers[Words].ReplyWith(new Reply { Text = "Here you are:\n```json\n" + Paris + "\n```" });
        script.RecordRequests = true;

        StructuredResponse<Weather> answer = await _world.Fleet.WordsAlone.CompleteAsync<Weather>("How is the weather?");

        Assert.Equal((new Weather("Paris", 21.5), AnswerMechanism.Instruction), (answer.Value, answer.Mechanism));
        JsonElement system = Body(script).GetProperty("messages")[0];
        Assert.Equal("system", system.GetProperty("role").GetString());
        Assert.Contains("\"celsius\"", system.GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_call_that_fails_over_is_asked_anew_by_what_the_next_deployment_takes()
    {
        _world.Script(Dialect.OpenAIChat).Always(Fault.Of(FaultKind.Html));
        _world.Providers[Tools].Always(Fault.Of(FaultKind.Html));
        _world.Providers[Words].ReplyWith(new Reply { Text = Paris });

        StructuredResponse<Weather> answer = await _world.Fleet.Mixed.CompleteAsync<Weather>("How is the weather?");

        Assert.Equal((AnswerMechanism.Instruction, "Paris"), (answer.Mechanism, answer.Value.City));
        Assert.Equal(3, answer.Attempts.Count);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    public async Task The_model_is_told_what_does_not_fit(Dialect dialect)
    {
        DeploymentScript script = _world.Script(dialect).ReplyWith(new Reply { Text = """{"city":"Paris","celsius":900}""" }, new Reply { Text = Paris });
        script.RecordRequests = true;

        StructuredResponse<Weather> answer = await _world.Only(dialect).CompleteAsync<Weather>("How is the weather?");

        Assert.Equal((new Weather("Paris", 21.5), true), (answer.Value, answer.Repaired));
        Assert.Contains("$.celsius: must be between -90 and 60, is 900", script.Requests[1].Body);
        Assert.Equal(2, answer.Attempts.Count);
        Assert.True(answer.Cost > answer.Response.Cost);
    }

    [Fact]
    public async Task What_does_not_fit_twice_is_a_failure()
    {
        _world.Script(Dialect.OpenAIChat).ReplyWith(new Reply { Text = "It is warm." }, new Reply { Text = """{"city":"Paris","celsius":null}""" });

        StructuredAnswerException failure = await Assert.ThrowsAsync<StructuredAnswerException>(() => _world.Only(Dialect.OpenAIChat).CompleteAsync<Weather>("How is the weather?"));

        Assert.Equal((AnswerError.Mismatch, "$.celsius", """{"city":"Paris","celsius":null}""", true), (failure.Error, failure.Path, failure.RawText, failure.Repaired));
        Assert.Equal(2, failure.Attempts.Count);
        Assert.NotNull(failure.Cost);
    }

    [Fact]
    public async Task A_filtered_answer_stays_a_failure_of_the_provider()
    {
        _world.Script(Dialect.OpenAIChat).Always(Fault.Of(FaultKind.PromptFiltered));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _world.Only(Dialect.OpenAIChat).CompleteAsync<Weather>("How is the weather?"));

        Assert.Equal(FailureKind.ContentFiltered, failure.Kind);
    }

    [Fact]
    public async Task A_conversation_and_routing_go_with_it()
    {
        _world.Script(Dialect.AnthropicMessages).ReplyWith(new Reply { Text = Paris });
        ChatMessage[] messages = [new(ChatRole.User, "I am in Paris."), new(ChatRole.Assistant, "Nice."), new(ChatRole.User, "How is the weather?")];

        StructuredResponse<Weather> answer = await _world.Pair(Dialect.OpenAIChat).CompleteAsync<Weather>(messages, new CallOptions { Deployment = "anthropic/claude-haiku-4-5" });

        Assert.Equal("anthropic/claude-haiku-4-5", answer.Response.ModelUsed);
    }

    // What is asked matters here, not the answer.
    private async Task<bool> IsStrictAsync<T>()
        where T : IStructuredAnswer<T>
    {
        await using World world = await World.StartAsync();
        DeploymentScript script = world.Script(Dialect.OpenAIChat).ReplyWith(new Reply { Text = "no" });
        script.RecordRequests = true;
        await Assert.ThrowsAsync<StructuredAnswerException>(() => world.Only(Dialect.OpenAIChat).CompleteAsync<T>("Answer."));
        return Body(script).GetProperty("response_format").GetProperty("json_schema").GetProperty("strict").GetBoolean();
    }

    private static JsonElement Body(DeploymentScript script) => JsonDocument.Parse(script.Requests[0].Body).RootElement;
}
