using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>What a call's routing options do to its way.</summary>
public sealed class PerCallTests
{
    private readonly TestRouter _router = new();

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public async Task A_calls_deadline_replaces_the_groups()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "20"), FakeTransport.Text("back"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { Timeout = TimeSpan.FromSeconds(19) }));

        Assert.Equal(TimeSpan.FromSeconds(20), failure.RetryAfter);
        Assert.Equal("back", (await _router.RunAsync(group.CompleteAsync("Hi", new CallOptions { Timeout = TimeSpan.FromDays(10000) }))).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_calls_deadline_ends_an_attempt_that_hangs_and_blames_nobody(bool stream)
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Hang(out Task reached));
        var routing = new CallOptions { Timeout = TimeSpan.FromSeconds(2) };

        Task call = stream ? group.StreamAsync("Hi", routing).ToChatResponseAsync() : group.CompleteAsync("Hi", routing);
        await reached;
        _router.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(FailureKind.Timeout, (await Assert.ThrowsAsync<RoutingException>(() => call)).Kind);
        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
    }

    [Fact]
    public async Task A_calls_attempts_replace_the_groups()
    {
        TestGroup group = _router.Group(4);
        foreach (string host in (string[])["a", "b", "c", "d"]) Transport.On(host, FakeTransport.Text("!Overloaded"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 2 }));

        Assert.Equal(2, failure.Attempts.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(5, 6)]
    public async Task A_deployment_is_asked_again_as_often_as_the_call_says(int retries, int attempts)
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("!Overloaded"));
        var routing = new CallOptions { Retries = new Dictionary<FailureKind, int> { [FailureKind.Overloaded] = retries } };

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi", routing)));

        Assert.Equal(attempts, failure.Attempts.Count);
        Assert.Equal(group.Status[0].CooldownRemaining, failure.RetryAfter); // This call would not ask it again; a new one would.
    }

    [Fact]
    public async Task Retries_are_counted_for_each_deployment_and_kind()
    {
        TestGroup group = _router.Group(2);
        Transport.On("a", FakeTransport.Text("!Overloaded"), FakeTransport.Text("!InvalidResponse"), FakeTransport.Text("!Overloaded"), FakeTransport.Text("too late"))
            .On("b", FakeTransport.Text("!InvalidResponse"));
        var routing = new CallOptions { MaxAttempts = 50, Retries = new Dictionary<FailureKind, int> { [FailureKind.Overloaded] = 1, [FailureKind.InvalidResponse] = 1 } };

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi", routing)));

        Assert.Equal(3, failure.Attempts.Count(attempt => attempt.Deployment == "a"));
        Assert.Equal(2, failure.Attempts.Count(attempt => attempt.Deployment == "b"));
    }

    [Fact]
    public async Task Retries_do_not_revive_what_is_never_retried()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "no"));
        var routing = new CallOptions { Retries = new Dictionary<FailureKind, int> { [FailureKind.AuthenticationFailed] = 3 } };
        Assert.Single((await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi", routing)))).Attempts);
    }

    [Theory]
    [InlineData("!QuotaExhausted")]
    [InlineData("!ContextWindowExceeded")]
    [InlineData("!ContentFiltered")]
    public async Task Without_fallbacks_no_other_group_answers(string failing)
    {
        TestGroup group = _router.Group(1);
        TestGroup other = _router.Group(new GroupDefinition { Name = "other", Deployments = [TestRouter.Deployment("z")] });
        group.General = group.Larger = group.Lenient = [other];
        Transport.On("a", FakeTransport.Text(failing)).On("z", FakeTransport.Text("fallback"));

        Assert.Equal("fallback", (await group.CompleteAsync("Hi")).Text);
        _router.Time.Advance(TimeSpan.FromHours(1));

        // What a filter let through is the answer, where nobody else is to be asked.
        if (failing == "!ContentFiltered") Assert.Equal(ChatFinishReason.ContentFilter, (await group.CompleteAsync("Hi", new CallOptions { DisableFallbacks = true })).FinishReason);
        else await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { DisableFallbacks = true }));
        Assert.Single(Transport.Asked, host => host == "z");
    }

    [Fact]
    public async Task Without_fallbacks_an_attempt_may_take_the_whole_deadline()
    {
        TestGroup group = _router.Group(1);
        group.General = [_router.Group(new GroupDefinition { Name = "other", Deployments = [TestRouter.Deployment("z")] })];
        Transport.On("a", FakeTransport.Hang(out Task reached));

        Task<RoutedResponse> call = group.CompleteAsync("Hi", new CallOptions { DisableFallbacks = true, Timeout = TimeSpan.FromSeconds(10) });
        await reached;
        _router.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(call.IsCompleted);
        _router.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimeSpan.FromSeconds(10), (await Assert.ThrowsAsync<RoutingException>(() => call)).Attempts[0].Duration);
    }

    [Fact]
    public async Task A_pinned_deployment_is_the_only_one_asked()
    {
        TestGroup group = _router.Group(3);
        group.General = [_router.Group(new GroupDefinition { Name = "other", Deployments = [TestRouter.Deployment("z")] })];
        Transport.On("a", FakeTransport.Text("a")).On("b", FakeTransport.Text("!Overloaded")).On("c", FakeTransport.Text("c")).On("z", FakeTransport.Text("z"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi", new CallOptions { Deployment = "b" })));

        Assert.Equal(["b", "b", "b"], failure.Attempts.Select(attempt => attempt.Deployment)); // once, and two more times
        Assert.DoesNotContain("a:", failure.Message);
    }

    [Fact]
    public void A_pinned_deployment_that_is_not_there_is_told_before_anything_is_sent()
    {
        TestGroup group = _router.Group(2);
        var routing = new CallOptions { Deployment = "x" };

        string message = Assert.Throws<ArgumentException>(() => { _ = group.CompleteAsync("Hi", routing); }).Message;

        Assert.Contains("'x'", message);
        Assert.Contains("'a', 'b'", message);
        Assert.Throws<ArgumentException>(() => group.StreamAsync("Hi", routing));
        Assert.Throws<ArgumentException>(() => group.Complete("Hi", new ChatOptions().WithRouting(routing)));
        Assert.Throws<ArgumentException>(() => group["x"]);
        Assert.Same(group.Deployments[1], group["b"]);
        Assert.Empty(Transport.Asked);
    }
}
