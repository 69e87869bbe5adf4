using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>What observers are told, in which order, and that none harms a call or another one.</summary>
public class ObserverTests
{
    private static readonly CancellationToken Test = TestContext.Current.CancellationToken;

    private readonly Recorder _recorder = new();
    private readonly TestRouter _router;

    public ObserverTests() => _router = new TestRouter(observers: [new Thrower(), _recorder]);

    [Fact]
    public async Task A_call_that_fails_over_is_told_in_order()
    {
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "busy")).On("b", FakeTransport.Text("hi"));
        await FailingOver().CompleteAsync("Hello", new CallOptions { Caller = "u1" }, cancellationToken: Test);

        Assert.Equal(
            ["call test", "attempt 1 a", "changed a CoolingDown", "ended 1 a Overloaded", "attempt 2 b", "ended 2 b None", "end test None of 2"],
            _recorder.Told);
        ObservedCall call = _recorder.Calls.Single();
        Assert.Equal("u1", call.Routing.Caller);
        Assert.Equal(CallKind.Chat, call.Kind);
        Assert.Matches("^[0-9a-f]{32}$", call.Id);
        Assert.Equal(call.Id, call.Id);
        Assert.Equal("b", call.LastAttempt!.Deployment);
    }

    [Fact]
    public async Task A_stream_tells_its_first_token_before_its_end()
    {
        _router.Transport.On("a", FakeTransport.Events("hi", " there", "[end]"));
        await foreach (ChatResponseUpdate _ in _router.Group(1).StreamAsync("Hello", cancellationToken: Test)) { }
        Assert.Equal(["call test", "attempt 1 a", "first 1 a", "ended 1 a None", "end test None of 1"], _recorder.Told);
        Assert.NotNull(_recorder.Calls.Single().LastAttempt!.TimeToFirstToken);
    }

    [Fact]
    public async Task A_stream_that_is_left_is_told_so_with_an_estimate_of_its_cost()
    {
        _router.Transport.On("a", FakeTransport.Events("hi there, and so on", " and on", "[end]"));
        await foreach (ChatResponseUpdate _ in _router.Group(1).StreamAsync("Hello", cancellationToken: Test)) break;
        ObservedCall call = _recorder.Calls.Single();
        Assert.True(call.LeftEarly);
        Assert.Equal(FailureKind.None, call.Outcome);
        Assert.True(call.LastAttempt!.IsEstimated);
        Assert.True(call.Cost > 0);
    }

    [Fact]
    public async Task An_observer_of_one_call_is_told_of_that_call_alone()
    {
        var router = new TestRouter();
        router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "busy")).On("b", FakeTransport.Text("hi"));
        ChatGroup group = router.Group(TestRouter.Deployment("a", order: 0), TestRouter.Deployment("b", order: 1));
        var own = new Recorder();
        await group.CompleteAsync("Hello", new CallOptions { Caller = "u1" }.WithObserver(own), cancellationToken: Test);
        Assert.Equal(["call test", "attempt 1 a", "ended 1 a Overloaded", "attempt 2 b", "ended 2 b None", "end test None of 2"], own.Told);

        await group.CompleteAsync("Hello", cancellationToken: Test);
        Assert.Equal(6, own.Told.Count);
    }

    [Fact]
    public async Task An_observer_of_one_call_that_throws_harms_neither_it_nor_the_routers_observers()
    {
        _router.Transport.On("a", FakeTransport.Text("hi"));
        RoutedResponse answer = await _router.Group(1).CompleteAsync("Hello", default(CallOptions).WithObserver(new Thrower()), cancellationToken: Test);
        Assert.Equal("hi", answer.Text);
        Assert.Equal(["call test", "attempt 1 a", "ended 1 a None", "end test None of 1"], _recorder.Told);
    }

    [Fact]
    public async Task A_stream_that_breaks_tells_its_attempt_before_its_call()
    {
        _router.Transport.On("a", FakeTransport.Events("hi"));
        await Assert.ThrowsAsync<RoutingException>(async () =>
        {
            await foreach (ChatResponseUpdate _ in _router.Group(1).StreamAsync("Hello", cancellationToken: Test)) { }
        });
        Assert.Equal(["ended 1 a InvalidResponse", "end test InvalidResponse of 1"], _recorder.Told.TakeLast(2));
    }

    [Fact]
    public async Task A_call_that_its_caller_cancels_is_told_so()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Test);
        _router.Transport.On("a", FakeTransport.Hang(out Task reached));
        Task<RoutedResponse> call = _router.Group(1).CompleteAsync("Hello", cancellationToken: cancel.Token);
        await reached;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(["ended 1 a Canceled", "end test Canceled of 1"], _recorder.Told.TakeLast(2));
    }

    [Fact]
    public async Task A_call_that_nothing_can_take_is_told_too()
    {
        TestGroup group = _router.Group(1);
        group.Deployments[0].Disable();
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hello", cancellationToken: Test));
        Assert.Equal(["changed a Disabled", "call test", "end test NotConfigured of 0"], _recorder.Told);
    }

    [Fact]
    public async Task A_call_whose_messages_cannot_be_read_ends_for_observers_too()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a", tpm: 1000)); // A limit of tokens looks at messages before anything is sent.
        await Assert.ThrowsAsync<InvalidOperationException>(() => group.CompleteAsync(new Unreadable(), cancellationToken: Test));
        Assert.Equal(["call test", "end test InvalidRequest of 0"], _recorder.Told);
    }

    [Fact]
    public async Task A_wait_and_a_fallback_are_told()
    {
        TestGroup second = _router.Group(new GroupDefinition { Name = "second", Deployments = [TestRouter.Deployment("b")] });
        TestGroup first = _router.Group(1);
        first.General = [second];
        _router.Transport.On("a", FakeTransport.Respond(HttpStatusCode.InternalServerError, "broken")).On("b", FakeTransport.Respond(HttpStatusCode.InternalServerError, "broken"), FakeTransport.Text("hi"));
        await _router.RunAsync(first.CompleteAsync("Hello", cancellationToken: Test));
        Assert.Contains("fallback second", _recorder.Told);
        Assert.Contains("waited Recovery", _recorder.Told);
    }

    [Fact]
    public async Task An_observer_that_throws_is_logged()
    {
        var logs = new RecordedLogs();
        var router = new TestRouter(logs: logs, observers: [new Thrower(), _recorder]);
        router.Transport.On("a", FakeTransport.Text("hi"));
        Assert.Equal("hi", (await router.Group(1).CompleteAsync("Hello", cancellationToken: Test)).Text);
        Assert.Contains(logs.Lines, static line => line.StartsWith("The observer Thrower failed", StringComparison.Ordinal));
        Assert.Equal(4, _recorder.Told.Count);
    }

    private TestGroup FailingOver() => _router.Group(TestRouter.Deployment("a", order: 0), TestRouter.Deployment("b", order: 1));

    private sealed class Recorder : IRouterObserver
    {
        public List<string> Told { get; } = [];

        public List<ObservedCall> Calls { get; } = [];

        public void CallStarted(ObservedCall call) => Told.Add($"call {call.Group}");

        public void AttemptStarted(ObservedAttempt attempt) => Told.Add($"attempt {attempt.Number} {attempt.Deployment}");

        public void FirstToken(ObservedAttempt attempt) => Told.Add($"first {attempt.Number} {attempt.Deployment}");

        public void AttemptEnded(ObservedAttempt attempt) => Told.Add($"ended {attempt.Number} {attempt.Deployment} {attempt.Outcome}");

        public void CallWaited(ObservedCall call, WaitReason reason, TimeSpan duration) => Told.Add($"waited {reason}");

        public void FallbackEntered(ObservedCall call, string group) => Told.Add($"fallback {group}");

        public void DeploymentChanged(DeploymentChange change) => Told.Add($"changed {change.Deployment} {change.Kind}");

        public void CallEnded(ObservedCall call)
        {
            Told.Add($"end {call.Group} {call.Outcome} of {call.Attempts}");
            Calls.Add(call);
        }
    }

    /// <summary>Messages that throw when they are read.</summary>
    private sealed class Unreadable : List<ChatMessage>, IReadOnlyList<ChatMessage>
    {
        public Unreadable() => Add(new ChatMessage(ChatRole.User, "Hello"));

        ChatMessage IReadOnlyList<ChatMessage>.this[int index] => throw new InvalidOperationException("It cannot be read.");
    }

    /// <summary>Throws whatever it is told.</summary>
    private sealed class Thrower : IRouterObserver
    {
        public void CallStarted(ObservedCall call) => throw new InvalidOperationException("call");

        public void AttemptStarted(ObservedAttempt attempt) => throw new InvalidOperationException("attempt");

        public void FirstToken(ObservedAttempt attempt) => throw new InvalidOperationException("first");

        public void AttemptEnded(ObservedAttempt attempt) => throw new InvalidOperationException("ended");

        public void CallEnded(ObservedCall call) => throw new InvalidOperationException("end");

        public void DeploymentChanged(DeploymentChange change) => throw new InvalidOperationException("changed");
    }
}
