using System.Net;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>What one deployment finds out about a key holds for all with that key at the same origin.</summary>
public class SharedKeyTests
{
    private readonly TestRouter _router = new(new() { ["KEY"] = "sk-one", ["OTHER"] = "sk-two" });

    private FakeTransport Transport => _router.Transport;

    public static TheoryData<HttpStatusCode, string, FailureKind> OfTheKey => new()
    {
        { HttpStatusCode.Unauthorized, "no", FailureKind.AuthenticationFailed },
        { HttpStatusCode.PaymentRequired, "no", FailureKind.QuotaExhausted },
        { HttpStatusCode.BadRequest, "!AuthenticationFailed API_KEY_INVALID", FailureKind.AuthenticationFailed },
        { HttpStatusCode.TooManyRequests, "!QuotaExhausted insufficient_quota", FailureKind.QuotaExhausted },
        { HttpStatusCode.OK, "!AuthenticationFailed no", FailureKind.AuthenticationFailed },
    };

    [Theory]
    [MemberData(nameof(OfTheKey))]
    public async Task All_deployments_with_the_key_cool_down(HttpStatusCode status, string body, FailureKind kind)
    {
        TestGroup group = _router.Group(At("one", "a"), At("two", "a", order: 1), At("three", "b", order: 2));
        TestGroup other = _router.Group(new GroupDefinition { Name = "other", Deployments = [At("four", "a"), At("five", "a", key: "OTHER", order: 1), At("six", "a", key: null, order: 2)] });
        List<string> changes = [];
        _router.Changed = change => changes.Add(change.Kind is DeploymentChangeKind.CoolingDown ? $"{change.Group}/{change.Deployment} {change.Cause}" : "");
        Transport.On("a", FakeTransport.Respond(status, body)).On("b", FakeTransport.Text("from b"));

        RoutedResponse reply = await _router.RunAsync(group.CompleteAsync("Hi"));

        Assert.Equal("from b", reply.Text);
        Assert.Equal([kind, FailureKind.None], reply.Attempts.Select(static attempt => attempt.Outcome)); // "two" was not asked.
        Assert.Equal([DeploymentHealth.CoolingDown, DeploymentHealth.CoolingDown, DeploymentHealth.Healthy], group.Status.Select(static status => status.Health));
        Assert.Equal([DeploymentHealth.CoolingDown, DeploymentHealth.Healthy, DeploymentHealth.Healthy], other.Status.Select(static status => status.Health));
        Assert.All([group.Status[1], other.Status[0]], cooling => Assert.Equal((kind, 0, 0L), (cooling.LastFailure, cooling.FailuresInARow, cooling.Calls)));
        Assert.Equal(group.Status[0].CooldownRemaining, other.Status[0].CooldownRemaining);
        Assert.Equal([$"test/one {kind}", $"test/two {kind}", $"other/four {kind}"], changes);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "!PermissionDenied no")]
    [InlineData(HttpStatusCode.NotFound, "no")]
    [InlineData(HttpStatusCode.TooManyRequests, "slow down")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "down")]
    public async Task What_is_about_the_model_or_the_provider_concerns_the_one_alone(HttpStatusCode status, string body)
    {
        TestGroup group = _router.Group(At("one", "a"), At("two", "a", order: 1));
        Transport.On("a", FakeTransport.Respond(status, body), FakeTransport.Text("fine"));

        Assert.Equal("two", (await _router.RunAsync(group.CompleteAsync("Hi"))).Deployment);
        Assert.Equal((DeploymentHealth.CoolingDown, DeploymentHealth.Healthy), (group.Status[0].Health, group.Status[1].Health));
    }

    [Fact]
    public async Task All_return_when_one_finds_that_the_key_works()
    {
        TestGroup group = _router.Group(At("one", "a"), At("two", "a", order: 1), At("three", "a", order: 2));
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "no"), FakeTransport.Text("fine"));
        await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi")));
        Assert.Single(Transport.Asked);
        _router.Time.Advance(group.Status[0].CooldownRemaining);

        Assert.Equal("one", (await _router.RunAsync(group.CompleteAsync("Hi"))).Deployment);

        Assert.All(group.Status, static status => Assert.Equal(DeploymentHealth.Healthy, status.Health));
        Assert.True(group.Deployments.All(static deployment => deployment.IsOpenToAll), "Some would have to be probed.");
    }

    [Fact]
    public async Task One_that_failed_by_itself_does_not_return_with_the_key()
    {
        TestGroup group = _router.Group(At("one", "a"), At("two", "a", order: 1));
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "down", retryAfter: "590"));
        await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi", new CallOptions { Deployment = "two", MaxAttempts = 1 })));
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "no"), FakeTransport.Text("fine"));
        await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 })));
        _router.Time.Advance(group.Status[0].CooldownRemaining);

        Assert.Equal("one", (await _router.RunAsync(group.CompleteAsync("Hi"))).Deployment);
        Assert.Equal((DeploymentHealth.Healthy, DeploymentHealth.CoolingDown), (group.Status[0].Health, group.Status[1].Health));
    }

    [Fact]
    public async Task A_group_that_is_made_later_knows()
    {
        TestGroup group = _router.Group(At("one", "a"));
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "no"));
        await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi")));

        TestGroup later = _router.Group(At("two", "a"));
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(later.CompleteAsync("Hi")));

        Assert.Equal((FailureKind.AuthenticationFailed, FailureScope.Key), (failure.Kind, failure.Scope));
        Assert.Contains("after AuthenticationFailed of its key", failure.Message);
        Assert.Single(Transport.Asked);
    }

    [Fact]
    public async Task A_callers_key_concerns_nothing_else()
    {
        TestGroup group = _router.Group(At("one", "a"), At("two", "a", order: 1));
        var routing = new CallOptions { ApiKeys = new Dictionary<string, string> { ["plain"] = "sk-theirs" } };
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "no"));

        await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi", routing)));
        Assert.All(group.Status, static status => Assert.Equal(DeploymentHealth.Healthy, status.Health));

        // And our own key's cooldown is no affair of theirs.
        await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi")));
        Transport.On("a", FakeTransport.Text("fine"));
        Assert.Equal("fine", (await _router.RunAsync(group.CompleteAsync("Hi", routing))).Text);
        Assert.All(group.Status, static status => Assert.Equal(DeploymentHealth.CoolingDown, status.Health));
    }

    private static DeploymentDefinition At(string name, string host, int order = 0, string? key = "KEY") => TestRouter.Deployment(name, order: order, key: key, endpoint: $"https://{host}");
}
