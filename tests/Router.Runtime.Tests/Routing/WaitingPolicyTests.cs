using System.Net;
using Microsoft.Extensions.Logging;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>Policies of users that are asked about waiting calls: no lock is held, and whatever they do, each call has its turn.</summary>
public sealed class WaitingPolicyTests
{
    private readonly RecordedLogs _logs = new();
    private readonly TestRouter _router;
    private readonly List<string> _answered = [];

    public WaitingPolicyTests() => _router = new TestRouter(logs: _logs);

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public void Calls_are_asked_about_in_order_one_after_another_on_no_lock()
    {
        const int Count = 3000;
        TestGroup group = Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a")], MaxQueueLength = Count, MaxWait = TimeSpan.FromMinutes(1) });
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "down", retryAfter: "30"), FakeTransport.Text("hello"));
        int asked = 0;
        bool isLocked = false;
        group.Policy = SelectionPolicy.Create((in SelectionContext _) =>
        {
            asked++;
            isLocked |= _router.Context.QueueGate.Lock.IsHeldByCurrentThread;
            return 0;
        });
        Task[] calls = [.. Enumerable.Range(0, Count).Select(i => AskAsync(group, i.ToString()))];
        Assert.Equal((Count, 1), (_router.Context.QueueGate.Waiting, asked));

        _router.Time.Advance(TimeSpan.FromSeconds(31));

        Assert.Equal(Count, _answered.Count);
        Assert.Equal(Enumerable.Range(1, Count - 1).Select(static i => i.ToString()), _answered.Where(static text => text != "0")); // The first backs off.
        Assert.Equal(Count + 1, asked);
        Assert.False(isLocked);
        AssertNothingLeft(calls);
    }

    [Fact]
    public void A_policy_may_do_what_it_likes_with_deployments_and_observers_hear_of_it_on_no_lock()
    {
        TestGroup group = Group(TestRouter.Deployment("a", concurrency: 1));
        TestGroup other = Group(TestRouter.Deployment("b", concurrency: 1));
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        Transport.On("a", (_, _) => slow.Task, FakeTransport.Text("hello")).On("b", FakeTransport.Hang(out _), FakeTransport.Text("hello"));
        List<DeploymentChangeKind> changes = [];
        _router.Changed = change =>
        {
            Assert.False(_router.Context.QueueGate.Lock.IsHeldByCurrentThread);
            changes.Add(change.Kind);
        };
        bool isFirst = true;
        int inFlight = -1;
        group.Policy = SelectionPolicy.Create((in SelectionContext context) =>
        {
            if (((ChatRequest)context.Request).Messages[0].Text != "waits") return 0;
            if (isFirst) other.Deployments[0].SetLimits(rpm: null, tpm: null, maxConcurrency: 2); // A call there has its turn.
            isFirst = false;
            inFlight = group.Status[0].InFlight;
            context[0].SetWeight(2);
            context[0].SetLimits(rpm: null, tpm: null, maxConcurrency: 3);
            return 0;
        });
        Task hangs = AskAsync(other, "hangs");
        Task[] calls = [AskAsync(group, "first"), AskAsync(other, "elsewhere"), AskAsync(group, "waits"), AskAsync(group, "behind")];
        Assert.Empty(_answered);

        Complete(slow);

        Assert.Equal(["behind", "elsewhere", "first", "waits"], _answered.Order(StringComparer.Ordinal));
        Assert.Equal(0, inFlight);
        Assert.Equal(3, changes.Count(static kind => kind is DeploymentChangeKind.SettingsChanged));
        Assert.All(calls, static call => Assert.True(call.IsCompletedSuccessfully));
        Assert.False(hangs.IsCompleted);
    }

    [Fact]
    public void A_call_that_a_policy_makes_goes_before_the_one_that_it_is_asked_about()
    {
        TestGroup group = Group(TestRouter.Deployment("a", concurrency: 1));
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        Transport.On("a", (_, _) => slow.Task, FakeTransport.Text("hello"));
        group.Policy = SelectionPolicy.Create((in SelectionContext context) =>
        {
            if (((ChatRequest)context.Request).Messages[0].Text == "waits")
            {
                group.Complete("nested");
                _answered.Add("nested");
            }

            return 0;
        });
        Task[] calls = [AskAsync(group, "first"), AskAsync(group, "waits"), AskAsync(group, "behind")];

        Complete(slow);

        Assert.Equal(["first", "nested", "waits", "behind"], _answered);
        AssertNothingLeft(calls);
    }

    [Fact]
    public void So_it_does_where_it_has_to_wait_itself()
    {
        TestGroup group = Group(TestRouter.Deployment("a", concurrency: 1));
        TaskCompletionSource<HttpResponseMessage>[] slow = [new(), new()];
        Transport.On("a", (_, _) => slow[0].Task, (_, _) => slow[1].Task, FakeTransport.Text("hello"));
        List<Task> nested = [];
        group.Policy = SelectionPolicy.Create((in SelectionContext context) =>
        {
            if (((ChatRequest)context.Request).Messages[0].Text == "waits" && nested.Count == 0) nested.AddRange([AskAsync(group, "nested 1"), AskAsync(group, "nested 2")]);
            return 0;
        });
        Task[] calls = [AskAsync(group, "first"), AskAsync(group, "waits"), AskAsync(group, "behind")];

        Complete(slow[0]);
        Assert.Equal(["first"], _answered);
        Assert.Equal(3, _router.Context.QueueGate.Waiting);
        Complete(slow[1]);

        Assert.Equal(["first", "nested 1", "nested 2", "waits", "behind"], _answered);
        AssertNothingLeft([.. calls, .. nested]);
    }

    [Fact]
    public void What_a_policy_has_started_waits_its_turn_when_the_policy_has_answered()
    {
        TestGroup group = Group(TestRouter.Deployment("a", concurrency: 1));
        TaskCompletionSource<HttpResponseMessage>[] slow = [new(), new()];
        Transport.On("a", (_, _) => slow[0].Task, (_, _) => slow[1].Task, FakeTransport.Text("hello"));
        var later = new TaskCompletionSource();
        Task? started = null;
        async Task AskLaterAsync()
        {
            await later.Task;
            await AskAsync(group, "started");
        }

        group.Policy = SelectionPolicy.Create((in SelectionContext context) =>
        {
            if (((ChatRequest)context.Request).Messages[0].Text == "waits") started ??= AskLaterAsync();
            return 0;
        });
        Task[] calls = [AskAsync(group, "first"), AskAsync(group, "waits"), AskAsync(group, "behind")];
        Complete(slow[0]);
        later.SetResult();
        Complete(slow[1]);

        Assert.Equal(["first", "waits", "behind", "started"], _answered);
        AssertNothingLeft([.. calls, started!]);
    }

    [Fact]
    public void A_policy_that_blocks_holds_up_no_other_group_and_no_more_urgent_call()
    {
        TestGroup group = Group(TestRouter.Deployment("a", concurrency: 1));
        TestGroup other = Group(TestRouter.Deployment("b", rpm: 1));
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        Transport.On("a", (_, _) => slow.Task, FakeTransport.Text("hello"));
        using var isAsked = new ManualResetEventSlim();
        using var mayAnswer = new ManualResetEventSlim();
        group.Policy = SelectionPolicy.Create((in SelectionContext context) =>
        {
            if (((ChatRequest)context.Request).Messages[0].Text != "blocks") return 0;
            isAsked.Set();
            mayAnswer.Wait();
            return 0;
        });
        Task first = AskAsync(group, "first");
        var thread = new Thread(() => group.Complete("blocks"));
        thread.Start();
        SpinWait.SpinUntil(() => _router.Context.QueueGate.Waiting == 1);
        lock (_router.Context.QueueGate.Lock)
        {
            // By now it has joined, too.
        }

        Task[] calls = [first, AskAsync(group, "behind"), AskAsync(other, "there 1"), AskAsync(other, "there 2")];
        Complete(slow);
        isAsked.Wait();

        Assert.Equal(["there 1", "first"], _answered);
        _router.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("there 2", _answered[^1]);
        Assert.Equal(0, group.Status[0].InFlight);
        Task urgent = AskAsync(group, "urgent", priority: -1);
        Assert.Equal("urgent", _answered[^1]);
        Task newcomer = AskAsync(group, "newcomer");
        Assert.Equal(3, _router.Context.QueueGate.Waiting);

        mayAnswer.Set();
        thread.Join();
        _router.Time.Advance(TimeSpan.Zero);
        Assert.Equal(["behind", "newcomer"], _answered[^2..]);
        AssertNothingLeft([.. calls, urgent, newcomer]);
    }

    [Fact]
    public async Task A_policy_that_throws_about_one_waiting_call_fails_that_call_alone()
    {
        TestGroup group = Group(TestRouter.Deployment("a", concurrency: 1));
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        Transport.On("a", (_, _) => slow.Task, FakeTransport.Text("hello"));
        group.Policy = SelectionPolicy.Create(static (in SelectionContext context) =>
            ((ChatRequest)context.Request).Messages[0].Text == "faulty" ? throw new InvalidOperationException("broken") : 0);
        Task[] calls = [AskAsync(group, "first"), AskAsync(group, "second")];
        Task faulty = AskAsync(group, "faulty");
        Task behind = AskAsync(group, "behind");

        Complete(slow);

        Assert.Equal(["first", "second", "behind"], _answered);
        Assert.Contains("the selection policy of 'test' failed", (await Assert.ThrowsAsync<RoutingException>(() => faulty)).Message, StringComparison.Ordinal);
        Assert.Single(_logs.Levels, static level => level is LogLevel.Error);
        AssertNothingLeft([.. calls, behind]);
    }

    [Fact]
    public void A_call_that_is_cancelled_while_its_policy_is_asked_gives_its_slot_to_the_next()
    {
        TestGroup group = Group(TestRouter.Deployment("a", concurrency: 1));
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        Transport.On("a", (_, _) => slow.Task, FakeTransport.Text("hello"));
        using var caller = new CancellationTokenSource();
        group.Policy = SelectionPolicy.Create((in SelectionContext context) =>
        {
            if (((ChatRequest)context.Request).Messages[0].Text == "cancelled") caller.Cancel();
            return 0;
        });
        Task first = AskAsync(group, "first");
        Task cancelled = AskAsync(group, "cancelled", cancellationToken: caller.Token);
        Task behind = AskAsync(group, "behind");

        Complete(slow);

        Assert.True(cancelled.IsCanceled);
        Assert.Equal(["first", "behind"], _answered);
        Assert.Equal(2, Transport.Asked.Count);
        AssertNothingLeft([first, behind]);
    }

    [Fact]
    public void A_policy_that_is_set_while_calls_wait_is_asked_about_them()
    {
        TestGroup group = Group(TestRouter.Deployment("a", concurrency: 1));
        TaskCompletionSource<HttpResponseMessage>[] slow = [new(), new()];
        Transport.On("a", (_, _) => slow[0].Task, (_, _) => slow[1].Task, FakeTransport.Text("hello"));
        Task[] calls = [.. Enumerable.Range(0, 4).Select(i => AskAsync(group, i.ToString()))];
        int asked = 0;
        group.Policy = SelectionPolicy.Create((in SelectionContext _) =>
        {
            asked++;
            return 0;
        });
        Complete(slow[0]);
        Assert.Equal((1, 1), (asked, _answered.Count));

        group.Policy = null;
        Complete(slow[1]);
        Assert.Equal((1, 4), (asked, _answered.Count));
        AssertNothingLeft(calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Of_many_threads_that_wait_for_a_policys_choice_all_get_a_slot(bool async)
    {
        // The system's time, as in production: no limit here ever runs out.
        var router = new RouterContext(new RouterOptions { Transport = new HttpMessageInvoker(Transport), Variables = static _ => "key" });
        var group = new TestGroup(router, new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a", concurrency: 2), TestRouter.Deployment("b", concurrency: 1)] });
        var other = new TestGroup(router, new GroupDefinition { Name = "other", Deployments = [TestRouter.Deployment("c", concurrency: 1)] });
        group.General = [other];
        foreach (string host in (string[])["a", "b", "c"]) Transport.On(host, FakeTransport.Text("hello"));
        bool isLocked = false;
        group.Policy = SelectionPolicy.Create((in SelectionContext context) =>
        {
            isLocked |= router.QueueGate.Lock.IsHeldByCurrentThread;
            return context.Count - 1;
        });
        Threads.RunTogether(8, _ =>
        {
            for (int i = 0; i < 500; i++)
            {
                if (async) group.CompleteAsync("Hi").GetAwaiter().GetResult();
                else group.Complete("Hi");
            }
        });
        Assert.Equal(4000, Transport.Asked.Count);
        Assert.False(isLocked);
        Assert.Equal((0, 0), (router.QueueGate.Waiting, other.Status[0].InFlight));
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
        await group.CompleteAsync(text, new CallOptions { Priority = priority }, cancellationToken: cancellationToken);
        _answered.Add(text);
    }

    private void Complete(TaskCompletionSource<HttpResponseMessage> reply)
    {
        reply.SetResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("done") });
        _router.Time.Advance(TimeSpan.Zero);
    }

    private void AssertNothingLeft(Task[] calls)
    {
        _router.Time.Advance(TimeSpan.FromDays(2)); // What is still scheduled belongs to pooled clocks, and ends.
        Assert.All(calls, static call => Assert.True(call.IsCompletedSuccessfully));
        Assert.Equal(0, _router.Context.QueueGate.Waiting);
        Assert.Equal(0, _router.Time.ActiveTimers);
    }
}
