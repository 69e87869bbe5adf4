using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Clients;

/// <summary>Where the clients of deployments come from, what they are made with, and who disposes them.</summary>
public sealed class ClientOwnershipTests
{
    private readonly ScriptedClient _client = new();
    private readonly List<ChatClientContext> _made = [];

    [Theory]
    [InlineData("OWN", "THEIRS", "key-of-own")]
    [InlineData(null, "THEIRS", "key-of-theirs")]
    [InlineData(null, "ABSENT", null)]
    public async Task A_factory_learns_the_deployment_and_its_key(string? stated, string conventional, string? key)
    {
        var router = new TestRouter(variables: new() { ["OWN"] = "key-of-own", ["THEIRS"] = "key-of-theirs" });
        TestGroup group = router.Group(ScriptedClient.Deployment("a", Make, key: stated, otherKeys: [conventional]));

        await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        ChatClientContext context = Assert.Single(_made);
        Assert.Equal(("test", "a", "sdk", "model-a", key), (context.Group, context.Deployment, context.Provider, context.Model, context.ApiKey));
        Assert.Equal("test: a", context.ToString());
    }

    [Fact]
    public async Task A_key_that_is_stated_and_missing_leaves_the_deployment_unusable()
    {
        var router = new TestRouter(variables: []);
        TestGroup group = router.Group(ScriptedClient.Deployment("a", Make, key: "OWN_API_KEY"));

        RoutingException exception = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(FailureKind.NotConfigured, exception.Kind);
        Assert.Equal("the environment variable OWN_API_KEY is not set", group.Status[0].Problem);
        Assert.Empty(_made);
    }

    [Fact]
    public async Task A_factory_that_throws_leaves_the_call_to_others_and_its_key_out_of_the_message()
    {
        var router = new TestRouter(variables: new() { ["OWN"] = "sk-0123456789", ["KEY"] = "sk" });
        TestGroup group = router.Group(ScriptedClient.Deployment("a", static context => throw new ArgumentException($"cannot use {context.ApiKey}"), key: "OWN"), TestRouter.Deployment("b", order: 1));
        router.Transport.On("b", FakeTransport.Text("from b"));

        Assert.Equal("from b", (await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)).Text);
        Assert.Equal("its client could not be made: ArgumentException: cannot use ***", group.Status[0].Problem);
        Assert.Equal(DeploymentHealth.NotConfigured, group.Status[0].Health);
    }

    [Fact]
    public async Task No_failure_says_the_key()
    {
        var router = new TestRouter(variables: new() { ["OWN"] = "sk-0123456789" });
        TestGroup group = router.Group(ScriptedClient.Deployment("a", Make, key: "OWN"));
        _client.Whole = static (_, _) => throw new FormatException("the header sk-0123456789 is wrong");

        RoutingException exception = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { MaxAttempts = 1 }, cancellationToken: TestContext.Current.CancellationToken));

        Assert.DoesNotContain("0123456789", exception.ToString());
    }

    [Fact]
    public async Task Keys_of_callers_are_not_for_clients()
    {
        var router = new TestRouter();
        TestGroup group = router.Group(_client.Deployment("a"));
        _client.Whole = static (_, _) => throw new UnauthorizedAccessException();
        var routing = new CallOptions { ApiKeys = new Dictionary<string, string> { ["sdk"] = "sk-of-the-caller" }, MaxAttempts = 1 };

        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", routing, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Single(_client.Asked);
        Assert.Equal(1, group.Status[0].FailuresInARow); // It is the deployment's own failure.
    }

    [Fact]
    public async Task Options_may_give_any_deployment_a_client_which_stays_theirs()
    {
        List<ChatClientContext> asked = [];
        var router = new TestRouter(variables: [], clientFor: context =>
        {
            asked.Add(context);
            return context.Deployment == "a" ? _client : null;
        });
        TestGroup group = router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", key: null, order: 1));
        router.Transport.On("b", FakeTransport.Text("from b"));

        Assert.Equal("hello", (await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)).Text);
        _client.Whole = static (_, _) => throw new TimeoutException();
        Assert.Equal("from b", (await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)).Text);
        Assert.Equal(["a", "b"], asked.Select(static context => context.Deployment));
        Assert.Null(group.Status[0].Problem);
        router.Context.Dispose();
        Assert.Equal(0, _client.Disposed);
    }

    [Fact]
    public async Task Options_that_throw_leave_the_deployment_unusable()
    {
        var router = new TestRouter(clientFor: static context => context.Deployment == "a" ? throw new InvalidOperationException("not yet") : null);
        TestGroup group = router.Group(2);
        router.Transport.On("b", FakeTransport.Text("from b"));

        Assert.Equal("from b", (await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken)).Text);
        Assert.Equal("its client could not be made: InvalidOperationException: not yet", group.Status[0].Problem);
    }

    [Fact]
    public void The_router_disposes_what_its_factories_made()
    {
        var router = new TestRouter();
        router.Group(_client.Deployment("a"));

        router.Context.Dispose();
        router.Context.Dispose();

        Assert.Equal(1, _client.Disposed);
    }

    [Fact]
    public async Task Another_key_makes_another_client()
    {
        var source = new ReloadableSource();
        source.Reload(("OWN", "first-key"));
        var router = new TestRouter(configuration: source.ToConfiguration(), keysFromConfiguration: true);
        List<ScriptedClient> clients = [];
        TestGroup group = router.Group(ScriptedClient.Deployment("a", context =>
        {
            _made.Add(context);
            clients.Add(new ScriptedClient());
            return clients[^1];
        }, key: "OWN"));
        await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);
        source.Signal();
        Assert.Single(_made); // It is the same key.
        source.Reload(("OWN", "second-key"));

        await group.CompleteAsync("Hi", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["first-key", "second-key"], _made.Select(static context => context.ApiKey));
        Assert.Equal([1, 1], clients.Select(static client => client.Asked.Count));
        router.Context.Dispose();
        Assert.Equal([1, 1], clients.Select(static client => client.Disposed));
    }

    private ScriptedClient Make(ChatClientContext context)
    {
        _made.Add(context);
        return _client;
    }
}
