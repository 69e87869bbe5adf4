using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>What an observer is told of deployments.</summary>
public sealed class DeploymentChangeTests
{
    private readonly RecordedLogs _logs = new();
    private readonly TestRouter _router;
    private readonly ConcurrentQueue<DeploymentChange> _changes = new();

    public DeploymentChangeTests()
    {
        _router = new TestRouter(logs: _logs);
        _router.Changed = _changes.Enqueue;
    }

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public async Task A_cooldown_is_told_with_its_cause_then_the_probe_then_the_verdict()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "20"), FakeTransport.Respond(HttpStatusCode.TooManyRequests, "slow down", retryAfter: "5"), FakeTransport.Text("back"))
            .On("b", FakeTransport.Text("b"));

        await group.CompleteAsync("Hi");
        Assert.Equal("test: a CoolingDown for 20 s after RateLimited", Assert.Single(_changes).ToString());
        _router.Time.Advance(TimeSpan.FromSeconds(20));
        await group.CompleteAsync("Hi");
        _router.Time.Advance(TimeSpan.FromSeconds(5));
        await group.CompleteAsync("Hi");
        await group.CompleteAsync("Hi");

        Assert.Equal(
            ["test: a CoolingDown for 20 s after RateLimited", "test: a Probing", "test: a CoolingDown for 5 s after RateLimited", "test: a Probing", "test: a Recovered after 25 s"],
            _changes.Select(change => change.ToString()));
    }

    [Fact]
    public async Task A_probe_that_streams_is_told_to_have_recovered_once()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("!QuotaExhausted"));
        await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));
        _router.Time.Advance(TimeSpan.FromHours(1));
        Transport.On("a", FakeTransport.Events("Hel", "lo", "[end]"));

        await foreach (var update in group.StreamAsync("Hi")) { }

        Assert.Equal([DeploymentChangeKind.CoolingDown, DeploymentChangeKind.Probing, DeploymentChangeKind.Recovered], _changes.Select(change => change.Kind));
    }

    [Fact]
    public void Those_that_fail_together_are_one_change()
    {
        TestGroup group = _router.Group(1);
        Deployment a = group["a"];
        Lease[] leases = [.. Enumerable.Range(0, 50).Select(_ =>
        {
            Assert.True(a.TryEnter(0, Subjects.Call(), out Lease lease));
            return lease;
        })];
        Threads.RunTogether(4, thread =>
        {
            for (int i = thread; i < leases.Length; i += 4)
                a.Leave(leases[i], new AttemptReport { Failure = new AttemptFailure(FailureKind.RateLimited, "slow down") { RetryAfter = TimeSpan.FromSeconds(i + 1) } });
        });

        Assert.Equal(DeploymentChangeKind.CoolingDown, Assert.Single(_changes).Kind);
    }

    [Fact]
    public async Task Control_is_told_once_however_often_it_is_exercised()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Hang(out Task reached));
        using var caller = new CancellationTokenSource();
        Task<RoutedResponse> call = group.CompleteAsync("Hi", cancellationToken: caller.Token);
        await reached;
        Deployment a = group["a"];

        a.Enable();
        a.Drain();
        a.Drain();
        Assert.Equal([DeploymentChangeKind.Draining], _changes.Select(change => change.Kind));
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await a.DrainAsync(CancellationToken.None);
        a.Disable();
        a.Disable();
        a.Enable();
        a.SetWeight(1);
        a.SetWeight(2);
        a.SetWeight(2);
        a.SetLimits(null, null, null);
        a.SetLimits(5, null, null);
        a.SetLimits(5, null, null);
        a.Drain();

        Assert.Equal(
            [
                DeploymentChangeKind.Draining, DeploymentChangeKind.Drained, DeploymentChangeKind.Disabled, DeploymentChangeKind.Enabled,
                DeploymentChangeKind.SettingsChanged, DeploymentChangeKind.SettingsChanged, DeploymentChangeKind.Draining, DeploymentChangeKind.Drained,
            ],
            _changes.Select(change => change.Kind));
        Assert.All(_changes, change => Assert.Equal(("test", "a"), (change.Group, change.Deployment)));
    }

    [Fact]
    public async Task The_state_is_visible_when_it_is_told_and_nothing_is_locked()
    {
        TestGroup group = _router.Group(1);
        Transport.On("a", FakeTransport.Text("!Overloaded"));
        var seen = new List<DeploymentHealth>();
        _router.Changed = change =>
        {
            seen.Add(group.Status[0].Health);
            if (change.Kind is DeploymentChangeKind.CoolingDown) group["a"].Disable();
        };

        RoutingException failure = await Assert.ThrowsAsync<RoutingException>(() => group.CompleteAsync("Hi"));

        Assert.Equal([DeploymentHealth.CoolingDown, DeploymentHealth.Disabled], seen);
        Assert.Single(failure.Attempts);
    }

    [Fact]
    public async Task What_an_observer_throws_is_logged_and_goes_no_further()
    {
        TestGroup group = _router.Group(TestRouter.Deployment("a"), TestRouter.Deployment("b", order: 1));
        Transport.On("a", FakeTransport.Text("!Overloaded")).On("b", FakeTransport.Text("b"));
        _router.Changed = _ => throw new FormatException("observer's fault");

        Assert.Equal("b", (await group.CompleteAsync("Hi")).Text);
        group["b"].SetWeight(2);

        Assert.Equal(2, group["b"].Weight);
        Assert.Equal(2, _logs.Lines.Count(line => line.Contains("observer's fault")));
        Assert.Contains(LogLevel.Error, _logs.Levels);
    }
}
