using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class HedgingTests
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(100);

    private TestRouter _router = new();

    [Fact]
    public async Task Who_waits_longer_than_usual_is_answered_by_a_second_deployment()
    {
        TestGroup group = await HedgedAsync();
        _router.Transport.On("a", FakeTransport.Hang(out Task reached)).On("b", FakeTransport.Text("from b"));
        Task<RoutedResponse> call = group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        await reached;
        _router.Time.Advance(Usual - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCompleted);
        _router.Time.Advance(TimeSpan.FromMilliseconds(1));

        RoutedResponse reply = await call;
        Assert.Equal("from b", reply.Text);
        Assert.Equal([("a", FailureKind.Superseded), ("b", FailureKind.None)], reply.Attempts.Select(static attempt => (attempt.Deployment, attempt.Outcome)));
        Assert.Equal(Usual, reply.Attempts[0].Duration);
        await SettleAsync(group);
        Assert.All(group.Status, static status => Assert.Equal(DeploymentHealth.Healthy, status.Health));
    }

    [Fact]
    public async Task The_first_may_still_win_and_the_second_is_cancelled()
    {
        TestGroup group = await HedgedAsync();
        _router.Transport.On("a", After(Usual * 2, "from a")).On("b", FakeTransport.Hang(out Task reached));
        Task<RoutedResponse> call = group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        _router.Time.Advance(Usual);
        await reached;
        Assert.Equal([1, 1], group.Status.Select(static status => status.InFlight));
        _router.Time.Advance(Usual);

        RoutedResponse reply = await call;
        Assert.Equal("from a", reply.Text);
        Assert.Equal([("b", FailureKind.Superseded), ("a", FailureKind.None)], reply.Attempts.Select(static attempt => (attempt.Deployment, attempt.Outcome)));
        await SettleAsync(group);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_failure_of_one_leaves_the_call_to_the_other(bool firstFails)
    {
        TestGroup group = await HedgedAsync();
        FakeTransport.Reply fails = AfterReply(Usual * 2, FakeTransport.Respond(HttpStatusCode.InternalServerError, "broken"));
        FakeTransport.Reply answers = After(Usual * 4, "late, but here");
        _router.Transport.On("a", firstFails ? fails : answers).On("b", firstFails ? answers : fails);
        Task<RoutedResponse> call = group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        for (int i = 0; i < 8; i++) _router.Time.Advance(Usual);

        RoutedResponse reply = await call;
        Assert.Equal("late, but here", reply.Text);
        Assert.Equal(firstFails ? ["a", "b"] : ["b", "a"], reply.Attempts.Select(static attempt => attempt.Deployment));
        Assert.Equal(FailureKind.Overloaded, reply.Attempts[0].Outcome);
        Assert.Equal(1, group.Deployments[firstFails ? 0 : 1].Status.FailuresInARow);
        await SettleAsync(group);
    }

    [Fact]
    public async Task A_stream_is_hedged_up_to_its_first_content()
    {
        TestGroup group = Group();
        for (int i = 0; i < 20; i++)
        {
            _router.Transport.On("a", AfterReply(Usual, FakeTransport.Events("hi", "[end]")));
            await PlayAsync(group, Usual);
        }

        _router.Transport.On("a", FakeTransport.Hang(out _)).On("b", FakeTransport.Events("from b", " and on", "[end]"));
        List<ChatResponseUpdate> updates = await PlayAsync(group, Usual);
        Assert.Equal("from b and on", string.Concat(updates.Select(static update => update.Text)));
        RoutedResponseUpdate last = Assert.IsType<RoutedResponseUpdate>(updates[^1]);
        Assert.Equal([FailureKind.Superseded, FailureKind.None], last.Attempts.Select(static attempt => attempt.Outcome));
        await SettleAsync(group);
    }

    [Fact]
    public async Task What_was_counted_of_the_slower_one_is_spent()
    {
        TestGroup group = Group();
        for (int i = 0; i < 20; i++)
        {
            _router.Transport.On("a", AfterReply(Usual, FakeTransport.Events("hi", "[end]")));
            await PlayAsync(group, Usual);
        }

        decimal before = group.Status[0].Spend.Spent;
        var silent = new StallingStream("data: [usage]\n\n");
        _router.Transport.On("a", FakeTransport.Stream(silent)).On("b", FakeTransport.Events("from b", "[end]"));
        Task<List<ChatResponseUpdate>> play = group.StreamAsync("Hello", cancellationToken: TestContext.Current.CancellationToken).ToListAsync().AsTask();
        await silent.Stalled;
        _router.Time.Advance(Usual);
        await play;
        await SettleAsync(group);
        Assert.Equal(0.00002m, group.Status[0].Spend.Spent - before);
    }

    [Fact]
    public async Task Hedges_keep_to_their_share_of_the_calls()
    {
        TestGroup group = await HedgedAsync(limit: 0.05);
        int hedged = 0;
        for (int i = 0; i < 400; i++)
        {
            _router.Transport.On("a", After(Usual * (i + 3), "from a")).On("b", FakeTransport.Text("from b")); // slower each time, so that none is usual
            Task<RoutedResponse> call = group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
            _router.Time.Advance(Usual * (i + 3));
            if ((await call).Text == "from b") hedged++;
            await SettleAsync(group);
        }

        Assert.InRange(hedged, 15, 22); // 5 % of 420, and the one that is free at the start
    }

    [Fact]
    public async Task Nobody_is_hedged_before_enough_is_known()
    {
        TestGroup group = Group();
        _router.Transport.On("a", After(Usual * 3, "from a")).On("b", FakeTransport.Text("from b"));
        Task<RoutedResponse> call = group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        _router.Time.Advance(Usual * 3);
        Assert.Single((await call).Attempts);
    }

    [Fact]
    public async Task A_call_that_may_make_one_attempt_is_not_hedged()
    {
        TestGroup group = await HedgedAsync();
        _router.Transport.On("a", After(Usual * 3, "from a"));
        Task<RoutedResponse> call = group.CompleteAsync("Hello", new CallOptions { MaxAttempts = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        _router.Time.Advance(Usual * 3);
        Assert.Equal("from a", (await call).Text);
        Assert.DoesNotContain("b", _router.Transport.Asked);
    }

    [Fact]
    public async Task A_cancelled_call_cancels_both()
    {
        TestGroup group = await HedgedAsync();
        _router.Transport.On("a", FakeTransport.Hang(out Task first)).On("b", FakeTransport.Hang(out Task second));
        using var cancellation = new CancellationTokenSource();
        Task<RoutedResponse> call = group.CompleteAsync("Hello", cancellationToken: cancellation.Token);
        await first;
        _router.Time.Advance(Usual);
        await second;
        await cancellation.CancelAsync();
        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        await SettleAsync(group);
        Assert.All(group.Status, static status => Assert.Equal(0, status.FailuresInARow));
    }

    [Fact]
    public async Task The_deadline_ends_both_and_blames_the_one_that_had_most_of_it()
    {
        TestGroup group = await HedgedAsync(timeout: TimeSpan.FromSeconds(10));
        _router.Transport.On("a", FakeTransport.Hang(out Task first)).On("b", FakeTransport.Hang(out Task second));
        Task<RoutedResponse> call = group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        await first;
        _router.Time.Advance(Usual);
        await second;
        for (int i = 0; i < 100; i++) _router.Time.Advance(Usual);
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => call);
        Assert.Equal(FailureKind.Timeout, failure.Kind);
        await SettleAsync(group);
    }

    [Fact]
    public async Task A_logger_that_throws_fails_no_call_and_takes_no_place()
    {
        _router = new TestRouter(logs: new ThrowingLogs());
        TestGroup group = await HedgedAsync();
        _router.Transport.On("a", AfterReply(Usual * 2, FakeTransport.Respond(HttpStatusCode.InternalServerError, "broken"))).On("b", After(Usual * 4, "from b"));
        Task<RoutedResponse> call = group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
        for (int i = 0; i < 8; i++) _router.Time.Advance(Usual);
        Assert.Equal("from b", (await call).Text);
        Assert.All(group.Status, static status => Assert.Equal(0, status.InFlight));
    }

    [Fact]
    public async Task Who_cannot_pay_for_a_hedge_does_not_look_for_a_second_deployment()
    {
        TestGroup group = await HedgedAsync(limit: 0.0001);
        var picked = new List<int>();
        group.Policy = SelectionPolicy.Create((in SelectionContext call) =>
        {
            picked.Add(call.Count);
            return 0;
        });
        _router.Transport.On("a", After(Usual * 3, "from a")).On("b", FakeTransport.Text("from b"));
        foreach (string answer in (string[])["from b", "from a"]) // The budget starts with one.
        {
            Task<RoutedResponse> call = group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
            _router.Time.Advance(Usual * 3);
            Assert.Equal(answer, (await call).Text);
            await SettleAsync(group);
        }

        Assert.Equal(3, picked.Count);
    }

    [Fact]
    public async Task Calls_that_come_from_another_group_pay_their_share_too()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "first", Deployments = [TestRouter.Deployment("c")] });
        TestGroup hedged = Group();
        group.General = [hedged];
        group["c"].Disable();
        await UseAsync(group);
        _router.Transport.On("a", After(Usual * 3, "from a")).On("b", FakeTransport.Text("from b"));
        for (int i = 0; i < 5; i++)
        {
            Task<RoutedResponse> call = group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
            _router.Time.Advance(Usual * 3);
            Assert.Equal("from b", (await call).Text);
            await SettleAsync(hedged);
        }
    }

    [Fact]
    public void What_is_usual_is_found_anew_as_calls_come()
    {
        var hedging = new HedgeBudget(limit: 1);
        for (int i = 0; i < 19; i++) hedging.Note(isStreaming: false, Usual);
        Assert.Null(hedging.Delay(isStreaming: false));
        hedging.Note(isStreaming: false, Usual);
        Assert.Equal(Usual, hedging.Delay(isStreaming: false));
        Assert.Null(hedging.Delay(isStreaming: true));

        for (int i = 0; i < 12; i++) hedging.Note(isStreaming: false, Usual * 2);
        Assert.Equal(Usual * 2, hedging.Delay(isStreaming: false));
    }

    private sealed class ThrowingLogs : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => throw new IOException("disk full");

        public void Dispose()
        {
        }
    }

    private TestGroup Group(double limit = 1, TimeSpan? timeout = null) => _router.Group(new GroupDefinition
    {
        Name = "test",
        Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1)],
        HedgeLimit = limit,
        Timeout = timeout ?? TimeSpan.FromSeconds(600),
    });

    /// <summary>A group whose first deployment has answered twenty calls after the usual time.</summary>
    private async Task<TestGroup> HedgedAsync(double limit = 1, TimeSpan? timeout = null)
    {
        TestGroup group = Group(limit, timeout);
        await UseAsync(group);
        return group;
    }

    private async Task UseAsync(TestGroup group)
    {
        _router.Transport.On("a", After(Usual, "from a"));
        for (int i = 0; i < 20; i++)
        {
            Task<RoutedResponse> call = group.CompleteAsync("Hello", cancellationToken: TestContext.Current.CancellationToken);
            _router.Time.Advance(Usual);
            await call;
        }
    }

    private async Task<List<ChatResponseUpdate>> PlayAsync(TestGroup group, TimeSpan until)
    {
        Task<List<ChatResponseUpdate>> play = group.StreamAsync("Hello", cancellationToken: TestContext.Current.CancellationToken).ToListAsync().AsTask();
        _router.Time.Advance(until);
        return await play;
    }

    private FakeTransport.Reply After(TimeSpan delay, string text) => AfterReply(delay, FakeTransport.Text(text));

    private FakeTransport.Reply AfterReply(TimeSpan delay, FakeTransport.Reply reply) => async (request, cancellationToken) =>
    {
        await Task.Delay(delay, _router.Time, cancellationToken);
        return await reply(request, cancellationToken);
    };

    /// <summary>Losers leave when their cancellation has got through to them.</summary>
    private static async Task SettleAsync(TestGroup group)
    {
        while (group.Status.Any(static status => status.InFlight > 0)) await Task.Yield();
    }
}
