using System.Net;
using Microsoft.Extensions.Logging;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>Policies of the user's that refuse: no other deployment gets the call then.</summary>
public sealed class RefusingPolicyTests
{
    private readonly RecordedLogs _logs = new();
    private readonly TestRouter _router;

    public RefusingPolicyTests()
    {
        _router = new TestRouter(logs: _logs);
        foreach (string host in new[] { "a", "b", "c" }) Transport.On(host, FakeTransport.Text("from " + host));
    }

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public async Task A_refused_call_fails_at_once_and_says_why()
    {
        TestGroup group = _router.Group(2);
        group.Policy = SelectionPolicy.Create(static (in SelectionContext _) => SelectionPolicy.Refuse);

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Equal(FailureKind.Unsupported, failure.Kind);
        Assert.Contains("the selection policy of 'test' refused the call for a, b", failure.Message, StringComparison.Ordinal);
        Assert.Null(failure.RetryAfter);
        Assert.Empty(Transport.Asked);
        Assert.Empty(_logs.Lines); // It is no fault.
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-2)]
    [InlineData(2)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(null)]
    public async Task Nothing_that_is_wrong_with_a_policy_sends_a_call_anywhere(int? index)
    {
        TestGroup other = _router.Group(TestRouter.Deployment("c"));
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b"));
        (group.General, group.Larger, group.Lenient) = ([other], [other], [other]);
        group.Policy = SelectionPolicy.Create((in SelectionContext _) => index ?? throw new InvalidOperationException("broken"));
        for (int i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));
            Assert.Throws<RoutingException>(() => group.Complete("Hi"));
            await Assert.ThrowsAsync<RoutingException>(async () => await group.StreamAsync("Hi").GetAsyncEnumerator().MoveNextAsync());
        }

        Assert.Empty(Transport.Asked);
        Assert.Equal(index == -1 ? 0 : 1, _logs.Levels.Count(static level => level is LogLevel.Error));
    }

    [Fact]
    public async Task What_fails_at_an_accepted_deployment_is_not_given_to_a_refused_one_or_to_another_group()
    {
        TestGroup other = _router.Group(TestRouter.Deployment("c"));
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b")], MaxAttempts = 10, MaxWait = TimeSpan.Zero });
        group.General = [other];
        group.Policy = Only("a");
        Transport.On("a", FakeTransport.Text("!Overloaded"));

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => _router.RunAsync(group.CompleteAsync("Hi")));

        Assert.Equal(FailureKind.Overloaded, failure.Kind);
        Assert.Contains("No other deployment was asked: the selection policy of 'test' refused the call for b.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["a"], Transport.Asked);
    }

    [Fact]
    public async Task A_refused_call_waits_for_what_could_not_be_offered_and_takes_it_if_it_is_accepted()
    {
        TestGroup group = _router.Group(2);
        group.Policy = Only("a");
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "down", retryAfter: "3"), FakeTransport.Text("from a"));

        RoutedResponse reply = await _router.RunAsync(group.CompleteAsync("Hi"));

        Assert.Equal(("a", TimeSpan.FromSeconds(3)), (reply.Deployment, reply.Duration));
        Assert.Equal(["a", "a"], Transport.Asked);
    }

    [Fact]
    public async Task What_returns_and_is_refused_as_well_ends_the_wait()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", concurrency: 1), TestRouter.Deployment("b", concurrency: 1));
        group.Policy = Private();
        var a = new TaskCompletionSource<HttpResponseMessage>();
        var b = new TaskCompletionSource<HttpResponseMessage>();
        Transport.On("a", (_, _) => a.Task, FakeTransport.Text("from a")).On("b", (_, _) => b.Task, FakeTransport.Text("from b"));
        Task<RoutedResponse>[] before = [group.CompleteAsync("1"), group.CompleteAsync("2")];
        Task<RoutedResponse> secret = group.CompleteAsync("secret");
        Task<RoutedResponse> behind = group.CompleteAsync("3");
        Assert.Equal(2, _router.Context.QueueGate.Waiting);

        a.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("done") });
        _router.Time.Advance(TimeSpan.Zero);
        Assert.True(behind.IsCompletedSuccessfully); // It is not held up by the one before it.
        b.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("done") });
        _router.Time.Advance(TimeSpan.Zero);

        Assert.Contains("refused the call for a, b", (await Assert.ThrowsAsync<RoutingException>(() => secret)).Message, StringComparison.Ordinal);
        Assert.All(before, static call => Assert.True(call.IsCompletedSuccessfully));
        Assert.Equal(0, _router.Context.QueueGate.Waiting);
        Assert.Equal(3, Transport.Asked.Count);
    }

    [Fact]
    public async Task Those_of_the_next_order_are_offered_after_a_refusal()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1), TestRouter.Deployment("c", order: 2));
        group.Policy = Only("b");
        Assert.Equal("b", (await group.CompleteAsync("Hi")).Deployment);
        Assert.Equal(["b"], Transport.Asked);
    }

    [Fact]
    public async Task A_named_deployment_and_a_session_are_refused_too()
    {
        TestGroup group = _router.Group(2);
        group.Policy = Private();
        foreach (CallOptions routing in (CallOptions[])[new() { Deployment = "a" }, new() { SessionKey = "user-1" }])
        {
            await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("secret", routing));
            await group.CompleteAsync("Hi", routing);
        }

        Assert.Equal(2, Transport.Asked.Count);
    }

    [Fact]
    public async Task A_call_that_is_refused_at_the_second_deployment_is_not_hedged_there()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b")], HedgeLimit = 1 });
        group.Policy = Only("a");
        for (int i = 0; i < 40; i++)
        {
            Transport.On("a", FakeTransport.After(_router.Time, TimeSpan.FromMilliseconds(100), FakeTransport.Text("hello")));
            await group.CompleteAsync("Hi");
        }

        Transport.On("a", FakeTransport.Hang(out Task reached));
        Task<RoutedResponse> slow = group.CompleteAsync("secret");
        await reached;
        _router.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.DoesNotContain("b", Transport.Asked);
        Assert.False(slow.IsCompleted);
    }

    [Fact]
    public async Task A_shadow_that_is_refused_gets_no_copy()
    {
        var shadow = new DeploymentDefinition { Name = "b", Provider = "plain", Model = "b", Endpoint = "https://b", Codec = new PlainCodec(), MirrorShare = 1 };
        TestGroup group = _router.Group(TestRouter.Deployment("a"), shadow);
        group.Policy = SelectionPolicy.Create(static (in SelectionContext context) => context[0].Name == "b" && ((ChatRequest)context.Request).Messages[0].Text == "secret" ? SelectionPolicy.Refuse : 0);
        await group.CompleteAsync("secret");
        _router.Time.Advance(TimeSpan.Zero);
        Assert.Equal(["a"], Transport.Asked);

        await group.CompleteAsync("Hi");
        _router.Time.Advance(TimeSpan.Zero);
        Assert.Equal(["a", "a", "b"], Transport.Asked);
    }

    [Fact]
    public async Task A_declared_policy_that_cannot_be_made_refuses_until_it_can()
    {
        TestGroup group = _router.Group(2);
        bool works = false;
        group.Own = () => works ? Only("b") : throw new InvalidOperationException("not yet");
        for (int i = 0; i < 5; i++) await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));
        Assert.Equal([LogLevel.Error, LogLevel.Debug], _logs.Levels); // the exception itself is for Debug
        works = true;
        Assert.Equal("b", (await group.CompleteAsync("Hi")).Deployment);
        Assert.Equal(["b"], Transport.Asked);
    }

    private static SelectionPolicy Only(string name) => SelectionPolicy.Create((in SelectionContext context) =>
    {
        for (int i = 0; i < context.Count; i++)
        {
            if (context[i].Name == name) return i;
        }

        return SelectionPolicy.Refuse;
    });

    /// <summary>Takes none for what is secret, else the first.</summary>
    private static SelectionPolicy Private() => SelectionPolicy.Create(static (in SelectionContext context) => ((ChatRequest)context.Request).Messages[0].Text == "secret" ? SelectionPolicy.Refuse : 0);
}
