using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Conversations that begin with one provider and go on with another.</summary>
public sealed class ConversationTests : IAsyncLifetime
{
    private static readonly ChatOptions WithTool = new()
    {
        Tools = [AIFunctionFactory.CreateDeclaration("weather", "The weather of a city.", JsonDocument.Parse("""{"type":"object","properties":{"city":{"type":"string"}}}""").RootElement)],
    };

    private World _world = null!;

    public static MatrixTheoryData<Dialect, Way> DialectsAndWays => new(Enum.GetValues<Dialect>(), [Way.Whole, Way.Streamed]);

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task The_result_of_one_providers_tool_call_goes_to_the_other(Dialect dialect, Way way)
    {
        List<ChatMessage> messages = [new(ChatRole.User, "call weather {\"city\":\"Bern\"}")];
        ChatGroup group = _world.Pair(dialect);
        ChatResponse reply = way is Way.Whole
            ? await group.CompleteAsync(messages, WithTool)
            : (await Asking.PlayAsync(group.StreamAsync(messages, WithTool))).ToChatResponse();

        Assert.Equal(ChatFinishReason.ToolCalls, reply.FinishReason);
        var call = Assert.Single(reply.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Equal("weather", call.Name);
        Assert.Equal("Bern", call.Arguments!["city"]!.ToString());

        messages.AddRange(reply.Messages);
        messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, "sunny, 25 degrees")]));
        _world.Script(dialect).Always(Fault.Status(503));
        Got got = await group.AskAsync(way, messages, WithTool);

        Assert.Equal(World.RescuerOf(dialect), got.Deployment);
        Assert.EndsWith("The tool said: \"sunny, 25 degrees\"", got.Text);
        string sent = Assert.Single(_world.Script(World.Other(dialect)).Requests).Body;
        Assert.Equal(2, sent.Split(call.CallId).Length - 1); // The call and its result name each other.
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.OpenAIResponses)]
    [InlineData(Dialect.Gemini)]
    public async Task Images_and_thoughts_cross_from_one_dialect_to_the_other(Dialect dialect)
    {
        _world.Script(dialect).Always(Fault.Status(503));
        ChatMessage[] messages =
        [
            new(ChatRole.System, "You are an art critic."),
            new(ChatRole.User, [new TextContent("What is this?"), new DataContent(new byte[] { 1, 2, 3, 4 }, "image/png"), new UriContent("https://pictures.example/cat.png", "image/png")]),
            new(ChatRole.Assistant, [new TextReasoningContent("A cat, it seems.") { ProtectedData = "signature" }, new TextContent("A cat.")]),
            new(ChatRole.User, "Which colour?"),
        ];

        Got got = await _world.Pair(dialect).AskAsync(Way.Whole, messages);

        Assert.Equal(World.RescuerOf(dialect), got.Deployment);
        Assert.EndsWith("You said: \"Which colour?\"", got.Text);
        foreach (Dialect asked in (Dialect[])[dialect, World.Other(dialect)])
        {
            string sent = Assert.Single(_world.Script(asked).Requests).Body;
            Assert.Contains("AQIDBA==", sent);
            Assert.Contains("https://pictures.example/cat.png", sent);
            Assert.Contains("You are an art critic.", sent);
            Assert.Contains("A cat.", sent);
        }
    }
}
