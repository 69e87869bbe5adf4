using System.Net;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>What a failure does to the calls that come after it.</summary>
public sealed class CooldownTests
{
    private readonly TestRouter _router = new();

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public async Task A_rate_limited_deployment_is_left_alone_as_long_as_it_asked()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "20"), FakeTransport.Text("back"))
            .On("b", FakeTransport.Text("hello"));

        Assert.Equal("b", (await group.CompleteAsync("1")).Deployment);
        _router.Time.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal("b", (await group.CompleteAsync("2")).Deployment);
        Assert.Equal(DeploymentHealth.CoolingDown, group.Status[0].Health);
        Assert.Equal(TimeSpan.FromSeconds(1), group.Status[0].CooldownRemaining);

        _router.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("a", (await group.CompleteAsync("3")).Deployment);
        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
    }

    [Fact]
    public async Task The_only_deployment_is_waited_for_within_the_deadline()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "20"), FakeTransport.Text("back"));

        RoutedResponse reply = await _router.RunAsync(group.CompleteAsync("Hi"));

        Assert.Equal("back", reply.Text);
        Assert.Equal(TimeSpan.FromSeconds(20), reply.Duration);
        Assert.Equal(TimeSpan.FromSeconds(20), reply.Attempts[0].RetryAfter);
    }

    [Fact]
    public async Task A_return_after_the_deadline_is_told_not_waited_for()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")], Timeout = TimeSpan.FromSeconds(10) });
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "20"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Equal(FailureKind.RateLimited, failure.Kind);
        Assert.Equal(TimeSpan.FromSeconds(20), failure.RetryAfter);

        // The next call does not even ask, and knows why.
        failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));
        Assert.Equal(FailureKind.RateLimited, failure.Kind);
        Assert.Empty(failure.Attempts);
        Assert.Equal(TimeSpan.FromSeconds(20), failure.RetryAfter);
        Assert.Single(Transport.Asked);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, FailureKind.AuthenticationFailed)]
    [InlineData(HttpStatusCode.PaymentRequired, FailureKind.QuotaExhausted)]
    [InlineData(HttpStatusCode.NotFound, FailureKind.ModelNotFound)]
    public async Task What_no_short_wait_will_cure_is_not_waited_for(HttpStatusCode status, FailureKind kind)
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", concurrency: 1));
        var refusal = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        Transport.On("a", (_, _) => refusal.Task, FakeTransport.Text("hello"));
        Task<RoutedResponse> first = group.CompleteAsync("Hi");
        Task<RoutedResponse> waiting = group.CompleteAsync("Hi");
        Assert.Equal(1, _router.Context.QueueGate.Waiting);
        refusal.SetResult(new HttpResponseMessage(status) { Content = new StringContent("no") });
        await Assert.ThrowsAsync<RoutingException>(() => first);

        // Those that wait already and those that come fail at once, and know of what and for how long.
        foreach (Task<RoutedResponse> call in (Task<RoutedResponse>[])[waiting, group.CompleteAsync("Hi")])
        {
            RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(call));
            Assert.Equal(kind, failure.Kind);
            Assert.Empty(failure.Attempts);
            Assert.Equal(group.Status[0].CooldownRemaining, failure.RetryAfter);
        }

        Assert.Equal(TimeSpan.Zero, _router.Time.Elapsed);
        Assert.Single(Transport.Asked);
        _router.Time.Advance(group.Status[0].CooldownRemaining);
        Assert.Equal("hello", (await group.CompleteAsync("Hi")).Text);
    }

    [Fact]
    public async Task Somebody_else_who_returns_in_time_is_waited_for()
    {
        TestGroup group = _router.Group(2);
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "no"))
            .On("b", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "20"), FakeTransport.Text("b"));
        Assert.Equal("b", (await _router.RunAsync(group.CompleteAsync("Hi"))).Text);

        Transport.On("b", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "20"), FakeTransport.Text("b"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 }));
        RoutedResponse reply = await _router.RunAsync(group.CompleteAsync("Hi")); // Nobody can be asked, but b soon.
        Assert.Equal(("b", TimeSpan.FromSeconds(20)), (reply.Text, reply.Duration));
    }

    [Fact]
    public async Task What_is_told_of_a_call_without_attempts_is_not_of_long_ago()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", rpm: 1));
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "no"), FakeTransport.Text("ok"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));
        _router.Time.Advance(TimeSpan.FromDays(1));
        await group.CompleteAsync("Hi");

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { Timeout = TimeSpan.FromSeconds(1) }));

        Assert.Equal(FailureKind.RateLimited, failure.Kind); // The key works since.
        Assert.Equal(TimeSpan.FromMinutes(1), failure.RetryAfter);
    }

    [Fact]
    public async Task An_absurd_wait_is_capped()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "99999999")).On("b", FakeTransport.Text("hello"));

        await group.CompleteAsync("Hi");

        Assert.Equal(TimeSpan.FromMinutes(10), group.Status[0].CooldownRemaining);
    }

    [Fact]
    public async Task After_a_cooldown_one_request_probes_and_the_others_wait_for_its_verdict()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("!Overloaded"));
        await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("break it")));
        _router.Time.Advance(TimeSpan.FromMinutes(1));

        var verdict = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        Transport.On("a", (_, _) => verdict.Task, FakeTransport.Text("hello"));
        Task<RoutedResponse> probe = group.CompleteAsync("probe");
        Task<RoutedResponse>[] others = [.. Enumerable.Range(0, 5).Select(_ => group.CompleteAsync("other"))];
        int asked = Transport.Asked.Count;
        Assert.Equal(DeploymentHealth.Probing, group.Status[0].Health);
        Assert.Equal(5, _router.Context.QueueGate.Waiting);

        verdict.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("probed") });

        Assert.Equal("probed", (await probe).Text);
        Assert.All(await _router.RunAsync(Task.WhenAll(others)), reply => Assert.Equal("hello", reply.Text));
        Assert.Equal(asked + 5, Transport.Asked.Count);
        Assert.Equal(0, _router.Context.QueueGate.Waiting);
    }

    [Fact]
    public async Task A_probe_that_hangs_does_not_hold_up_everybody()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("!Overloaded"), FakeTransport.Hang(out _), FakeTransport.Text("hello"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("break it", new CallOptions { MaxAttempts = 1 }));
        _router.Time.Advance(TimeSpan.FromSeconds(1));

        Task<RoutedResponse> probe = group.CompleteAsync("probe");
        Task<RoutedResponse> other = group.CompleteAsync("other");
        Task<RoutedResponse> third = group.CompleteAsync("third");
        _router.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(other.IsCompleted);
        _router.Time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal("hello", (await other).Text);
        Assert.Equal("hello", (await third).Text);
        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
        Assert.False(probe.IsCompleted);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_call_with_less_time_than_a_second_probe_takes_waits_for_the_first_ones_verdict(long ticksOfALook)
    {
        _router.Time.TicksOfALook = ticksOfALook;
        TestGroup group = _router.Group(1);
        var verdict = new TaskCompletionSource<HttpResponseMessage>();
        Transport.On("a", FakeTransport.Text("!Overloaded"), (_, _) => verdict.Task, FakeTransport.Text("hello"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("break it", new CallOptions { MaxAttempts = 1 }));
        _router.Time.Advance(TimeSpan.FromSeconds(1));

        Task<RoutedResponse> probe = group.CompleteAsync("probe");
        Task<RoutedResponse> hasty = group.CompleteAsync("hasty", new CallOptions { Timeout = TimeSpan.FromSeconds(5) });
        Task<RoutedResponse> tooHasty = group.CompleteAsync("too hasty", new CallOptions { Timeout = TimeSpan.FromSeconds(2) });
        _router.Time.Advance(TimeSpan.FromSeconds(3));
        RoutingException late = await Assert.ThrowsAsync<RoutingException>(() => tooHasty);
        Assert.Equal(8, late.RetryAfter!.Value.TotalSeconds, 0.001);

        verdict.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("probed") });
        _router.Time.Advance(TimeSpan.Zero);
        Assert.Equal("probed", (await probe).Text);
        Assert.Equal("hello", (await hasty).Text);
    }

    [Fact]
    public async Task A_probe_whose_caller_goes_away_hands_its_place_to_the_next()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("!Overloaded"));
        await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("break it")));
        _router.Time.Advance(TimeSpan.FromMinutes(1));

        Transport.On("a", FakeTransport.Hang(out Task reached), FakeTransport.Text("hello"));
        using var caller = new CancellationTokenSource();
        Task<RoutedResponse> probe = group.CompleteAsync("probe", cancellationToken: caller.Token);
        await reached;
        Task<RoutedResponse> other = group.CompleteAsync("other");
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);
        Assert.Equal("hello", (await _router.RunAsync(other)).Text);
    }

    [Fact]
    public async Task Cooldowns_grow_with_each_failed_probe_and_end_with_a_success()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        Transport.On("a", FakeTransport.Text("!Overloaded")).On("b", FakeTransport.Text("hello"));
        double[] expected = [0.2, 0.5, 1, 2, 4, 8, 16, 30, 30];
        foreach (double seconds in expected)
        {
            await group.CompleteAsync("Hi");
            TimeSpan cooldown = group.Status[0].CooldownRemaining;
            Assert.InRange(cooldown.TotalSeconds, seconds * 0.8, seconds * 1.2);
            _router.Time.Advance(cooldown);
        }

        Transport.On("a", FakeTransport.Text("back"), FakeTransport.Text("!Overloaded"));
        Assert.Equal("a", (await group.CompleteAsync("Hi")).Deployment);
        await group.CompleteAsync("Hi");
        Assert.InRange(group.Status[0].CooldownRemaining.TotalSeconds, 0.16, 0.24);
    }

    [Fact]
    public async Task Allowed_fails_are_allowed()
    {
        TestGroup group = _router.Group(new GroupDefinition
        {
            Name = "test",
            Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1)],
            AllowedFails = 2,
            Cooldown = TimeSpan.FromSeconds(7),
        });
        Transport.On("a", FakeTransport.Text("!Overloaded")).On("b", FakeTransport.Text("hello"));

        await group.CompleteAsync("1");
        await group.CompleteAsync("2");
        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
        await group.CompleteAsync("3");
        Assert.Equal(TimeSpan.FromSeconds(7), group.Status[0].CooldownRemaining);
    }

    [Fact]
    public async Task Requests_a_minute_are_never_exceeded_and_the_next_call_waits()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", rpm: 2));
        Transport.On("a", FakeTransport.Text("hello"));

        await group.CompleteAsync("1");
        await group.CompleteAsync("2");
        RoutedResponse third = await _router.RunAsync(group.CompleteAsync("3"));

        Assert.Equal(TimeSpan.FromSeconds(30), third.Duration);
        Assert.Single(third.Attempts);
    }

    [Fact]
    public async Task What_was_never_sent_uses_up_no_limit_and_proves_nothing()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", rpm: 2));
        Transport.On("a", FakeTransport.Text("!QuotaExhausted"), FakeTransport.Text("hello"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("break it"));
        _router.Time.Advance(TimeSpan.FromMinutes(10));

        for (int i = 0; i < 5; i++) Assert.Equal(FailureKind.Unsupported, (await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("unsupported"))).Kind);
        Assert.Equal(1, group.Status[0].FailuresInARow);

        Assert.Equal(TimeSpan.Zero, (await group.CompleteAsync("1")).Duration);
        Assert.Equal(TimeSpan.Zero, (await group.CompleteAsync("2")).Duration);
    }

    [Fact]
    public async Task A_refusal_that_is_cut_off_keeps_its_status_and_its_wait()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        Transport.On("a", (_, _) =>
        {
            var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StreamContent(new BrokenStream()) };
            response.Headers.TryAddWithoutValidation("Retry-After", "120");
            return Task.FromResult(response);
        }).On("b", FakeTransport.Text("hello"));

        RoutedResponse reply = await group.CompleteAsync("Hi");

        Assert.Equal((FailureKind.RateLimited, 429), (reply.Attempts[0].Outcome, reply.Attempts[0].StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(120), group.Status[0].CooldownRemaining);
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("reset");
    }

    [Fact]
    public async Task Calls_beyond_the_concurrency_wait_for_a_slot()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", concurrency: 1));
        var first = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        Transport.On("a", (_, _) => first.Task, FakeTransport.Text("second"));

        Task<RoutedResponse> one = group.CompleteAsync("1");
        Task<RoutedResponse> two = group.CompleteAsync("2");
        Assert.Single(Transport.Asked);
        first.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("first") });

        Assert.Equal("first", (await one).Text);
        Assert.Equal("second", (await _router.RunAsync(two)).Text);
        Assert.Equal(0, group.Status[0].InFlight);
    }
}
