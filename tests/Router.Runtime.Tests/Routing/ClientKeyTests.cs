using System.Net;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>Calls that bring keys of their own.</summary>
public sealed class ClientKeyTests
{
    private const string Own = "sk-callers-own-secret-key";

    private readonly RecordedLogs _logs = new();
    private readonly CallOptions _routing = new() { ApiKeys = new Dictionary<string, string> { ["PLAIN"] = Own } };

    [Fact]
    public async Task A_callers_key_goes_to_its_own_provider_only()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", provider: "other", order: 1));
        router.Transport.On("a", FakeTransport.Text("!Overloaded"), FakeTransport.Text("a")).On("b", FakeTransport.Text("b"));

        await group.CompleteAsync("Hi", _routing);
        router.Time.Advance(TimeSpan.FromMinutes(1));
        await group.CompleteAsync("Hi");

        Assert.Equal(["Bearer " + Own, "Bearer sk-test", "Bearer sk-test"], router.Transport.Keys);
    }

    [Fact]
    public async Task With_a_callers_key_a_deployment_without_one_is_usable_for_that_call()
    {
        var router = new TestRouter([]);
        TestGroup group = router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", endpoint: "http://example.com"));
        router.Transport.On("a", FakeTransport.Text("hello"));

        Assert.Equal("hello", (await group.CompleteAsync("Hi", _routing)).Text);

        Assert.Equal("Bearer " + Own, router.Transport.Keys.Single());
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));
        Assert.Equal(FailureKind.NotConfigured, failure.Kind);

        // A key cures no endpoint: it would be sent in the clear.
        Assert.Throws<RoutingException>(() => group.Complete("Hi", new CallOptions { Deployment = "b", ApiKeys = _routing.ApiKeys }));
    }

    [Fact]
    public async Task A_stream_bears_the_callers_key_too()
    {
        var router = new TestRouter([]);
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Events("Hel", $"!Overloaded {Own}"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.StreamAsync("Hi", _routing).ToChatResponseAsync());

        Assert.Equal("Bearer " + Own, router.Transport.Keys.Single());
        Assert.DoesNotContain(Own, failure.ToString());
        Assert.Equal("***", failure.ProviderMessage);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, FailureKind.AuthenticationFailed)]
    [InlineData(HttpStatusCode.Forbidden, FailureKind.AuthenticationFailed)]
    [InlineData(HttpStatusCode.PaymentRequired, FailureKind.QuotaExhausted)]
    [InlineData(HttpStatusCode.NotFound, FailureKind.ModelNotFound)]
    [InlineData(HttpStatusCode.TooManyRequests, FailureKind.RateLimited)]
    public async Task What_fails_of_the_callers_key_changes_nothing_for_others_and_the_key_is_seen_nowhere(HttpStatusCode status, FailureKind kind)
    {
        var router = new TestRouter(logs: _logs);
        var changes = new List<DeploymentChange>();
        router.Changed = changes.Add;
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Respond(status, $"Not with {Own}.", retryAfter: "100"), FakeTransport.Text("hello"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { ApiKeys = _routing.ApiKeys, Timeout = TimeSpan.FromSeconds(60) }));

        Assert.Equal(kind, failure.Kind);
        Assert.Equal((DeploymentHealth.Healthy, 0), (group.Status[0].Health, group.Status[0].FailuresInARow));
        Assert.Empty(changes);
        Assert.Equal("hello", (await group.CompleteAsync("Hi")).Text);
        string all = string.Join("\n", [failure.ToString(), failure.ProviderMessage, .. _logs.Lines, group.Status[0].ToString()]);
        Assert.DoesNotContain(Own, all);
        Assert.Contains("***", failure.Message);
        Assert.DoesNotContain(LogLevel.Error, _logs.Levels); // Nobody but the caller can act.
    }

    [Fact]
    public async Task A_callers_rate_limit_is_waited_for_as_the_provider_asks()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "20"), FakeTransport.Text("back"));

        RoutedResponse reply = await router.RunAsync(group.CompleteAsync("Hi", _routing));

        Assert.Equal("back", reply.Text);
        Assert.Equal(TimeSpan.FromSeconds(20), reply.Duration);
    }

    [Fact]
    public async Task A_callers_rate_limit_is_told_where_it_is_not_waited_for()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "20"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { ApiKeys = _routing.ApiKeys, MaxAttempts = 1 }));

        Assert.Equal(TimeSpan.FromSeconds(20), failure.RetryAfter);
    }

    [Fact]
    public async Task What_our_own_key_brought_about_does_not_concern_a_caller_with_another()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "no"), FakeTransport.Text("hello"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Equal("hello", (await group.CompleteAsync("Hi", _routing)).Text);

        // It says nothing of our key.
        Assert.Equal(DeploymentHealth.CoolingDown, group.Status[0].Health);
        Assert.Empty((await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { Timeout = TimeSpan.FromSeconds(1) }))).Attempts);
    }

    [Fact]
    public async Task A_limit_of_our_key_that_is_told_during_an_outage_sends_nobody_into_it()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(1);
        var straggler = new TaskCompletionSource<HttpResponseMessage>();
        router.Transport.On("a", (_, _) => straggler.Task, FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "down", retryAfter: "30"), FakeTransport.Text("hello"));
        Task first = group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 });
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 }));
        var limited = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Content = new StringContent("slow down") };
        limited.Headers.TryAddWithoutValidation("Retry-After", "100");
        straggler.SetResult(limited);
        await Assert.ThrowsAsync<RoutingException>(() => first);

        RoutedResponse reply = await router.RunAsync(group.CompleteAsync("Hi", new CallOptions { ApiKeys = _routing.ApiKeys, MaxWait = TimeSpan.FromSeconds(30) }));

        Assert.Equal(TimeSpan.FromSeconds(30), reply.Duration);
        Assert.Equal(TimeSpan.FromSeconds(70), group.Status[0].CooldownRemaining); // for our key
    }

    [Fact]
    public async Task An_outage_during_a_cooldown_of_our_key_is_noticed_and_does_not_last_as_long()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "no"), FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "down", retryAfter: "20"), FakeTransport.Text("hello"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));
        var once = new CallOptions { ApiKeys = _routing.ApiKeys, MaxAttempts = 1, MaxWait = TimeSpan.FromSeconds(30) };
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", once));

        RoutedResponse reply = await router.RunAsync(group.CompleteAsync("Hi", once));

        Assert.Equal(TimeSpan.FromSeconds(20), reply.Duration);
        Assert.Equal((FailureKind.AuthenticationFailed, 1), (group.Status[0].LastFailure, group.Status[0].FailuresInARow));
        Assert.InRange(group.Status[0].CooldownRemaining.TotalSeconds, 200, 400);
    }

    [Fact]
    public async Task Those_who_wait_for_our_key_hold_up_nobody_who_brings_another()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a", concurrency: 1)], Timeout = TimeSpan.FromMinutes(5) });
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "no", retryAfter: "100"), (_, _) => slow.Task, FakeTransport.Text("hello"));
        Task<RoutedResponse> ours = group.CompleteAsync("Hi");
        router.Time.Advance(TimeSpan.FromSeconds(1)); // By now it claims the deployment.

        Task<RoutedResponse> first = group.CompleteAsync("Hi", _routing);
        Task<RoutedResponse> second = group.CompleteAsync("Hi", _routing); // finds no slot, and waits behind ours
        slow.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("done") });
        router.Time.Advance(TimeSpan.Zero);

        Assert.Equal(("done", "hello"), ((await first).Text, (await second).Text));
        Assert.False(ours.IsCompleted);
        router.Time.Advance(TimeSpan.FromSeconds(200));
        Assert.Equal("hello", (await ours).Text);
    }

    [Fact]
    public async Task Those_who_wait_for_a_budget_hold_up_nobody_who_spends_none_of_it()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")], Timeout = TimeSpan.FromMinutes(5), Budget = 0.00001m, BudgetPeriod = BudgetPeriod.Minute });
        router.Transport.On("a", FakeTransport.Text("hello"));
        await group.CompleteAsync("Hi");
        Task<RoutedResponse> ours = group.CompleteAsync("Hi");
        Assert.False(ours.IsCompleted);

        Assert.Equal(TimeSpan.Zero, (await group.CompleteAsync("Hi", _routing)).Duration);

        router.Time.Advance(TimeSpan.FromMinutes(1));
        await ours;
    }

    [Fact]
    public async Task Those_who_bring_keys_wait_for_a_limit_in_order()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a", rpm: 1)], Timeout = TimeSpan.FromMinutes(5) });
        router.Transport.On("a", FakeTransport.Text("hello"));
        await group.CompleteAsync("Hi");
        Task<RoutedResponse> ours = group.CompleteAsync("Hi");
        Task<RoutedResponse> own = group.CompleteAsync("Hi", _routing);
        router.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(ours.IsCompleted);
        Assert.False(own.IsCompleted);
        router.Time.Advance(TimeSpan.FromMinutes(1));
        await own;
    }

    [Fact]
    public async Task What_fails_of_the_callers_key_is_no_verdict_of_a_probe()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Text("!Overloaded"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 }));
        router.Time.Advance(TimeSpan.FromMinutes(1));
        var changes = new List<DeploymentChangeKind>();
        router.Changed = change => changes.Add(change.Kind);

        router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "no"), FakeTransport.Text("hello"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", _routing));
        Assert.Equal(1, group.Status[0].FailuresInARow);
        await group.CompleteAsync("Hi");

        Assert.Equal([DeploymentChangeKind.Probing, DeploymentChangeKind.Probing, DeploymentChangeKind.Recovered], changes);
    }

    [Fact]
    public async Task What_is_not_the_keys_fault_counts_whoever_brought_it()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(1);
        router.Transport.On("a", FakeTransport.Text("!Overloaded"));

        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { ApiKeys = _routing.ApiKeys, MaxAttempts = 1 }));

        Assert.Equal(DeploymentHealth.CoolingDown, group.Status[0].Health);

        // And concerns those with keys of their own as well.
        Assert.Empty((await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { ApiKeys = _routing.ApiKeys, Timeout = TimeSpan.FromMilliseconds(1) }))).Attempts);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.Unauthorized)]
    public async Task A_redirect_is_the_transports_fault_also_with_a_callers_key(HttpStatusCode status)
    {
        var router = new TestRouter();
        TestGroup group = router.Group(1);
        router.Transport.On("a", (_, _) => Task.FromResult(new HttpResponseMessage(status)
        {
            Content = new StringContent("hello"),
            RequestMessage = new HttpRequestMessage(HttpMethod.Post, "https://evil.example/chat"),
        }));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", _routing));

        Assert.Contains("redirect", failure.Message);
        Assert.Equal(DeploymentHealth.CoolingDown, group.Status[0].Health);
    }
}
