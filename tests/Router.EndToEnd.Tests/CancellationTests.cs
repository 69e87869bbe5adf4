using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>A caller that goes away: the provider learns of it at once, nothing stays behind, and it is nobody's failure.</summary>
public sealed class CancellationTests : IAsyncLifetime
{
    private static readonly Dialect[] Dialects = Enum.GetValues<Dialect>();
    private World _world = null!;

    public static MatrixTheoryData<Dialect, Way> DialectsAndWays => new(Dialects, Enum.GetValues<Way>());

    /// <summary>How soon "at once" is: less than the two seconds for which a socket handler would go on reading.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1.9);

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task While_waiting_for_the_head(Dialect dialect, Way way)
    {
        _world.Script(dialect).Always(Fault.BlackHole);
        await CancelledAsync(dialect, way);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat, Way.Whole)]
    [InlineData(Dialect.AnthropicMessages, Way.Whole)]
    [InlineData(Dialect.Gemini, Way.Whole)]
    [InlineData(Dialect.OpenAIChat, Way.Synchronous)]
    [InlineData(Dialect.AnthropicMessages, Way.Synchronous)]
    [InlineData(Dialect.Gemini, Way.Synchronous)]
    public async Task While_waiting_for_the_rest_of_the_body(Dialect dialect, Way way)
    {
        _world.Script(dialect).Always(Fault.StallAfter(0));
        await CancelledAsync(dialect, way);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    public async Task Before_the_first_content_of_a_stream(Dialect dialect)
    {
        _world.Script(dialect).Always(Fault.StallAfter(0));
        await CancelledAsync(dialect, Way.Streamed);
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task While_waiting_for_the_only_deployment(Dialect dialect, Way way)
    {
        _world.Script(dialect).Always(Fault.RateLimited(TimeSpan.FromSeconds(20)));
        using var cancel = new CancellationTokenSource();

        Task call = Task.Run(() => AskAsync(_world.Only(dialect), way, cancel.Token));
        await _world.Script(dialect).WaitUntilAsync(script => script is { Calls: 1, InFlight: 0 });
        await cancel.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancel.Token, cancelled.CancellationToken);
        Assert.Equal(1, _world.Script(dialect).Calls);
    }

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task Before_the_call_nothing_is_sent(Dialect dialect, Way way)
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AskAsync(_world.Pair(dialect), way, new CancellationToken(canceled: true)));
        Assert.Equal(0, _world.Script(dialect).Calls);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    public async Task In_the_middle_of_a_stream(Dialect dialect)
    {
        _world.Script(dialect).Always(Fault.StallAfter(2)).ReplyWith(new Reply { Text = "one two three" });
        using var cancel = new CancellationTokenSource();
        int updates = 0;

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate update in _world.Pair(dialect).StreamAsync("Hi", cancellationToken: cancel.Token))
            {
                if (update.Text.Length > 0 && ++updates == 2) cancel.Cancel();
            }
        });

        Assert.Equal(cancel.Token, cancelled.CancellationToken);
        await AssertGoneAsync(dialect);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    public async Task A_stream_that_is_left_early(Dialect dialect)
    {
        _world.Script(dialect).Always(Fault.StallAfter(2)).ReplyWith(new Reply { Text = "one two three" });

        await foreach (ChatResponseUpdate update in _world.Pair(dialect).StreamAsync("Hi"))
        {
            if (update.Text.Length > 0) break;
        }

        await AssertGoneAsync(dialect);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    public async Task A_token_given_to_the_enumerator_counts(Dialect dialect)
    {
        _world.Script(dialect).Always(Fault.StallAfter(1));
        using var cancel = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate update in _world.Pair(dialect).StreamAsync("Hi").WithCancellation(cancel.Token))
            {
                if (update.Text.Length > 0) cancel.Cancel();
            }
        });

        await AssertGoneAsync(dialect);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    public async Task Options_and_messages_are_as_they_were(Dialect dialect)
    {
        _world.Script(dialect).Always(Fault.Status(503));
        ChatMessage[] messages =
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, [new TextContent("Look"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")]),
        ];
        var options = new ChatOptions
        {
            Temperature = 0.5f,
            MaxOutputTokens = 100,
            StopSequences = ["STOP"],
            ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse("""{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}""").RootElement),
            Tools = [AIFunctionFactory.CreateDeclaration("look", "Looks.", JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement)],
            ToolMode = ChatToolMode.Auto,
            AdditionalProperties = new() { ["user"] = "u-1" },
            Instructions = "Answer in JSON.",
        };
        string before = Describe(messages, options);
        AITool tool = options.Tools[0];

        foreach (Way way in Enum.GetValues<Way>())
        {
            Got got = await _world.Pair(dialect).AskAsync(way, messages, options);
            Assert.Equal(World.RescuerOf(dialect), got.Deployment);
        }

        Assert.Equal(before, Describe(messages, options));
        Assert.Same(tool, Assert.Single(options.Tools));
    }

    private async Task CancelledAsync(Dialect dialect, Way way)
    {
        using var cancel = new CancellationTokenSource();
        Task call = Task.Run(() => AskAsync(_world.Pair(dialect), way, cancel.Token));
        await _world.Script(dialect).WaitUntilAsync(script => script.InFlight == 1);
        await cancel.CancelAsync();

        var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(AtOnce));
        Assert.Equal(cancel.Token, cancelled.CancellationToken);
        await AssertGoneAsync(dialect);
    }

    /// <summary>The provider has seen the connection go, nobody else was asked, and nothing stays behind.</summary>
    private async Task AssertGoneAsync(Dialect dialect)
    {
        using var late = new CancellationTokenSource(AtOnce);
        await _world.Script(dialect).WaitUntilAsync(script => script.Aborted == 1, late.Token);
        DeploymentStatus status = _world.Pair(dialect).Status[0];
        Assert.Equal(0, status.InFlight);
        Assert.Equal(0, status.FailuresInARow);
        Assert.Equal(DeploymentHealth.Healthy, status.Health);
        Assert.Equal(1, _world.Script(dialect).Calls);
        Assert.Equal(0, _world.Script(World.Other(dialect)).Calls);
    }

    private static async Task AskAsync(ChatGroup group, Way way, CancellationToken cancellationToken)
    {
        if (way is Way.Streamed) await Asking.PlayAsync(group.StreamAsync("Hi", cancellationToken: cancellationToken));
        else if (way is Way.Synchronous) group.Complete("Hi", cancellationToken: cancellationToken);
        else await group.CompleteAsync("Hi", cancellationToken: cancellationToken);
    }

    private static string Describe(ChatMessage[] messages, ChatOptions options)
    {
        var copy = options.Clone();
        copy.Tools = null; // Not to be serialized; compared by reference.
        return JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions) + JsonSerializer.Serialize(copy, AIJsonUtilities.DefaultOptions);
    }
}
