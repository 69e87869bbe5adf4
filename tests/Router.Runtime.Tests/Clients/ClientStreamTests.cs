using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Clients;

/// <summary>Streams of deployments that are asked through a chat client.</summary>
public sealed class ClientStreamTests
{
    private readonly TestRouter _router = new();
    private readonly ScriptedClient _client = new();

    [Fact]
    public async Task It_is_played_and_ends_with_how_it_came_about()
    {
        TestGroup group = _router.Group(_client.Deployment("a"));

        List<ChatResponseUpdate> updates = await group.StreamAsync("Hi", cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal("hello", string.Concat(updates.Select(static update => update.Text)));
        RoutedResponseUpdate last = Assert.IsType<RoutedResponseUpdate>(updates[^1]);
        Assert.Equal(("sdk/model-a", 0.00002m), (last.ModelUsed, last.Cost));
        Assert.Equal("model-a", Assert.Single(_client.Asked)!.ModelId);
        Assert.False(_client.Token.IsCancellationRequested);
        Assert.Equal(0, group.Status[0].InFlight);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_fails_over_up_to_its_first_content(bool throwsAtOnce)
    {
        TestGroup group = _router.Group(_client.Deployment("a"), TestRouter.Deployment("b", order: 1));
        _client.Streamed = (_, _) => throwsAtOnce ? throw new TimeoutException() : ScriptedClient.Updates([new ChatResponseUpdate(ChatRole.Assistant, [])], new TimeoutException());
        _router.Transport.On("b", FakeTransport.Events("from b", "[end]"));

        List<ChatResponseUpdate> updates = await group.StreamAsync("Hi", cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal("from b", string.Concat(updates.Select(static update => update.Text)));
        Assert.Equal([FailureKind.Timeout, FailureKind.None], ((RoutedResponseUpdate)updates[^1]).Attempts.Select(static attempt => attempt.Outcome));
    }

    [Fact]
    public async Task One_that_breaks_later_fails_with_what_had_arrived()
    {
        TestGroup group = _router.Group(_client.Deployment("a"), TestRouter.Deployment("b", order: 1));
        _client.Streamed = static (_, _) => ScriptedClient.Updates([ScriptedClient.Text("hel")], new IOException("cut"));

        RoutingException exception = await Assert.ThrowsAsync<RoutingException>(async () => await group.StreamAsync("Hi", cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal((FailureKind.ConnectionFailed, "hel"), (exception.Kind, exception.PartialResponse!.Text));
        Assert.Equal((0, 1), (group.Status[0].InFlight, group.Status[0].FailuresInARow));
    }

    [Theory]
    [InlineData(false, "hello", FailureKind.None)]
    [InlineData(true, "from b", FailureKind.EmptyResponse)]
    public async Task It_is_complete_where_it_ends(bool isEmpty, string text, FailureKind first)
    {
        TestGroup group = _router.Group(_client.Deployment("a"), TestRouter.Deployment("b", order: 1));
        _client.Streamed = (_, _) => isEmpty ? ScriptedClient.Updates() : ScriptedClient.Updates(ScriptedClient.Text("hello"));
        _router.Transport.On("b", FakeTransport.Events("from b", "[end]"));

        List<ChatResponseUpdate> updates = await group.StreamAsync("Hi", cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(text, string.Concat(updates.Select(static update => update.Text)));
        Assert.Equal(first, ((RoutedResponseUpdate)updates[^1]).Attempts[0].Outcome);
    }

    [Fact]
    public async Task One_that_a_filter_withheld_goes_to_the_groups_for_that()
    {
        TestGroup group = _router.Group(_client.Deployment("a"));
        group.Lenient = [_router.Group(TestRouter.Deployment("c"))];
        _client.Streamed = static (_, _) => ScriptedClient.Updates(new ChatResponseUpdate(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.ContentFilter });
        _router.Transport.On("c", FakeTransport.Events("from c", "[end]"));

        List<ChatResponseUpdate> updates = await group.StreamAsync("Hi", cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(FailureKind.ContentFiltered, ((RoutedResponseUpdate)updates[^1]).Attempts[0].Outcome);
    }

    [Fact]
    public async Task Silence_ends_it_although_the_client_ignores_its_token()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [_client.Deployment("a")], StreamIdleTimeout = TimeSpan.FromSeconds(10) });
        var silence = new TaskCompletionSource();
        _client.Streamed = (_, _) => SaysAndWaits(silence.Task);
        await using IAsyncEnumerator<ChatResponseUpdate> updates = group.StreamAsync("Hi", cancellationToken: TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await updates.MoveNextAsync());
        Task<bool> next = updates.MoveNextAsync().AsTask();
        _router.Time.Advance(TimeSpan.FromSeconds(10));

        RoutingException exception = await Assert.ThrowsAsync<RoutingException>(() => next);

        Assert.Equal(FailureKind.Timeout, exception.Kind);
        Assert.True(_client.Token.IsCancellationRequested);
        Assert.Equal(0, group.Status[0].InFlight);
        silence.SetException(new InvalidOperationException("It is seen by none, and harms none."));
    }

    [Fact]
    public async Task One_that_is_left_early_is_cancelled_and_disposed()
    {
        TestGroup group = _router.Group(_client.Deployment("a"));
        var disposed = new TaskCompletionSource();
        _client.Streamed = (_, token) => SaysAndWaits(Task.Delay(Timeout.Infinite, token), disposed);

        await foreach (ChatResponseUpdate update in group.StreamAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)) break;

        Assert.True(_client.Token.IsCancellationRequested);
        await disposed.Task;
        Assert.Equal(0, group.Status[0].InFlight);
    }

    [Fact]
    public async Task No_first_content_in_time_leaves_the_call_to_another()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [_client.Deployment("a"), TestRouter.Deployment("b", order: 1)], FirstTokenTimeout = TimeSpan.FromSeconds(2) });
        _client.Streamed = static (_, _) => SaysAndWaits(new TaskCompletionSource().Task, first: new ChatResponseUpdate(ChatRole.Assistant, []));
        _router.Transport.On("b", FakeTransport.Events("from b", "[end]"));
        ValueTask<List<ChatResponseUpdate>> call = group.StreamAsync("Hi", cancellationToken: TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        _router.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("from b", string.Concat((await call).Select(static update => update.Text)));
    }

    [Fact]
    public async Task What_a_client_streams_to_many_calls_stays_as_it_is()
    {
        TestGroup group = _router.Group(_client.Deployment("a"));
        ChatResponseUpdate text = ScriptedClient.Text("hello"), counted = ScriptedClient.Counted();
        text.ConversationId = "kept at the provider";
        _client.Streamed = (_, _) => ScriptedClient.Updates(counted, text, counted); // The prompt's first, and the answer's later.
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")] };

        ChatResponse reply = await group.StreamAsync("Hi", options, TestContext.Current.CancellationToken).ToChatResponseAsync(TestContext.Current.CancellationToken);

        Assert.Equal("kept at the provider", text.ConversationId);
        Assert.Null(Assert.IsType<UsageContent>(Assert.Single(counted.Contents)).Details.AdditionalCounts);
        Assert.Null(reply.ConversationId);
        Assert.Equal(10, reply.Usage!.OutputTokenCount);
        Assert.NotNull(reply.Usage.AdditionalCounts);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> SaysAndWaits(Task silence, TaskCompletionSource? disposed = null, ChatResponseUpdate? first = null)
    {
        try
        {
            yield return first ?? ScriptedClient.Text("hel");
            await silence;
            yield return ScriptedClient.Text("lo");
        }
        finally
        {
            disposed?.SetResult();
        }
    }
}
