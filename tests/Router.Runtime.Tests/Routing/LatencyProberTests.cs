using System.Net;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Routing;

/// <summary>Latencies that are measured in the background.</summary>
public sealed class LatencyProberTests
{
    private readonly TestRouter _router = new();
    private Deployment[] _deployments = [];
    private LatencyProber _prober = null!;
    private LowestLatencyPolicy _policy = null!;

    private FakeTransport Transport => _router.Transport;

    [Fact]
    public async Task What_is_not_known_is_measured_in_the_background_and_counted_apart()
    {
        Make(TestRouter.Deployment("a"), TestRouter.Deployment("b"));
        Answer("a", 100);
        Answer("b", 50);
        await MeasureAllAsync();

        Assert.Equal(100, _deployments[0].TimeToFirstToken!.Value.TotalMilliseconds, 0.1);
        Assert.Equal(50, _deployments[1].TimeToFirstToken!.Value.TotalMilliseconds, 0.1);
        Assert.Equal([1, 1], Measured);
        Assert.All(_deployments, static deployment => Assert.Equal(0.00002m, deployment.Status.LatencyProbeCost)); // 10 tokens at 1, 5 at 2 USD a million
        Assert.All(_deployments, static deployment => Assert.Equal(0, deployment.Status.Spend.Spent)); // No budget pays for them.
        Assert.All(_deployments, static deployment => Assert.Equal(0, deployment.Status.InFlight));
        Assert.Equal([0, 10], _policy.Picks(_deployments, 10, Now, Subjects.Call(stream: true)));
        Assert.Equal([0, 10], _policy.Picks(_deployments, 10, Now, Subjects.Call(stream: false)));
    }

    [Fact]
    public async Task No_policy_hears_of_it()
    {
        Make(TestRouter.Deployment("a"), TestRouter.Deployment("b"));
        var listener = new Listener();
        foreach (Deployment deployment in _deployments) deployment.Observer = listener;
        Answer("a", 100);
        Answer("b", 50);
        await MeasureAllAsync();
        Assert.Equal([1, 1], Measured);
        Assert.Equal(0, listener.Heard);
    }

    private sealed class Listener : SelectionPolicy, IAttemptObserver
    {
        public int Heard { get; private set; }

        public override int Pick(in SelectionContext context) => 0;

        public override void Observe(in AttemptObservation observation) => Heard++;

        public override void ObserveFirstToken(Deployment deployment, TimeSpan timeToFirstToken) => Heard++;
    }

    [Fact]
    public async Task One_is_measured_at_a_time_and_each_once_in_the_period()
    {
        Make(TestRouter.Deployment("a"), TestRouter.Deployment("b"));
        Transport.On("a", FakeTransport.Hang(out Task reached));
        Answer("b", 50);
        Choose();
        _router.Time.Advance(TimeSpan.Zero);
        await reached;
        Assert.Equal(["a"], Transport.Asked);
        for (int i = 0; i < 10; i++) Choose();
        _router.Time.Advance(TimeSpan.Zero);
        Assert.Equal(["a"], Transport.Asked); // b has to wait.

        _router.Time.Advance(TimeSpan.FromSeconds(30)); // a's measurement ran out of time; a cools down.
        await UntilIdleAsync();
        Assert.Equal(DeploymentHealth.CoolingDown, _deployments[0].Status.Health);
        _router.Time.Advance(TimeSpan.FromSeconds(30.1)); // No less than the failure took.
        Answer("a", 50);
        await MeasureAllAsync();
        Assert.Equal(["a", "a", "b"], Transport.Asked);
        Assert.Equal([2, 1], Measured);
    }

    [Fact]
    public async Task Each_period_it_is_measured_again_while_calls_come()
    {
        Make(TestRouter.Deployment("a"), TestRouter.Deployment("b"));
        Answer("a", 100);
        Answer("b", 50);
        await MeasureAllAsync();
        _router.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal([1, 1], Measured); // Nobody calls, nothing is spent.
        await MeasureAllAsync();
        Assert.Equal([2, 2], Measured);
    }

    [Fact]
    public async Task As_long_as_calls_come_none_is_without_a_sample_once_all_have_been_measured()
    {
        Make(TestRouter.Deployment("a"), TestRouter.Deployment("b"), TestRouter.Deployment("c"));
        Answer("a", 100);
        Answer("b", 50);
        Answer("c", 75);
        await MeasureAllAsync();
        for (int call = 0; call < 600; call++)
        {
            _router.Time.Advance(TimeSpan.FromSeconds(1.1));
            int half = LatencyWindow.HalfAt(Now, TimeSpan.TicksPerMinute);
            Assert.All(_deployments, deployment => Assert.True(deployment.LatencyOf(streaming: true).Window.TryMean(half, out _)));
            Choose();
            _router.Time.Advance(TimeSpan.Zero);
            await UntilIdleAsync();
        }

        Assert.All(Measured, static times => Assert.InRange(times, 22, 24)); // Twice in each of eleven minutes, and no more often.
    }

    [Fact]
    public async Task Who_streams_is_not_measured()
    {
        Make(TestRouter.Deployment("a"), TestRouter.Deployment("b"));
        Answer("a", 100);
        Answer("b", 50);
        _deployments[0].Answer(70, Now);
        await MeasureAllAsync();
        Assert.Equal([0, 1], Measured);
        _router.Time.Advance(TimeSpan.FromSeconds(30));
        _deployments[1].Answer(70, Now);
        await MeasureAllAsync();
        Assert.Equal([1, 1], Measured);
    }

    [Fact]
    public async Task Limits_and_cooldowns_hold_for_it_too()
    {
        Make(TestRouter.Deployment("a"), TestRouter.Deployment("b", rpm: 1), TestRouter.Deployment("c"), TestRouter.Deployment("d"));
        Answer("a", 100);
        Answer("d", 100);
        Answer("b", 50);
        Answer("c", 50);
        _deployments[2].Breakers.Outage.Fail(Now + TimeSpan.TicksPerDay, probe: false);
        Lease lease = _deployments[1].Enter(Now);
        _deployments[1].Leave(lease, default);
        await MeasureAllAsync();
        Assert.Equal(["a", "d"], Transport.Asked);
        Assert.Equal([1, 0, 0, 1], Measured);
    }

    [Fact]
    public async Task What_it_finds_broken_cools_down_and_a_refusal_does_no_harm()
    {
        Make(TestRouter.Deployment("a"), TestRouter.Deployment("b"));
        Transport.On("a", FakeTransport.Respond(HttpStatusCode.ServiceUnavailable, "busy")).On("b", FakeTransport.Respond(HttpStatusCode.BadRequest, "one token is too few"));
        await MeasureAllAsync();
        Assert.Equal(DeploymentHealth.CoolingDown, _deployments[0].Status.Health);
        Assert.Equal(DeploymentHealth.Healthy, _deployments[1].Status.Health);
        Assert.All(_deployments, static deployment => Assert.Null(deployment.TimeToFirstToken));
        Assert.All(_deployments, static deployment => Assert.Equal(0, deployment.Status.InFlight));
        Assert.All(_deployments, static deployment => Assert.Equal(0, deployment.Status.LatencyProbeCost));
    }

    [Fact]
    public async Task What_was_counted_of_one_that_failed_is_told()
    {
        Make(TestRouter.Deployment("a"), TestRouter.Deployment("b"));
        Transport.On("a", FakeTransport.Events("[usage]", "!Overloaded"));
        Answer("b", 50);
        await MeasureAllAsync();
        Assert.Equal(0.00002m, _deployments[0].Status.LatencyProbeCost);
    }

    [Fact]
    public async Task One_that_probes_is_told_like_any_other_probe()
    {
        Make(TestRouter.Deployment("a"), TestRouter.Deployment("b"));
        Answer("a", 100);
        _deployments[0].Breakers.Outage.Fail(Now + TimeSpan.TicksPerSecond, probe: false);
        _router.Time.Advance(TimeSpan.FromSeconds(1));
        var changes = new List<DeploymentChangeKind>();
        _router.Changed = change => changes.Add(change.Kind);
        _prober.Measure(_deployments[0]);
        _router.Time.Advance(TimeSpan.Zero);
        await UntilIdleAsync();
        Assert.Equal([DeploymentChangeKind.Probing, DeploymentChangeKind.Recovered], changes);
    }

    [Fact]
    public async Task It_is_not_observed()
    {
        TestGroup group = _router.Group(new GroupDefinition { Name = "test", Deployments = [TestRouter.Deployment("a"), TestRouter.Deployment("b")], LatencyProbes = true });
        int observed = 0;
        group.Policy = new Counting(() => observed++);
        Answer("a", 100);
        Answer("b", 50);
        var options = new ChatOptions { AdditionalProperties = new() { [CallOptions.PropertyName] = new CallOptions { Strategy = RoutingStrategy.LowestLatency } } };
        await ReadAsync(group, options);
        _router.Time.Advance(TimeSpan.Zero);
        while (group.Status.Sum(static status => status.LatencyProbes) == 0) await Task.Yield();
        Assert.Equal(1, observed);
    }

    [Fact]
    public async Task A_model_that_thinks_its_token_away_is_measured_by_its_end()
    {
        Make(TestRouter.Deployment("a"), TestRouter.Deployment("b"));
        Transport.On("a", FakeTransport.After(_router.Time, TimeSpan.FromMilliseconds(70), FakeTransport.Events("[role]", "[end]")));
        Answer("b", 50);
        await MeasureAllAsync();
        Assert.Equal(70, _deployments[0].TimeToFirstToken!.Value.TotalMilliseconds, 0.1);
    }

    private void Make(params DeploymentDefinition[] definitions)
    {
        var group = new GroupDefinition { Name = "test", Deployments = definitions };
        _deployments = Subjects.Deployments(_router.Context, definitions);
        _prober = new LatencyProber(_router.Context, group, ChatBackground.Instance);
        _policy = new LowestLatencyPolicy(group, _deployments[0].Table, new RandomSource(1), _prober.Measure);
    }

    private void Answer(string host, double milliseconds) =>
        Transport.On(host, FakeTransport.After(_router.Time, TimeSpan.FromMilliseconds(milliseconds), static (request, token) => FakeTransport.Events("x", "[end]")(request, token)));

    /// <summary>Picks as a call would, without making one.</summary>
    private void Choose()
    {
        int[] eligible = [.. _deployments.Where(deployment => deployment.ReturnsAt(Now, 1) <= Now).Select(static deployment => deployment.Index)];
        CallProfile call = Subjects.Call(stream: true);
        _policy.Pick(new SelectionContext(_deployments, eligible, call, Now));
    }

    private async Task MeasureAllAsync()
    {
        foreach (Deployment _ in _deployments)
        {
            Choose();
            _router.Time.Advance(TimeSpan.Zero);
            await UntilIdleAsync();
        }
    }

    private async Task UntilIdleAsync()
    {
        while (_prober.IsBusy) await Task.Yield();
    }

    private int[] Measured => [.. _deployments.Select(static deployment => (int)deployment.Status.LatencyProbes)];

    private long Now => _router.Context.Clock.Now;

    private static async Task ReadAsync(TestGroup group, ChatOptions options)
    {
        await foreach (ChatResponseUpdate _ in group.StreamAsync("Hi", options))
        {
        }
    }

    private sealed class Counting(Action count) : SelectionPolicy
    {
        public override int Pick(in SelectionContext context) => 0;

        public override void Observe(in AttemptObservation observation) => count();
    }
}
