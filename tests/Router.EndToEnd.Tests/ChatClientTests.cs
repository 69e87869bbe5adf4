using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RouterGen.EndToEnd.Tests.Support;
using RouterGen.FakeProviders;

namespace RouterGen.EndToEnd.Tests;

/// <summary>Groups as chat clients, from a container and from a static class; and what an answer tells of itself.</summary>
public sealed class ChatClientTests : IAsyncLifetime
{
    private World _world = null!;

    public static MatrixTheoryData<Dialect, Way> DialectsAndWays => new(Enum.GetValues<Dialect>(), Enum.GetValues<Way>());

    public async ValueTask InitializeAsync() => _world = await World.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [MemberData(nameof(DialectsAndWays))]
    public async Task Usage_and_cost_are_exact(Dialect dialect, Way way)
    {
        // The fake providers count a token for four characters: 40 in, 20 out.
        _world.Script(dialect).ReplyWith(new Reply { Text = new string('b', 80) });

        Got got = await _world.Only(dialect).AskAsync(way, new string('a', 160));

        Assert.Equal(40, got.Usage!.InputTokenCount);
        Assert.Equal(20, got.Usage.OutputTokenCount);
        Assert.Equal(60, got.Usage.TotalTokenCount);
        decimal expected = dialect switch
        {
            Dialect.OpenAIChat => 40 * 0.15m + 20 * 0.6m,
            Dialect.OpenAIResponses => 40 * 0.25m + 20 * 2m,
            Dialect.Gemini => 40 * 1.5m + 20 * 9m,
            _ => 40 * 1m + 20 * 5m,
        };
        Assert.Equal(expected / 1_000_000m, got.Cost);
    }

    [Fact]
    public async Task Tokens_from_the_cache_have_a_price_of_their_own()
    {
        const string openAI = """{"choices":[{"index":0,"message":{"content":"x"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1000,"completion_tokens":10,"total_tokens":1010,"prompt_tokens_details":{"cached_tokens":600}}}""";
        const string anthropic = """{"type":"message","content":[{"type":"text","text":"x"}],"stop_reason":"end_turn","usage":{"input_tokens":100,"cache_creation_input_tokens":300,"cache_read_input_tokens":600,"output_tokens":10}}""";
        await using ByteServer server = ByteServer.Answering(request => ByteServer.Head() + (request.Contains("/chat/completions") ? openAI : anthropic));
        await using World world = await World.StartAsync(("OPENAI_BASE_URL", server.Address), ("ANTHROPIC_BASE_URL", server.Address));

        Got first = await world.Fleet.OpenaiOnly.AskAsync(Way.Whole);
        Got second = await world.Fleet.AnthropicOnly.AskAsync(Way.Whole);

        Assert.Equal((400 * 0.15m + 600 * 0.075m + 10 * 0.6m) / 1_000_000m, first.Cost);
        Assert.Equal((100 * 1m + 300 * 1.25m + 600 * 0.1m + 10 * 5m) / 1_000_000m, second.Cost);
        Assert.Equal(1000, second.Usage!.InputTokenCount);
        Assert.Equal(600, second.Usage.CachedInputTokenCount);
    }

    [Theory]
    [InlineData(Dialect.OpenAIChat)]
    [InlineData(Dialect.AnthropicMessages)]
    [InlineData(Dialect.Gemini)]
    public async Task An_answer_says_how_it_came_about(Dialect dialect)
    {
        _world.Script(dialect).Next(Fault.Status(503));

        RoutedResponse reply = await _world.Only(dialect).CompleteAsync("Hi");
        List<ChatResponseUpdate> updates = await Asking.PlayAsync(_world.Only(dialect).StreamAsync("Hi"));

        Assert.Equal(World.NameOf(dialect), reply.ModelUsed);
        Assert.Equal(World.NameOf(dialect), reply.Deployment);
        Assert.Equal(World.NameOf(dialect).Split('/')[1], reply.ModelId);
        Assert.NotNull(reply.ResponseId);
        Assert.Null(reply.TimeToFirstToken);
        Assert.Equal(2, reply.Attempts.Count);
        Assert.True(reply.Duration >= reply.Attempts[0].Duration + reply.Attempts[1].Duration);

        RoutedResponseUpdate last = Assert.Single(updates.OfType<RoutedResponseUpdate>());
        Assert.Same(last, updates[^1]);
        Assert.Equal(World.NameOf(dialect), last.ModelUsed);
        Assert.InRange(last.TimeToFirstToken!.Value, TimeSpan.FromTicks(1), last.Duration);
        Assert.Single(last.Attempts);
    }

    [Fact]
    public async Task A_container_gives_each_group_as_a_chat_client()
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(_world.Log);
        services.AddFleet(options => options.Variables = World.Environment(_world.Providers).GetValueOrDefault);
        await using ServiceProvider provider = services.BuildServiceProvider();
        var client = provider.GetRequiredKeyedService<IChatClient>("openai-first");
        _world.Script(Dialect.OpenAIChat).Next(Fault.Status(503));

        ChatResponse reply = await client.GetResponseAsync("Hi");
        ChatResponse streamed = await client.GetStreamingResponseAsync("Hi").ToChatResponseAsync();

        Assert.Same(provider.GetRequiredService<Fleet>().OpenaiFirst, client);
        Assert.Equal("anthropic/claude-haiku-4-5", Assert.IsType<RoutedResponse>(reply).ModelUsed);
        Assert.Equal(reply.Text, streamed.Text);
        Assert.Equal(reply.Usage!.OutputTokenCount, streamed.Usage!.OutputTokenCount);
        Assert.Equal("openai-first", client.GetService<ChatClientMetadata>()!.DefaultModelId);
        Assert.NotEmpty(_world.Log.Entries); // The router took the container's log.
    }

    [Fact]
    public async Task A_static_class_answers_as_in_the_readme()
    {
        Models.Configure(new RouterOptions { Variables = World.Environment(_world.Providers).GetValueOrDefault });
        _world.Script(Dialect.AnthropicMessages).Always(Fault.Status(503));
        _world.Script(Dialect.OpenAIChat).ReplyWith(new Reply { Text = "Hello to you" });

        RoutedResponse reply = await Models.ClaudeFast.CompleteAsync("Hello");

        Assert.Equal("Hello to you", reply.Text);
        Assert.Equal("openai/gpt-4o-mini", reply.ModelUsed);
        Assert.Throws<InvalidOperationException>(() => Models.Configure(new RouterOptions()));
    }
}
