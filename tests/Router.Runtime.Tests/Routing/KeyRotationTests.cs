using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Configuration;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>Keys that the application's configuration holds, and that change while calls run.</summary>
public sealed class KeyRotationTests
{
    private readonly ReloadableSource _source = new();
    private readonly TestRouter _router;

    public KeyRotationTests() => _router = new TestRouter(configuration: _source.ToConfiguration(), keysFromConfiguration: true);

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public async Task The_next_call_uses_the_new_key()
    {
        _source.Reload(("KEY", "sk-one"));
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("hello"));
        await group.CompleteAsync("Hi");

        _source.Reload(("KEY", "sk-two"));
        await group.CompleteAsync("Hi");

        Assert.Equal(["Bearer sk-one", "Bearer sk-two"], Transport.Keys);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.PaymentRequired)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Deployments_that_are_out_because_of_their_key_come_back(HttpStatusCode status)
    {
        _source.Reload(("KEY", "sk-one"), ("OTHER", "sk-other"));
        TestGroup group = _router.Group(TestRouter.Deployment("a"));
        TestGroup other = _router.Group(new GroupDefinition { Name = "other", Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b", key: "OTHER")], MaxAttempts = 1 });
        var changes = new ConcurrentQueue<string>();
        _router.Changed = change => changes.Enqueue($"{change.Group}/{change.Deployment} {change.Kind}");
        Transport.On("a", FakeTransport.Respond(status, "no"), FakeTransport.Text("hello")).On("b", FakeTransport.Respond(HttpStatusCode.Unauthorized, "no"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 }));
        await Assert.ThrowsAsync<RoutingException>(() => other.CompleteAsync("Hi", new CallOptions { Deployment = "b" }));
        Assert.Equal([DeploymentHealth.CoolingDown, DeploymentHealth.CoolingDown, DeploymentHealth.CoolingDown], [.. group.Status.Concat(other.Status).Select(static one => one.Health)]);

        _source.Reload(("KEY", "sk-two"), ("OTHER", "sk-other"));

        Assert.Equal([DeploymentHealth.Healthy, DeploymentHealth.Healthy, DeploymentHealth.CoolingDown], [.. group.Status.Concat(other.Status).Select(static one => one.Health)]);
        Assert.Contains("test/a Recovered", changes);
        Assert.Contains("other/a Recovered", changes);
        Assert.Contains("test/a SettingsChanged", changes);
        Assert.DoesNotContain("other/b Recovered", changes);
        Assert.Equal("hello", (await group.CompleteAsync("Hi")).Text);
        Assert.Equal("Bearer sk-two", Transport.Keys.Last());
    }

    [Fact]
    public async Task What_the_old_key_brings_about_later_is_not_held_against_the_new_one()
    {
        _source.Reload(("KEY", "sk-one"));
        TestGroup group = _router.Group(1);
        var gate = new TaskCompletionSource();
        var reached = new TaskCompletionSource();
        Transport.On("a", async (_, _) =>
        {
            reached.SetResult();
            await gate.Task;
            return new HttpResponseMessage(HttpStatusCode.Unauthorized) { Content = new StringContent("revoked") };
        });
        Task<RoutedResponse> call = group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 });
        await reached.Task;

        _source.Reload(("KEY", "sk-two"));
        gate.SetResult();

        Assert.Equal(FailureKind.AuthenticationFailed, (await Assert.ThrowsAsync<RoutingException>(() => call)).Kind);
        Assert.Equal((DeploymentHealth.Healthy, 0), (group.Status[0].Health, group.Status[0].FailuresInARow));
    }

    [Fact]
    public async Task A_key_that_comes_later_puts_its_deployment_into_use_and_one_that_goes_takes_it_out()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("hello"));
        Assert.Equal(DeploymentHealth.NotConfigured, group.Status[0].Health);
        Assert.Equal(FailureKind.NotConfigured, (await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"))).Kind);

        _source.Reload(("KEY", "sk-one"));
        Assert.Equal("hello", (await group.CompleteAsync("Hi")).Text);

        _source.Reload();
        Assert.Contains("KEY is not set", group.Status[0].Problem, StringComparison.Ordinal);
        Assert.Equal(FailureKind.NotConfigured, (await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"))).Kind);
    }

    [Fact]
    public async Task Two_keys_that_come_later_are_two_accounts()
    {
        TestGroup group = _router.Group(Account("one", "KEY_1"), Account("two", "KEY_2"));
        _source.Reload(("KEY_1", "sk-one"), ("KEY_2", "sk-two"));
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "60"), FakeTransport.Text("hello"));

        Assert.Equal("hello", (await group.CompleteAsync("Hi")).Text);
        Assert.Equal(1, group.Status.Count(static status => status.Health is DeploymentHealth.CoolingDown));

        static DeploymentDefinition Account(string name, string key) => new()
        {
            Name = name, Provider = "plain", Model = "same", Endpoint = "https://a", KeyVariable = key, Codec = new PlainCodec(),
        };
    }

    [Fact]
    public void A_reload_without_another_key_changes_nothing()
    {
        _source.Reload(("KEY", "sk-one"));
        TestGroup group = _router.Group(1);
        List<DeploymentChangeKind> changes = [];
        _router.Changed = change => changes.Add(change.Kind);
        Credentials before = group.Deployments[0].Credentials;

        _source.Reload(("KEY", "sk-one"), ("Logging:Level", "5"));

        Assert.Same(before, group.Deployments[0].Credentials);
        Assert.Empty(changes);
    }

    [Fact]
    public async Task A_source_that_fails_leaves_the_key_that_was_there()
    {
        _source.Reload(("KEY", "sk-one"));
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("hello"));
        _source.Fails = true;
        _source.Signal();
        _source.Fails = false;

        Assert.Equal("hello", (await group.CompleteAsync("Hi")).Text);
    }

    [Fact]
    public async Task Key_and_endpoint_change_together()
    {
        _source.Reload(("KEY", "sk-a"), ("URL", "https://a"));
        TestGroup group = _router.Group(new DeploymentDefinition { Name = "one", Provider = "plain", Model = "one", Endpoint = "https://declared", EndpointVariable = "URL", KeyVariable = "KEY", Codec = new PlainCodec() });
        Transport.On("a", FakeTransport.Text("!Overloaded")).On("b", FakeTransport.Text("from b"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 }));
        Assert.Equal(DeploymentHealth.CoolingDown, group.Status[0].Health);

        _source.Reload(("KEY", "sk-b"), ("URL", "https://b"));

        Assert.Equal("from b", (await group.CompleteAsync("Hi")).Text); // Another endpoint has not failed.
        Assert.Equal([("a", "Bearer sk-a"), ("b", "Bearer sk-b")], Transport.Asked.Zip(Transport.Keys));
    }

    [Fact]
    public void A_key_of_configuration_may_be_in_a_section()
    {
        _source.Reload(("OpenAI:ApiKey", ""));
        TestGroup group = _router.Group(TestRouter.Deployment("a", key: "OpenAI:ApiKey"));
        Assert.Equal("the environment variable OpenAI:ApiKey is not set", group.Status[0].Problem);
        _source.Reload(("OpenAI:ApiKey", "sk-one"));
        Assert.Equal(DeploymentHealth.Healthy, group.Status[0].Health);
    }

    [Fact]
    public void Variables_are_looked_up_in_configuration_then_in_the_environment_unless_code_says_how()
    {
        string path = Environment.GetEnvironmentVariable("PATH")!;
        Assert.Equal(path, new RouterOptions().Variables("PATH"));
        Assert.Equal(path, new RouterOptions { Configuration = Of(("KEY", "sk-one")) }.Variables("PATH"));
        Assert.Equal(path, new RouterOptions { Configuration = Of(("PATH", " ")) }.Variables("PATH"));
        Assert.Equal("mine", new RouterOptions { Configuration = Of(("PATH", "mine")) }.Variables("PATH"));
        Assert.Equal("coded", new RouterOptions { Configuration = Of(("PATH", "mine")), Variables = static _ => "coded" }.Variables("PATH"));

        static IConfiguration Of((string Key, string Value) one) => new ConfigurationBuilder().AddInMemoryCollection([new(one.Key, one.Value)]).Build();
    }
}
