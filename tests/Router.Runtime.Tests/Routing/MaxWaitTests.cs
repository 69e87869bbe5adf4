using System.Net;
using Microsoft.Extensions.Configuration;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>How long a call waits for deployments that have failed.</summary>
public sealed class MaxWaitTests
{
    private readonly TestRouter _router = new();

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public async Task A_return_that_is_later_is_told_at_once_and_not_waited_for()
    {
        TestGroup group = await CooledAsync(seconds: 30, maxWait: 2);

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Equal((FailureKind.Overloaded, TimeSpan.FromSeconds(30)), (failure.Kind, failure.RetryAfter));
        Assert.Contains("It waited 0.0 s for a deployment to return, and may wait 2 s (MaxWaitSeconds): a returns in 30.0 s after Overloaded.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(failure.Attempts);
    }

    [Fact]
    public async Task A_return_in_time_is_waited_for()
    {
        TestGroup group = await CooledAsync(seconds: 30, maxWait: 2);
        _router.Time.Advance(TimeSpan.FromSeconds(28));
        RoutedResponse reply = await _router.RunAsync(group.CompleteAsync("Hi"));
        Assert.Equal(TimeSpan.FromSeconds(2), reply.Duration);
    }

    [Fact]
    public async Task Nothing_said_is_ten_seconds()
    {
        TestGroup group = await CooledAsync(seconds: 30, maxWait: null);
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));
        _router.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(10), (await _router.RunAsync(group.CompleteAsync("Hi"))).Duration);
    }

    [Fact]
    public async Task Zero_is_not_at_all()
    {
        TestGroup group = await CooledAsync(seconds: 1, maxWait: 0);
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));
        Assert.Equal(TimeSpan.Zero, _router.Time.Elapsed);
    }

    [Theory]
    [InlineData(FailureKind.AuthenticationFailed)]
    [InlineData(FailureKind.ModelNotFound)]
    public async Task What_no_short_wait_cures_is_not_waited_for(FailureKind kind)
    {
        TestGroup group = _router.Group(new GroupDefinition
        {
            Name = "test",
            Deployments = [TestRouter.Deployment("a")],
            MaxWait = TimeSpan.FromMinutes(20),
            Timeout = TimeSpan.FromMinutes(30),
        });
        Transport.On("a", FakeTransport.Text($"!{kind}"));
        for (int call = 0; call < 2; call++)
        {
            await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi")));
            Assert.Equal(TimeSpan.Zero, _router.Time.Elapsed);
        }

        Assert.Equal(["a"], Transport.Asked);
    }

    [Fact]
    public async Task A_probe_that_hangs_is_waited_for_as_long_and_the_message_says_so()
    {
        TestGroup group = await CooledAsync(seconds: 1, maxWait: 3);
        Transport.On("a", FakeTransport.Hang(out _));
        _router.Time.Advance(TimeSpan.FromSeconds(1));
        Task<RoutedResponse> probe = group.CompleteAsync("probe");
        Task<RoutedResponse>[] others = [.. Enumerable.Range(0, 20).Select(_ => group.CompleteAsync("Hi"))];
        _router.Time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.All(others, static call => Assert.False(call.IsCompleted));
        _router.Time.Advance(TimeSpan.FromSeconds(0.2));

        foreach (Task<RoutedResponse> call in others)
        {
            RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => call);
            Assert.Contains("It waited 3.0 s for a deployment to return, and may wait 3 s (MaxWaitSeconds): a is being probed after Overloaded.", failure.Message, StringComparison.Ordinal);
        }

        Assert.False(probe.IsCompleted);
        Assert.Equal(0, _router.Context.QueueGate.Waiting);
    }

    [Fact]
    public async Task The_waits_of_a_call_add_up_over_its_retries_and_groups()
    {
        TestGroup other = Group("b", TimeSpan.FromSeconds(3), cooldown: 2);
        TestGroup group = Group("a", TimeSpan.FromSeconds(3), cooldown: 2, attempts: 50);
        group.General = [other];
        Transport.On("a", FakeTransport.Text("!Overloaded")).On("b", FakeTransport.Text("!Overloaded"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi")));

        // Two seconds for the cooldowns, a backoff, and the next return would be after four.
        Assert.InRange(_router.Time.Elapsed.TotalSeconds, 2.2, 3);
        Assert.Equal(4, failure.Attempts.Count);
        Assert.Equal(4, (_router.Time.Elapsed + failure.RetryAfter!.Value).TotalSeconds, 0.001);
        Assert.Contains(FormattableString.Invariant($"It waited {_router.Time.Elapsed.TotalSeconds:F1} s for a deployment to return, and may wait 3 s (MaxWaitSeconds): a returns in "), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_limit_is_waited_for_until_the_deadline_unless_a_longest_wait_is_stated()
    {
        TestGroup unstated = Group("a", maxWait: null);
        TestGroup stated = Group("b", TimeSpan.FromSeconds(5));
        foreach (string host in new[] { "a", "b" }) Transport.On(host, FakeTransport.Respond(HttpStatusCode.TooManyRequests, "no", retryAfter: "20"), FakeTransport.Text("hello"));

        Assert.Equal(TimeSpan.FromSeconds(20), (await _router.RunAsync(unstated.CompleteAsync("Hi"))).Duration);
        Assert.Equal(TimeSpan.FromSeconds(20), (await Assert.ThrowsAsync<RoutingException>(() => stated.CompleteAsync("Hi"))).RetryAfter);
    }

    [Fact]
    public async Task Limits_of_ones_own_are_waited_for_until_the_deadline()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a", rpm: 1)], MaxWait = TimeSpan.Zero });
        Transport.On("a", FakeTransport.Text("hello"));
        await group.CompleteAsync("Hi");
        Assert.Equal(TimeSpan.FromSeconds(60), (await _router.RunAsync(group.CompleteAsync("Hi"))).Duration);
    }

    [Fact]
    public async Task A_deployment_that_cools_down_and_is_at_its_limit_beyond_that_is_waited_for()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a", rpm: 1)], MaxWait = TimeSpan.FromSeconds(5), Cooldown = TimeSpan.FromSeconds(2) });
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "down"), FakeTransport.Text("hello"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 }));
        Assert.Equal(TimeSpan.FromSeconds(60), (await _router.RunAsync(group.CompleteAsync("Hi"))).Duration);
    }

    [Fact]
    public async Task A_deployment_that_cools_down_and_whose_slots_hang_is_not_waited_for_any_longer()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a", concurrency: 1)], MaxWait = TimeSpan.FromSeconds(5), Cooldown = TimeSpan.FromSeconds(2) });
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "down"), FakeTransport.Hang(out _));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 }));
        _router.Time.Advance(TimeSpan.FromSeconds(2));
        Task<RoutedResponse> probe = group.CompleteAsync("probe");
        Task<RoutedResponse> call = group.CompleteAsync("Hi");
        _router.Time.Advance(TimeSpan.FromSeconds(5));
        await Assert.ThrowsAsync<RoutingException>(() => call);
        Assert.False(probe.IsCompleted);
    }

    [Fact]
    public async Task A_call_and_the_configuration_may_say_another()
    {
        var configuration = new ConfigurationManager();
        var router = new TestRouter(configuration: configuration);
        TestGroup group = router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")], MaxWait = TimeSpan.FromSeconds(1) });
        router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "down", retryAfter: "30"), FakeTransport.Text("hello"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));
        configuration["RouterGen:Groups:test:MaxWaitSeconds"] = "0";
        ((IConfigurationRoot)configuration).Reload();
        router.Time.Advance(TimeSpan.FromSeconds(29.5));
        Assert.Contains("may wait 0 s", (await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"))).Message, StringComparison.Ordinal);
        Assert.Equal("hello", (await router.RunAsync(group.CompleteAsync("Hi", new CallOptions { MaxWait = TimeSpan.FromSeconds(0.5) }))).Text);
        Assert.Throws<ArgumentOutOfRangeException>(static () => new CallOptions { MaxWait = TimeSpan.FromTicks(-1) });
    }

    private async Task<TestGroup> CooledAsync(double seconds, double? maxWait)
    {
        TestGroup group = Group("a", maxWait is { } wait ? TimeSpan.FromSeconds(wait) : null);
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "down", retryAfter: seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)), FakeTransport.Text("hello"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("break it", new CallOptions { MaxAttempts = 1 }));
        return group;
    }

    private TestGroup Group(string name, TimeSpan? maxWait, double cooldown = 0, int attempts = 0) => _router.Group(new GroupDefinition
    {
        Name = name, Deployments = [TestRouter.Deployment(name)], MaxWait = maxWait, Cooldown = TimeSpan.FromSeconds(cooldown), MaxAttempts = attempts,
    });
}
