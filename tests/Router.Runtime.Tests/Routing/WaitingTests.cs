using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>Calls that find no deployment, and the order in which they get one.</summary>
public sealed class WaitingTests
{
    private readonly TestRouter _router = new();
    private readonly List<string> _answered = [];

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public void Who_waits_for_a_limit_is_served_in_order_each_at_its_time()
    {
        TestGroup group = Group(TestRouter.Deployment("a", rpm: 2));
        Task[] calls = [.. Enumerable.Range(0, 6).Select(i => AskAsync(group, i.ToString()))];
        Assert.Equal(["0", "1"], _answered);
        Assert.Equal(4, _router.Context.QueueGate.Waiting);

        for (int i = 2; i < 6; i++)
        {
            _router.Time.Advance(TimeSpan.FromSeconds(29));
            Assert.Equal(i, _answered.Count);
            _router.Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(i.ToString(), _answered[^1]);
        }

        AssertNothingLeft(calls);
    }

    [Fact]
    public void A_call_of_lower_priority_number_goes_first()
    {
        TestGroup group = Group(TestRouter.Deployment("a", rpm: 1));
        Task[] calls = [AskAsync(group, "first"), AskAsync(group, "usual"), AskAsync(group, "background", priority: 10), AskAsync(group, "urgent", priority: -1)];
        _router.Time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(["first", "urgent", "usual", "background"], _answered);
        AssertNothingLeft(calls);
    }

    [Fact]
    public async Task Beyond_the_longest_queue_a_call_fails_at_once_and_says_so()
    {
        TestGroup group = Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a", rpm: 1)], MaxQueueLength = 2 });
        Task[] calls = [AskAsync(group, "0"), AskAsync(group, "1"), AskAsync(group, "2")];

        RoutingException full = await Assert.ThrowsAsync<RoutingException>(() => AskAsync(group, "3"));

        Assert.Equal(FailureKind.RateLimited, full.Kind);
        Assert.Equal(TimeSpan.FromMinutes(1), full.RetryAfter);
        Assert.Contains("MaxQueueLength 2", full.Message, StringComparison.Ordinal);
        Assert.Empty(full.Attempts);
        _router.Time.Advance(TimeSpan.FromMinutes(1));
        Task last = AskAsync(group, "4"); // There is room again.
        _router.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(["0", "1", "2", "4"], _answered);
        AssertNothingLeft([.. calls, last]);
    }

    [Fact]
    public async Task A_full_queue_lets_the_least_urgent_go_for_who_is_more_urgent()
    {
        TestGroup group = Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a", rpm: 1)], MaxQueueLength = 2 });
        Task[] calls = [AskAsync(group, "0"), AskAsync(group, "1")];
        Task background = AskAsync(group, "background", priority: 10);
        Task urgent = AskAsync(group, "urgent", priority: -1);
        _router.Time.Advance(TimeSpan.Zero);

        RoutingException full = await Assert.ThrowsAsync<RoutingException>(() => background);
        Assert.Contains("MaxQueueLength 2", full.Message, StringComparison.Ordinal);
        _router.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(["0", "urgent", "1"], _answered);
        AssertNothingLeft([.. calls, urgent]);
    }

    [Fact]
    public async Task A_group_without_a_queue_lets_nobody_wait()
    {
        TestGroup group = Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a", rpm: 1)], MaxQueueLength = 0 });
        await AskAsync(group, "0");
        Assert.Equal(FailureKind.RateLimited, (await Assert.ThrowsAsync<RoutingException>(() => AskAsync(group, "1"))).Kind);
    }

    [Fact]
    public void Cancelled_calls_leave_nothing_behind()
    {
        TestGroup group = Group(TestRouter.Deployment("a", rpm: 1));
        Task first = AskAsync(group, "first");
        int timers = _router.Time.ActiveTimers;
        using var caller = new CancellationTokenSource();
        Task[] cancelled = [.. Enumerable.Range(0, 200).Select(i => AskAsync(group, "cancelled", cancellationToken: caller.Token))];
        Task last = AskAsync(group, "last");
        Assert.Equal(201, _router.Context.QueueGate.Waiting);
        Assert.Equal(timers + 1, _router.Time.ActiveTimers); // One for all.

        caller.Cancel();
        _router.Time.Advance(TimeSpan.Zero);

        Assert.All(cancelled, static call => Assert.True(call.IsCanceled));
        Assert.Equal(1, _router.Context.QueueGate.Waiting);
        _router.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["first", "last"], _answered);
        AssertNothingLeft([first, last]);
    }

    [Fact]
    public void A_cancelled_call_leaves_the_queue_of_a_fallback_group_where_its_own_groups_was_full()
    {
        TestGroup group = Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a", rpm: 1)], MaxQueueLength = 1, Timeout = TimeSpan.FromDays(1) });
        TestGroup other = Group(TestRouter.Deployment("b", rpm: 1));
        Task[] calls = [AskAsync(group, "to a"), AskAsync(group, "waits for a"), AskAsync(other, "to b")];
        group.General = [other];
        using var caller = new CancellationTokenSource();
        Task cancelled = AskAsync(group, "cancelled", cancellationToken: caller.Token);
        Assert.Equal(2, _router.Context.QueueGate.Waiting);

        caller.Cancel();
        _router.Time.Advance(TimeSpan.Zero);

        Assert.True(cancelled.IsCanceled);
        Assert.Equal(1, _router.Context.QueueGate.Waiting);
        AssertNothingLeft(calls);
        Assert.Equal(3, Transport.Asked.Count);
        Assert.Equal(0, other.Status[0].InFlight);
    }

    [Fact]
    public async Task Whoever_reaches_its_deadline_fails_then_and_leaves_nothing_behind()
    {
        TestGroup group = Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a", rpm: 1)], Timeout = TimeSpan.FromSeconds(90) });
        Task[] calls = [.. Enumerable.Range(0, 4).Select(i => AskAsync(group, i.ToString()))];
        _router.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(["0", "1"], _answered);

        // The others would have to wait until the second minute is over, and are told so at once.
        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => calls[2]);
        Assert.Equal(TimeSpan.FromSeconds(60), failure.RetryAfter);
        await Assert.ThrowsAsync<RoutingException>(() => calls[3]);
        AssertNothingLeft([]);
    }

    [Fact]
    public async Task A_deadline_that_passes_while_no_slot_is_freed_is_a_timeout()
    {
        TestGroup group = Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a", concurrency: 1)], Timeout = TimeSpan.FromSeconds(90) });
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        Transport.On("a", (_, _) => slow.Task);
        Task first = AskAsync(group, "first");
        Task second = AskAsync(group, "second");
        _router.Time.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(FailureKind.Timeout, (await Assert.ThrowsAsync<RoutingException>(() => second)).Kind);
        slow.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("too late") });
        await Assert.ThrowsAsync<RoutingException>(() => first);
        AssertNothingLeft([]);
    }

    [Fact]
    public void A_newcomer_does_not_overtake_unless_it_is_more_urgent()
    {
        TestGroup group = Group(TestRouter.Deployment("a", tpm: 1000));
        string large = new('x', 2400);
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        Transport.On("a", (_, _) => slow.Task, FakeTransport.Text("hello"));
        Task[] calls = [AskAsync(group, new string('y', 2400)), AskAsync(group, large)];
        Assert.Equal(1, _router.Context.QueueGate.Waiting);

        calls = [.. calls, AskAsync(group, "small"), AskAsync(group, "urgent", priority: -1)];
        Assert.Equal("urgent", _answered[^1]); // There were tokens enough for a small one.
        Assert.Equal(2, _router.Context.QueueGate.Waiting);
        _router.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal([large, "small"], _answered[^2..]);
        slow.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("done") });
        AssertNothingLeft(calls);
    }

    [Fact]
    public void A_slot_is_waited_for_though_another_deployment_cools_down_for_longer_than_there_is_time()
    {
        TestGroup group = Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b", concurrency: 1)], Timeout = TimeSpan.FromSeconds(60) });
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.Unauthorized, "no")).On("b", (_, _) => slow.Task, FakeTransport.Text("hello"));
        Task first = group.CompleteAsync("Hi", new CallOptions { Deployment = "b" });
        Task second = AskAsync(group, "second"); // a refuses it, and will do so for minutes
        Task third = AskAsync(group, "third");
        Assert.Equal(2, _router.Context.QueueGate.Waiting);

        slow.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("done") });
        _router.Time.Advance(TimeSpan.Zero);

        Assert.Equal(["second", "third"], _answered);
        AssertNothingLeft([first, second, third]);
    }

    [Fact]
    public async Task The_backoff_of_one_that_failed_does_not_delay_others()
    {
        TestGroup group = Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b", provider: "other")], Timeout = TimeSpan.FromSeconds(30) });
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "no", retryAfter: "100"))
            .On("b", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "no", retryAfter: "2"), FakeTransport.Text("hello"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi", new CallOptions { Deployment = "b", Timeout = TimeSpan.FromSeconds(1) }));

        // The wait that the provider asks of the caller's own key is longer than the deadline.
        RoutedResponse reply = await _router.RunAsync(group.CompleteAsync("Hi", new CallOptions { ApiKeys = new Dictionary<string, string> { ["plain"] = "sk-callers-own" } }));

        Assert.Equal("b", reply.Deployment);
        Assert.Equal(TimeSpan.FromSeconds(2), reply.Duration);
    }

    [Fact]
    public void Who_backs_off_takes_another_one_as_soon_as_that_has_room()
    {
        TestGroup group = Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b", concurrency: 1)], Timeout = TimeSpan.FromSeconds(200) });
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "no", retryAfter: "100")).On("b", (_, _) => slow.Task, FakeTransport.Text("hello"));
        Task first = group.CompleteAsync("Hi", new CallOptions { Deployment = "b" });
        Task second = AskAsync(group, "second"); // a refuses it
        Assert.Equal(1, _router.Context.QueueGate.Waiting);

        _router.Time.Advance(TimeSpan.FromMilliseconds(50));
        slow.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("done") });
        _router.Time.Advance(TimeSpan.Zero);

        Assert.Equal(["second"], _answered);
        Assert.Equal(["b", "a", "b"], Transport.Asked);
        AssertNothingLeft([first, second]);
    }

    [Fact]
    public void When_the_backoff_is_over_those_that_failed_are_waited_for_as_well()
    {
        TestGroup group = Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b", concurrency: 1)], Timeout = TimeSpan.FromSeconds(200) });
        Transport.On("a", FakeTransport.Text("!Overloaded"), FakeTransport.Text("back")).On("b", FakeTransport.Hang(out _));
        Task hangs = group.CompleteAsync("Hi", new CallOptions { Deployment = "b" });
        Task second = AskAsync(group, "second");
        Assert.Empty(_answered);
        _router.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["second"], _answered);
        Assert.Equal(["b", "a", "a"], Transport.Asked);
        Assert.False(hangs.IsCompleted);
    }

    [Fact]
    public void Who_waits_takes_the_first_that_returns_in_whichever_of_its_groups()
    {
        TestGroup group = Group(TestRouter.Deployment("a", rpm: 1));
        TestGroup other = Group(TestRouter.Deployment("b", concurrency: 1));
        group.General = [other];
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        Transport.On("b", (_, _) => slow.Task, FakeTransport.Text("hello"));
        Task[] calls = [AskAsync(group, "to a"), AskAsync(group, "to b"), AskAsync(group, "waits"), AskAsync(group, "waits longer")];
        Assert.Equal(["to a"], _answered);
        Assert.Equal(2, _router.Context.QueueGate.Waiting);

        slow.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("done") });
        _router.Time.Advance(TimeSpan.Zero);
        Assert.Equal(["to a", "to b", "waits", "waits longer"], _answered);
        AssertNothingLeft(calls);
    }

    [Fact]
    public void A_call_that_was_let_in_but_is_cancelled_before_it_goes_on_uses_up_nothing()
    {
        TestGroup group = Group(TestRouter.Deployment("a", rpm: 60, concurrency: 1));
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        Transport.On("a", (_, _) => slow.Task, FakeTransport.Text("hello"));
        Task first = AskAsync(group, "first");
        using var caller = new CancellationTokenSource();
        Task second = AskAsync(group, "second", cancellationToken: caller.Token);
        Task third = AskAsync(group, "third");

        slow.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("done") });
        Assert.Equal(1, group.Status[0].InFlight); // The second's.
        caller.Cancel();
        _router.Time.Advance(TimeSpan.Zero);

        Assert.True(second.IsCanceled);
        Assert.Equal(["first", "third"], _answered);
        Assert.Equal(2, Transport.Asked.Count);
        AssertNothingLeft([first, third]);
    }

    [Fact]
    public void Under_virtual_time_all_happens_on_the_thread_that_moves_it()
    {
        TestGroup group = Group(TestRouter.Deployment("a", rpm: 1));
        int here = Environment.CurrentManagedThreadId;
        List<int> elsewhere = [];
        Transport.On("a", (request, token) =>
        {
            if (Environment.CurrentManagedThreadId != here) elsewhere.Add(Environment.CurrentManagedThreadId);
            return FakeTransport.Text(_answered.Count % 2 == 0 ? "!Overloaded" : "hello")(request, token);
        });
        Task[] calls = [.. Enumerable.Range(0, 20).Select(i => AskAsync(group, i.ToString()).ContinueWith(static _ => { }, TaskContinuationOptions.ExecuteSynchronously))];
        _router.Time.Advance(TimeSpan.FromHours(2));
        Assert.Empty(elsewhere);
        Assert.All(calls, static call => Assert.True(call.IsCompleted));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_many_threads_that_wait_for_a_slot_all_get_one(bool async)
    {
        // The system's time, as in production: no limit here ever runs out.
        var router = new RouterContext(new RouterOptions { Transport = new HttpMessageInvoker(Transport), Variables = static _ => "key" });
        var group = new TestGroup(router, new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a", concurrency: 2), TestRouter.Deployment("b", concurrency: 1)] });
        Transport.On("a", FakeTransport.Text("hello")).On("b", FakeTransport.Text("hello"));
        Threads.RunTogether(8, _ =>
        {
            for (int i = 0; i < 500; i++)
            {
                if (async) group.CompleteAsync("Hi").GetAwaiter().GetResult();
                else group.Complete("Hi");
            }
        });
        Assert.Equal(4000, Transport.Asked.Count);
        Assert.Equal(0, router.QueueGate.Waiting);
        Assert.All(group.Status, static status => Assert.Equal(0, status.InFlight));
    }

    private TestGroup Group(DeploymentDefinition deployment) =>
        Group(new GroupDefinition { Name = "test", Deployments = [deployment], Timeout = TimeSpan.FromDays(1) });

    private TestGroup Group(GroupDefinition definition)
    {
        foreach (DeploymentDefinition deployment in definition.Deployments) Transport.On(deployment.Name, FakeTransport.Text("hello"));
        return _router.Group(definition);
    }

    private async Task AskAsync(TestGroup group, string text, int priority = 0, CancellationToken cancellationToken = default)
    {
        var options = new ChatOptions { AdditionalProperties = new() { [CallOptions.PropertyName] = new CallOptions { Priority = priority } } };
        await group.CompleteAsync(text, options, cancellationToken);
        _answered.Add(text);
    }

    private void AssertNothingLeft(Task[] calls)
    {
        _router.Time.Advance(TimeSpan.FromDays(2)); // What is still scheduled belongs to pooled clocks, and ends.
        Assert.All(calls, static call => Assert.True(call.IsCompletedSuccessfully));
        Assert.Equal(0, _router.Context.QueueGate.Waiting);
        Assert.Equal(0, _router.Time.ActiveTimers);
    }
}
