using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Structured;

/// <summary>Calls for structured answers: how they are asked, repaired and failed.</summary>
public class StructuredCallTests
{
    private const string Paris = """{"city":"Paris","celsius":21.5}""";

    private readonly TestRouter _router = new();
    private readonly ScriptedClient _client = new();
    private readonly List<IReadOnlyList<ChatMessage>> _conversations = [];

    [Fact]
    public async Task An_answer_that_fits_takes_one_call()
    {
        Answers(Paris);

        StructuredResponse<Weather> answer = await Group(ModelCapabilities.JsonSchema).CompleteAsync<Weather>("How is the weather?", null);

        Assert.Equal(new Weather("Paris", 21.5), answer.Value);
        Assert.Equal((AnswerMechanism.JsonSchema, false, Paris), (answer.Mechanism, answer.Repaired, answer.Response.Text));
        Assert.Equal((15L, answer.Response.Cost), (answer.Usage!.TotalTokenCount, answer.Cost));
        Assert.Single(answer.Attempts);
        var format = Assert.IsType<ChatResponseFormatJson>(Assert.Single(_client.Asked)!.ResponseFormat);
        Assert.Equal(("Weather", "The weather of a city."), (format.SchemaName, format.SchemaDescription));
        Assert.Equal("""{"type":"object","properties":{"city":{"type":"string","description":"The city."},"celsius":{"type":"number","description":"The temperature."}},"required":["city","celsius"],"additionalProperties":false}""", format.Schema!.Value.GetRawText());
    }

    [Fact]
    public async Task A_model_with_tools_alone_is_made_to_call_one()
    {
        _client.Whole = (_, _) => Task.FromResult(Calls("Weather", Paris));

        StructuredResponse<Weather> answer = await Group(ModelCapabilities.Tools).CompleteAsync<Weather>("How is the weather?", new ChatOptions { Instructions = "Be brief." });

        Assert.Equal((new Weather("Paris", 21.5), AnswerMechanism.Tool), (answer.Value, answer.Mechanism));
        ChatOptions asked = Assert.Single(_client.Asked)!;
        Assert.Null(asked.ResponseFormat);
        Assert.Equal("Weather", Assert.Single(asked.Tools!).Name);
        Assert.Equal("Weather", Assert.IsType<RequiredChatToolMode>(asked.ToolMode).RequiredFunctionName);
        Assert.Equal("Be brief.", asked.Instructions);
    }

    [Fact]
    public async Task Beside_tools_of_the_caller_any_must_be_called()
    {
        _client.Whole = (_, _) => Task.FromResult(Calls("Weather_answer", Paris));
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "Weather")] };

        StructuredResponse<Weather> answer = await Group(ModelCapabilities.Tools).CompleteAsync<Weather>("How is the weather?", options);

        Assert.Equal("Paris", answer.Value.City);
        ChatOptions asked = Assert.Single(_client.Asked)!;
        Assert.Equal(["Weather", "Weather_answer"], asked.Tools!.Select(tool => tool.Name));
        Assert.Null(Assert.IsType<RequiredChatToolMode>(asked.ToolMode).RequiredFunctionName);
        Assert.Single(options.Tools);
    }

    [Fact]
    public async Task A_model_with_neither_is_told_the_schema()
    {
        Answers("Sure!\n```json\n" + Paris + "\n```");

        StructuredResponse<Weather> answer = await Group(ModelCapabilities.None).CompleteAsync<Weather>("How is the weather?", new ChatOptions { Instructions = "Be brief.", ResponseFormat = ChatResponseFormat.Json });

        Assert.Equal((new Weather("Paris", 21.5), AnswerMechanism.Instruction), (answer.Value, answer.Mechanism));
        ChatOptions asked = Assert.Single(_client.Asked)!;
        Assert.Null(asked.ResponseFormat);
        Assert.StartsWith("Be brief.\n\nAnswer with one JSON object", asked.Instructions);
        Assert.EndsWith("\"additionalProperties\":false}", asked.Instructions);
    }

    [Fact]
    public async Task An_answer_that_does_not_fit_is_repaired_once()
    {
        Answers("""{"city":"Paris","celsius":"warm"}""", Paris);

        StructuredResponse<Weather> answer = await Group(ModelCapabilities.JsonSchema).CompleteAsync<Weather>("How is the weather?");

        Assert.Equal((21.5, true), (answer.Value.Celsius, answer.Repaired));
        Assert.Equal((30L, 2 * answer.Response.Cost), (answer.Usage!.TotalTokenCount, answer.Cost));
        Assert.Equal(2, answer.Attempts.Count);
        Assert.Equal([ChatRole.User, ChatRole.Assistant, ChatRole.User], _conversations[1].Select(message => message.Role));
        Assert.Equal("""{"city":"Paris","celsius":"warm"}""", _conversations[1][1].Text);
        Assert.Contains("$.celsius: expected a number, found \"warm\"", _conversations[1][2].Text);
    }

    [Fact]
    public async Task An_answer_that_does_not_fit_twice_is_a_failure_with_its_text()
    {
        Answers("warm", """{"city":"Paris"}""");

        StructuredAnswerException failure = await Assert.ThrowsAsync<StructuredAnswerException>(() => Group(ModelCapabilities.JsonSchema).CompleteAsync<Weather>("How is the weather?"));

        Assert.Equal((AnswerError.Mismatch, "$.celsius", """{"city":"Paris"}""", true), (failure.Error, failure.Path, failure.RawText, failure.Repaired));
        Assert.Equal((30L, 2 * failure.Response!.Cost, 2), (failure.Usage!.TotalTokenCount, failure.Cost, failure.Attempts.Count));
        Assert.Equal("sdk/model-a gave no 'Weather': $.celsius: is missing. It was asked once to repair the answer; RawText has what it wrote last.", failure.Message);
    }

    [Fact]
    public async Task A_repair_that_no_deployment_takes_leaves_the_text()
    {
        Answers("warm");
        Func<ChatOptions?, CancellationToken, Task<ChatResponse>> first = _client.Whole;
        _client.Whole = (options, token) => _client.Asked.Count == 1 ? first(options, token) : throw new InvalidOperationException("gone");

        StructuredAnswerException failure = await Assert.ThrowsAsync<StructuredAnswerException>(
            () => _router.RunAsync(Group(ModelCapabilities.JsonSchema).CompleteAsync<Weather>("How is the weather?", new CallOptions { Timeout = TimeSpan.FromSeconds(1) })));

        Assert.Equal((AnswerError.NoJson, "warm", false), (failure.Error, failure.RawText, failure.Repaired));
        Assert.IsType<RoutingException>(failure.InnerException);
        Assert.Single(failure.Attempts);
    }

    [Fact]
    public async Task What_the_output_limit_cut_is_not_repaired()
    {
        _client.Whole = (_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, """{"city":"Par""")) { FinishReason = ChatFinishReason.Length });

        StructuredAnswerException failure = await Assert.ThrowsAsync<StructuredAnswerException>(() => Group(ModelCapabilities.JsonSchema).CompleteAsync<Weather>("How is the weather?"));

        Assert.Equal((AnswerError.Truncated, "$.city", """{"city":"Par"""), (failure.Error, failure.Path, failure.RawText));
        Assert.Contains("MaxOutputTokens", failure.Message);
        Assert.Single(_client.Asked);
    }

    [Fact]
    public async Task A_refusal_is_not_repaired()
    {
        _client.Whole = (_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new ErrorContent("I cannot say that.") { ErrorCode = "Refusal" }])));

        StructuredAnswerException failure = await Assert.ThrowsAsync<StructuredAnswerException>(() => Group(ModelCapabilities.JsonSchema).CompleteAsync<Weather>("How is the weather?"));

        Assert.Equal(AnswerError.Refused, failure.Error);
        Assert.Contains("I cannot say that.", failure.Message);
        Assert.Single(_client.Asked);
    }

    [Fact]
    public async Task A_call_of_a_tool_of_the_caller_is_not_repaired()
    {
        _client.Whole = (_, _) => Task.FromResult(Calls("lookup", "{}"));

        StructuredAnswerException failure = await Assert.ThrowsAsync<StructuredAnswerException>(() => Group(ModelCapabilities.Tools | ModelCapabilities.JsonSchema)
            .CompleteAsync<Weather>("How is the weather?", new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "lookup")] }));

        Assert.Equal(AnswerError.ToolCalled, failure.Error);
        Assert.Equal("lookup", failure.Response!.Messages[0].Contents.OfType<FunctionCallContent>().Single().Name);
        Assert.Single(_client.Asked);
    }

    [Fact]
    public async Task A_stream_fills_the_value_and_ends_with_the_whole()
    {
        _client.Streamed = (_, _) => ScriptedClient.Updates([.. "Here: {\"city\":\"Paris\",\"celsius\":21.5}".Select(c => ScriptedClient.Text(c.ToString())), ScriptedClient.Counted()], failure: null);

        List<PartialAnswer<Weather>> parts = await CollectAsync(Group(ModelCapabilities.JsonSchema).StreamAsync<Weather>("How is the weather?"));

        Assert.Equal(["", "P", "Pa", "Par", "Pari", "Paris", "Paris", "Paris"], parts.Select(part => part.Value.City));
        Assert.Equal([0, 0, 0, 0, 0, 0, 21.5, 21.5], parts.Select(part => part.Value.Celsius));
        Assert.All(parts.SkipLast(1), part => Assert.False(part.IsComplete));
        StructuredResponse<Weather> response = parts[^1].Response!;
        Assert.Equal((AnswerMechanism.JsonSchema, 15L, "Here: " + Paris), (response.Mechanism, response.Usage!.TotalTokenCount, response.Response.Text));
        Assert.NotNull(response.Cost);
        Assert.Single(response.Attempts);
    }

    [Fact]
    public async Task A_stream_that_does_not_fit_ends_with_a_repaired_value()
    {
        _client.Streamed = (_, _) => ScriptedClient.Updates(ScriptedClient.Text("""{"city":"Paris","""), ScriptedClient.Text(""" "celsius":"x"}"""), ScriptedClient.Counted());
        Answers(Paris);

        List<PartialAnswer<Weather>> parts = await CollectAsync(Group(ModelCapabilities.JsonSchema).StreamAsync<Weather>([new ChatMessage(ChatRole.User, "How is the weather?")]));

        Assert.Equal([new Weather("Paris", 0), new Weather("Paris", 21.5)], parts.Select(part => part.Value));
        Assert.True(parts[^1].Response!.Repaired);
        Assert.Equal(2, parts[^1].Response!.Attempts.Count);
    }

    [Fact]
    public async Task A_forced_tool_fills_a_stream_at_its_end()
    {
        _client.Streamed = (_, _) => ScriptedClient.Updates(new ChatResponseUpdate(ChatRole.Assistant, Calls("Weather", Paris).Messages[0].Contents), ScriptedClient.Counted());

        List<PartialAnswer<Weather>> parts = await CollectAsync(Group(ModelCapabilities.Tools).StreamAsync<Weather>("How is the weather?"));

        Assert.Equal((new Weather("Paris", 21.5), AnswerMechanism.Tool), (parts[^1].Value, parts[^1].Response!.Mechanism));
    }

    [Fact]
    public async Task A_context_of_the_user_answers_and_streams()
    {
        Answers(Paris);
        _client.Streamed = (_, _) => ScriptedClient.Updates(ScriptedClient.Text(Paris[..^1]), ScriptedClient.Text("}"), ScriptedClient.Counted());
        TestGroup group = Group(ModelCapabilities.JsonSchema);

        StructuredResponse<Weather> answer = await group.CompleteAsync("How is the weather?", AnswerContext.Default.Weather);
        List<PartialAnswer<Weather>> parts = await CollectAsync(group.StreamAsync("How is the weather?", AnswerContext.Default.Weather));

        Assert.Equal(new Weather("Paris", 21.5), answer.Value);
        Assert.Equal(new Weather("Paris", 21.5), parts[^1].Value);
        Assert.Contains("\"city\"", Assert.IsType<ChatResponseFormatJson>(_client.Asked[0]!.ResponseFormat).Schema!.Value.GetRawText());
    }

    [Fact]
    public async Task Wrong_arguments_are_refused()
    {
        TestGroup group = Group(ModelCapabilities.JsonSchema);

        await Assert.ThrowsAsync<ArgumentNullException>(() => group.CompleteAsync<Weather>((string)null!));
        await Assert.ThrowsAsync<ArgumentException>(() => group.CompleteAsync<Weather>([]));
        await Assert.ThrowsAsync<ArgumentNullException>(() => StructuredChat.CompleteAsync<Weather>(null!, "How?"));
        await Assert.ThrowsAsync<ArgumentException>(() => group.CompleteAsync("How?", AnswerContext.Default.ListInt32));
    }

    private TestGroup Group(ModelCapabilities capabilities)
    {
        IChatClient Create(ChatClientContext context) => new Listening(_client, _conversations);
        Codec codec = capabilities.HasFlag(ModelCapabilities.JsonSchema) ? ScriptedClient.CodecOf<TakesSchemas>(Create)
            : capabilities.HasFlag(ModelCapabilities.Tools) ? ScriptedClient.CodecOf<TakesTools>(Create)
            : ScriptedClient.CodecOf<TakesNeither>(Create);
        return _router.Group(ScriptedClient.Deployment("a", Create, codec: codec));
    }

    // The answers of the calls, in order; the last one stays.
    private void Answers(params string[] texts)
    {
        int next = 0;
        _client.Whole = (_, _) => Task.FromResult(ScriptedClient.Says(texts[Math.Min(next++, texts.Length - 1)]));
    }

    private static ChatResponse Calls(string tool, string arguments)
    {
        var values = JsonDocument.Parse(arguments).RootElement.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value);
        return new(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("call_1", tool, values)])) { Usage = ScriptedClient.Usage(), FinishReason = ChatFinishReason.ToolCalls };
    }

    private static async Task<List<T>> CollectAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> all = [];
        await foreach (T item in items) all.Add(item);
        return all;
    }

    private readonly struct TakesSchemas : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => default;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("sdk", "model-a") { Capabilities = ModelCapabilities.Tools | ModelCapabilities.JsonSchema };
    }

    private readonly struct TakesTools : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => default;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("sdk", "model-a") { Capabilities = ModelCapabilities.Tools, Parameters = ModelParameters.RequiredToolChoice };
    }

    private readonly struct TakesNeither : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => default;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("sdk", "model-a");
    }

    /// <summary>Notes the conversations of whole calls.</summary>
    private sealed class Listening(IChatClient inner, List<IReadOnlyList<ChatMessage>> conversations) : DelegatingChatClient(inner)
    {
        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            conversations.Add([.. messages]);
            return base.GetResponseAsync(messages, options, cancellationToken);
        }
    }
}
