using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Clients;

/// <summary>A deployment that is asked through a chat client is routed as others are.</summary>
public sealed class ClientDeploymentTests
{
    private readonly TestRouter _router = new();
    private readonly ScriptedClient _client = new();

    [Fact]
    public async Task It_answers_with_its_model_its_price_and_its_attempts()
    {
        TestGroup group = _router.Group(_client.Deployment("a"));

        RoutedResponse reply = await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("hello", reply.Text);
        Assert.Equal("sdk/model-a", reply.ModelUsed);
        Assert.Equal(0.00002m, reply.Cost);
        Assert.Equal(FailureKind.None, Assert.Single(reply.Attempts).Outcome);
        Assert.Equal(0.00002m, group.Status[0].Spend.Spent);
        Assert.Empty(_router.Transport.Asked);
    }

    [Fact]
    public async Task The_client_gets_the_deployments_model_and_nothing_that_is_for_the_router()
    {
        TestGroup group = _router.Group(_client.Deployment("a"));
        var options = new ChatOptions { ModelId = "something-else", ConversationId = "c1", Temperature = 0.5f, AdditionalProperties = new() { ["own"] = 1 } };
        options = options.WithRouting(new CallOptions { Priority = 1 });

        RoutedResponse reply = await group.CompleteAsync("Hi", options, TestContext.Current.CancellationToken);

        ChatOptions asked = Assert.Single(_client.Asked)!;
        Assert.NotSame(options, asked);
        Assert.Equal(("model-a", (string?)null, 0.5f), (asked.ModelId, asked.ConversationId, asked.Temperature));
        Assert.Equal(["own"], asked.AdditionalProperties!.Keys);
        Assert.Equal(("something-else", "c1"), (options.ModelId, options.ConversationId));
        Assert.Contains(CallOptions.PropertyName, options.AdditionalProperties!.Keys);
        Assert.Contains("model: left out", Assert.Single((string[])reply.AdditionalProperties![RoutedResponse.LeftOutProperty]!));
    }

    [Fact]
    public async Task Options_that_cannot_be_copied_are_the_callers_mistake()
    {
        TestGroup group = _router.Group(_client.Deployment("a"));

        await Assert.ThrowsAsync<ArgumentException>(() => group.CompleteAsync("Hi", new Uncopied(), TestContext.Current.CancellationToken));

        Assert.Equal((0, DeploymentHealth.Healthy), (group.Status[0].InFlight, group.Status[0].Health));
    }

    [Fact]
    public async Task A_client_that_fails_leaves_the_call_to_a_provider()
    {
        TestGroup group = _router.Group(_client.Deployment("a"), TestRouter.Deployment("b", order: 1));
        _client.Whole = static (_, _) => throw new HttpRequestException("busy", null, HttpStatusCode.ServiceUnavailable);
        _router.Transport.On("b", FakeTransport.Text("from b"));

        RoutedResponse reply = await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("from b", reply.Text);
        Assert.Equal([("a", FailureKind.Overloaded, (int?)503), ("b", FailureKind.None, null)], reply.Attempts.Select(static attempt => (attempt.Deployment, attempt.Outcome, attempt.StatusCode)));
        Assert.Equal(1, group.Status[0].FailuresInARow);
    }

    [Fact]
    public async Task A_provider_that_fails_leaves_the_call_to_a_client()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), _client.Deployment("b", order: 1));
        _router.Transport.On("a", FakeTransport.Text("!Overloaded"));

        RoutedResponse reply = await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(("hello", "b", 2), (reply.Text, reply.Deployment, reply.Attempts.Count));
    }

    [Fact]
    public async Task A_client_that_ignores_its_token_does_not_hold_the_call()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [_client.Deployment("a"), TestRouter.Deployment("b", order: 1)], AttemptTimeout = TimeSpan.FromSeconds(5) });
        _client.Whole = ScriptedClient.Hang(out TaskCompletionSource<ChatResponse> never);
        _router.Transport.On("b", FakeTransport.Text("from b"));
        Task<RoutedResponse> call = group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        _router.Time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCompleted);
        _router.Time.Advance(TimeSpan.FromMilliseconds(1));

        RoutedResponse reply = await call;

        Assert.Equal("from b", reply.Text);
        Assert.Equal(FailureKind.Timeout, reply.Attempts[0].Outcome);
        Assert.True(_client.Token.IsCancellationRequested);
        Assert.Equal(0, group.Status[0].InFlight);
        never.SetException(new InvalidOperationException("It is seen by none, and harms none."));
    }

    [Fact]
    public async Task The_callers_cancellation_ends_the_call_at_once()
    {
        TestGroup group = _router.Group(_client.Deployment("a"));
        _client.Whole = ScriptedClient.Hang(out _);
        using var caller = new CancellationTokenSource();
        Task<RoutedResponse> call = group.CompleteAsync("Hi", cancellationToken: caller.Token);

        caller.Cancel();

        RoutingCanceledException canceled = await Assert.ThrowsAsync<RoutingCanceledException>(() => call);
        Assert.Equal(FailureKind.Canceled, Assert.Single(canceled.Attempts).Outcome);
        Assert.True(_client.Token.IsCancellationRequested);
        Assert.Equal((0, DeploymentHealth.Healthy), (group.Status[0].InFlight, group.Status[0].Health));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_holds_nothing_or_was_filtered_is_no_answer(bool isFiltered)
    {
        TestGroup group = _router.Group(_client.Deployment("a"), TestRouter.Deployment("b", order: 1));
        group.Lenient = [_router.Group(TestRouter.Deployment("c"))];
        _client.Whole = (_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, isFiltered ? "half" : "")) { FinishReason = isFiltered ? ChatFinishReason.ContentFilter : null });
        _router.Transport.On("b", FakeTransport.Text("from b")).On("c", FakeTransport.Text("from c"));

        RoutedResponse reply = await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(isFiltered ? "from c" : "from b", reply.Text);
        Assert.Equal(isFiltered ? FailureKind.ContentFiltered : FailureKind.EmptyResponse, reply.Attempts[0].Outcome);
    }

    [Fact]
    public async Task Null_is_no_answer()
    {
        TestGroup group = _router.Group(_client.Deployment("a"));
        _client.Whole = static (_, _) => Task.FromResult<ChatResponse>(null!);

        RoutingException exception = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(FailureKind.InvalidResponse, exception.Kind);
    }

    [Fact]
    public async Task What_the_model_does_not_take_is_refused_before_the_client_is_asked()
    {
        TestGroup group = _router.Group(_client.Deployment("a"));
        ChatMessage image = new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]);

        RoutingException exception = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync([image], cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(FailureKind.Unsupported, exception.Kind);
        Assert.Contains("Vision", exception.Message);
        Assert.Empty(_client.Asked);
    }

    [Fact]
    public async Task Limits_hold_for_clients()
    {
        TestGroup group = _router.Group(_client.Deployment("a", concurrency: 1), TestRouter.Deployment("b", order: 1));
        _client.Whole = ScriptedClient.Hang(out TaskCompletionSource<ChatResponse> never);
        _router.Transport.On("b", FakeTransport.Text("from b"));
        Task<RoutedResponse> first = group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        RoutedResponse second = await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        never.SetResult(ScriptedClient.Says("from a"));

        Assert.Equal(("from a", "from b"), ((await first).Text, second.Text));
    }

    [Fact]
    public async Task A_shadow_may_be_a_client()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), _client.Deployment("shadow", mirrors: 1));
        _router.Transport.On("a", FakeTransport.Text("from a"));

        RoutedResponse reply = await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        _router.Time.Advance(TimeSpan.Zero);

        Assert.Equal("from a", reply.Text);
        Assert.Single(_client.Asked);
        Assert.Equal(0.00002m, group.Status[1].Spend.Spent);
    }

    [Fact]
    public async Task A_slow_client_is_hedged_and_cancelled_when_the_other_answers()
    {
        TestGroup group = _router.Group(new GroupDefinition
        {
            Name = "test", Deployments = [_client.Deployment("a"), TestRouter.Deployment("b", order: 1)], HedgeLimit = 1, HedgeDelay = TimeSpan.FromSeconds(1),
        });
        _client.Whole = ScriptedClient.Hang(out TaskCompletionSource<ChatResponse> never);
        _router.Transport.On("b", FakeTransport.Text("from b"));
        Task<RoutedResponse> call = group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        _router.Time.Advance(TimeSpan.FromSeconds(1));

        RoutedResponse reply = await call;

        Assert.Equal("from b", reply.Text);
        Assert.Equal([FailureKind.Superseded, FailureKind.None], reply.Attempts.Select(static attempt => attempt.Outcome));
        Assert.True(_client.Token.IsCancellationRequested);
        never.SetCanceled();
        while (group.Status[0].InFlight > 0) await Task.Yield();
    }

    [Fact]
    public async Task A_probe_asks_the_client_for_one_token()
    {
        TestGroup group = _router.Group(_client.Deployment("a"));

        Assert.True(await OneTokenRequest.SendAsync(_router.Context, group.Deployments[0]));

        Assert.Equal((1, "model-a"), (Assert.Single(_client.Asked)!.MaxOutputTokens, _client.Asked[0]!.ModelId));
        Assert.Equal(0.00002m, group.Status[0].LatencyProbeCost);
    }

    [Fact]
    public async Task An_answer_that_a_client_gives_to_many_calls_stays_as_it_is()
    {
        TestGroup group = _router.Group(_client.Deployment("a"));
        ChatResponse same = ScriptedClient.Says("hello");
        same.ConversationId = "kept at the provider";
        same.AdditionalProperties = [];
        _client.Whole = (_, _) => Task.FromResult(same);
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")], ModelId = "another" };

        RoutedResponse reply = await group.CompleteAsync("Hi", options, TestContext.Current.CancellationToken);

        Assert.Null(same.Usage!.AdditionalCounts);
        Assert.Empty(same.AdditionalProperties);
        Assert.Equal("kept at the provider", same.ConversationId);
        Assert.Null(reply.ConversationId);
        Assert.Equal(0.00002m, reply.Cost);
    }

    [Fact]
    public void A_synchronous_call_blocks_and_needs_no_context_of_the_callers()
    {
        TestGroup group = _router.Group(_client.Deployment("a"));
        var context = new NeverRuns();
        SynchronizationContext.SetSynchronizationContext(context);
        try
        {
            _client.Whole = static async (_, _) =>
            {
                await Task.Yield(); // to the context, where there is one
                return ScriptedClient.Says("hello");
            };

            Assert.Equal("hello", group.Complete("Hi").Text);
            Assert.Same(context, SynchronizationContext.Current);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }

    [Fact]
    public void A_synchronous_call_fails_over_and_names_the_failure()
    {
        TestGroup group = _router.Group(_client.Deployment("a"), TestRouter.Deployment("b", order: 1));
        _client.Whole = static async (_, _) =>
        {
            await Task.Yield();
            throw new HttpRequestException("slow down", null, HttpStatusCode.TooManyRequests);
        };
        _router.Transport.On("b", FakeTransport.Text("from b"));

        RoutedResponse reply = group.Complete("Hi");

        Assert.Equal(("from b", FailureKind.RateLimited), (reply.Text, reply.Attempts[0].Outcome));
    }

    [Fact]
    public void A_synchronous_call_ends_at_its_deadline()
    {
        TestGroup group = _router.Group(_client.Deployment("a"));
        using var asked = new ManualResetEventSlim();
        _client.Whole = (_, _) =>
        {
            asked.Set();
            return new TaskCompletionSource<ChatResponse>().Task;
        };
        RoutingException? exception = null;
        var call = new Thread(() => exception = Assert.Throws<RoutingException>(() => group.Complete("Hi", new CallOptions { Timeout = TimeSpan.FromSeconds(3) })));
        call.Start();
        asked.Wait(TestContext.Current.CancellationToken);
        _router.Time.Advance(TimeSpan.FromSeconds(3));
        call.Join();

        Assert.Equal(FailureKind.Timeout, exception!.Kind);
    }

    /// <summary>The context of a thread that is blocked.</summary>
    private sealed class NeverRuns : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }

    private sealed class Uncopied : ChatOptions
    {
        public override ChatOptions Clone() => throw new InvalidOperationException("There is one of me.");
    }
}
