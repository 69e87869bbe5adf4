using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

public sealed class DeadlineTests
{
    private readonly TestRouter _router = new();

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public async Task A_black_hole_takes_half_of_the_time_while_another_could_answer()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1)], Timeout = TimeSpan.FromSeconds(100) });
        Transport.On("a", FakeTransport.Hang(out Task reached)).On("b", FakeTransport.Text("hello"));

        Task<RoutedResponse> call = group.CompleteAsync("Hi");
        await reached;
        _router.Time.Advance(TimeSpan.FromSeconds(49.9));
        Assert.False(call.IsCompleted);
        _router.Time.Advance(TimeSpan.FromSeconds(0.1));

        RoutedResponse reply = await call;
        Assert.Equal("b", reply.Deployment);
        Assert.Equal(FailureKind.Timeout, reply.Attempts[0].Outcome);
        Assert.Equal(TimeSpan.FromSeconds(50), reply.Attempts[0].Duration);
    }

    [Theory]
    [InlineData("Hi", 10)]
    [InlineData("long", 5)] // 8,000 tokens: they take twice the time
    public async Task A_timeout_counts_as_a_latency_for_which_the_length_of_the_prompt_is_made_allowance(string prompt, double seconds)
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")], Timeout = TimeSpan.FromSeconds(10) });
        Transport.On("a", FakeTransport.Hang(out Task reached));

        Task<RoutedResponse> call = group.CompleteAsync(prompt == "long" ? new string('x', 4 * 8_000) : prompt, new ChatOptions { MaxOutputTokens = 64_000 });
        await reached;
        _router.Time.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<RoutingException>(() => call);

        Assert.Equal(seconds, group["a"].Latency!.Value.TotalSeconds, 0.01);
    }

    [Fact]
    public async Task The_last_attempt_that_is_allowed_may_take_all_of_the_time()
    {
        TestGroup group = _router.Group(new GroupDefinition
        {
            Name = "test", Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1)], Timeout = TimeSpan.FromSeconds(100), MaxAttempts = 2,
        });
        Transport.On("a", FakeTransport.Text("!Overloaded"), FakeTransport.Hang(out Task reached)).On("b", FakeTransport.Hang(out Task second));

        // b is the last that may be asked, although a could be asked again by then.
        Task<RoutedResponse> call = group.CompleteAsync("Hi");
        await second;
        _router.Time.Advance(TimeSpan.FromSeconds(99));
        Assert.False(call.IsCompleted);
        _router.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await Assert.ThrowsAsync<RoutingException>(() => call)).Attempts.Count);

        // And where there may be one attempt, the first.
        call = group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 });
        await reached;
        _router.Time.Advance(TimeSpan.FromSeconds(99));
        Assert.False(call.IsCompleted);
        _router.Time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<RoutingException>(() => call);
    }

    [Fact]
    public async Task The_total_deadline_ends_the_last_attempt()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")], Timeout = TimeSpan.FromSeconds(10) });
        Transport.On("a", FakeTransport.Hang(out Task reached));

        Task<RoutedResponse> call = group.CompleteAsync("Hi");
        await reached;
        _router.Time.Advance(TimeSpan.FromSeconds(10));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => call);
        Assert.Equal(FailureKind.Timeout, failure.Kind);
        Assert.Contains("TimeoutSeconds", failure.Message);
        Assert.Equal(0, group.Status[0].InFlight);
    }

    [Theory]
    [InlineData(24, DeploymentHealth.Healthy)]
    [InlineData(25, DeploymentHealth.CoolingDown)] // as long as the second of three would have been waited for
    public async Task A_deadline_that_left_an_attempt_little_proves_nothing(int seconds, DeploymentHealth health)
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")], Timeout = TimeSpan.FromSeconds(100) });
        Transport.On("a", FakeTransport.Hang(out Task reached));

        Task<RoutedResponse> call = group.CompleteAsync("Hi", new CallOptions { Timeout = TimeSpan.FromSeconds(seconds) });
        await reached;
        _router.Time.Advance(TimeSpan.FromSeconds(seconds));

        await Assert.ThrowsAsync<RoutingException>(() => call);
        Assert.Equal(health, group.Status[0].Health);
    }

    [Fact]
    public async Task An_attempt_may_be_limited()
    {
        TestGroup group = _router.Group(new GroupDefinition
        {
            Name = "test",
            Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1)],
            AttemptTimeout = TimeSpan.FromSeconds(3),
        });
        Transport.On("a", FakeTransport.Hang(out Task reached)).On("b", FakeTransport.Text("hello"));

        Task<RoutedResponse> call = group.CompleteAsync("Hi");
        await reached;
        _router.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("b", (await call).Deployment);
    }

    [Fact]
    public async Task A_callers_cancellation_is_nothing_else_and_no_ones_fault()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        Transport.On("a", FakeTransport.Hang(out Task reached));
        using var caller = new CancellationTokenSource();

        Task<RoutedResponse> call = group.CompleteAsync("Hi", cancellationToken: caller.Token);
        await reached;
        await caller.CancelAsync();

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(caller.Token, cancelled.CancellationToken);
        Assert.Equal(["a"], Transport.Asked);
        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
        Assert.Equal(0, group.Status[0].InFlight);
    }

    [Fact]
    public async Task A_cancelled_waiter_leaves_no_trace()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("!RateLimited"));
        using var caller = new CancellationTokenSource();

        Task<RoutedResponse> call = group.CompleteAsync("Hi", cancellationToken: caller.Token);
        Assert.Equal(1, _router.Context.QueueGate.Waiting);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _router.RunAsync(call));
        Assert.Equal(0, _router.Context.QueueGate.Waiting);
        Assert.Equal(1, _router.Time.ActiveTimers); // The one of the pooled clock, which sleeps on until the next call.
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_asks_nobody()
    {
        TestGroup group = _router.Group(1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => group.CompleteAsync("Hi", cancellationToken: new CancellationToken(canceled: true)));
        Assert.Empty(Transport.Asked);
    }
}
