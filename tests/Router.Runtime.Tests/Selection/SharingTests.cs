using System.Net;
using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

/// <summary>What deployments with the same endpoint, key and model share, and what those of one <c>LimitGroup</c> do.</summary>
public class SharingTests
{
    private static readonly AttemptFailure Overloaded = new(FailureKind.Overloaded, "overloaded") { StatusCode = 503 };

    private readonly VirtualTime _time = new();
    private readonly List<DeploymentChange> _changes = [];
    private readonly RouterContext _context;

    public SharingTests() => _context = new RouterContext(new RouterOptions { TimeProvider = _time, Seed = 1, DeploymentChanged = _changes.Add, Variables = static name => name });

    [Fact]
    public void A_cooldown_holds_in_each_group_and_is_announced_once_for_each()
    {
        (Deployment one, Deployment two) = Pair();
        one.Leave(one.Enter(Now), new AttemptReport { Failure = Overloaded });
        Assert.Equal(DeploymentHealth.CoolingDown, two.Status.Health);
        Assert.Equal((FailureKind.Overloaded, 1), (two.Status.LastFailure, two.Status.FailuresInARow));
        Assert.False(two.TryEnter(Now, Subjects.Call(), out _));
        Assert.Equal(one.ReturnsAt(Now, 1), two.ReturnsAt(Now, 1));
        Assert.Equal(["one: subject CoolingDown", "two: subject CoolingDown"], Told());

        _time.Advance(TimeSpan.FromSeconds(1));
        Lease probe = two.Enter(Now);
        two.AnnounceProbing(probe);
        Assert.Equal(DeploymentHealth.Probing, one.Status.Health);
        Assert.False(one.TryEnter(Now, Subjects.Call(), out _));
        two.Leave(probe, default);
        Assert.Equal(DeploymentHealth.Healthy, one.Status.Health);
        Assert.Equal(["one: subject Probing", "two: subject Probing", "one: subject Recovered", "two: subject Recovered"], Told());

        // What a deployment did itself stays its own.
        Assert.Equal((1L, 1L), (one.Status.Calls, two.Status.Calls));
        Assert.Equal((1L, 0L), (one.Status.Failures, two.Status.Failures));
    }

    [Fact]
    public void Reported_limits_and_latencies_are_known_in_each_group()
    {
        (Deployment one, Deployment two) = Pair();
        using var answer = new HttpResponseMessage(HttpStatusCode.OK);
        answer.Headers.Add(PlainCodec.RemainingHeader, "25");
        one.NoteLimits(answer.Headers);
        Assert.Equal(0.25, two.Headroom, 0.01);

        one.Answer(300, Now);
        two.Answer(700, Now, stream: false);
        Assert.Equal(300, two.TimeToFirstToken!.Value.TotalMilliseconds, 1.0);
        Assert.Equal(700, one.Latency!.Value.TotalMilliseconds, 1.0);
        Assert.Equal(one.Status.LatencyP50, two.Status.LatencyP50);
    }

    [Fact]
    public void The_mean_of_late_is_kept_for_each_period()
    {
        (Deployment one, Deployment two) = Pair(ttl: TimeSpan.FromSeconds(4));
        one.Answer(300, Now);
        Assert.True(Mean(one, 60, out float mean));
        Assert.Equal(300, mean, 0.5f);
        Assert.True(Mean(two, 4, out mean));
        Assert.Equal(300, mean, 0.5f);

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(Mean(one, 60, out _));
        Assert.False(Mean(two, 4, out _));
        one.Fail(FailureKind.Timeout, 5000, Now); // which counts where nothing else is known
        Assert.True(Mean(two, 4, out mean));
        Assert.Equal(5000, mean, 0.5f);

        bool Mean(Deployment deployment, int seconds, out float value)
        {
            long period = seconds * TimeSpan.TicksPerSecond;
            return deployment.LatencyOf(streaming: true).WindowOf(period).TryMean(LatencyWindow.HalfAt(Now, period), out value);
        }
    }

    [Theory]
    [InlineData("model")]
    [InlineData("key")]
    [InlineData("endpoint")]
    [InlineData("shadow")]
    [InlineData("router")]
    public void What_differs_shares_nothing(string difference)
    {
        Deployment one = Make("one", Define());
        Deployment two = difference switch
        {
            "model" => Make("two", Define(model: "other")),
            "key" => Make("two", Define(key: "OTHER_KEY")),
            "endpoint" => Make("two", Define(endpoint: "https://other.example/v1")),
            "shadow" => Make("two", Define(share: 0.5)),
            _ => Deployment.Create(new RouterContext(new RouterOptions { TimeProvider = _time, Variables = static name => name }), new GroupDefinition { Name = "two", Deployments = [Define()] })[0],
        };
        one.Answer(300, Now);
        one.Leave(one.Enter(Now), new AttemptReport { Failure = Overloaded });
        Assert.Equal(DeploymentHealth.Healthy, two.Status.Health);
        Assert.Null(two.TimeToFirstToken);
        Assert.Equal(["one: subject CoolingDown"], Told());
    }

    [Fact]
    public void The_same_key_in_another_variable_is_the_same_key()
    {
        var router = new RouterContext(new RouterOptions { TimeProvider = _time, Variables = static _ => "sk-one-key" });
        Deployment one = Deployment.Create(router, new GroupDefinition { Name = "one", Deployments = [Define(key: "A_KEY")] })[0];
        Deployment two = Deployment.Create(router, new GroupDefinition { Name = "two", Deployments = [Define(key: "B_KEY")] })[0];
        one.Leave(one.Enter(Now), new AttemptReport { Failure = Overloaded });
        Assert.Equal(DeploymentHealth.CoolingDown, two.Status.Health);
    }

    [Fact]
    public void Duplicates_in_one_group_share_as_well()
    {
        Deployment[] twice = Deployment.Create(_context, new GroupDefinition { Name = "one", Deployments = [Define(name: "first"), Define(name: "second")] });
        twice[0].Leave(twice[0].Enter(Now), new AttemptReport { Failure = Overloaded });
        Assert.Equal(DeploymentHealth.CoolingDown, twice[1].Status.Health);
        Assert.False(twice[1].IsOpenToAll);
        Assert.Equal(["one: first CoolingDown", "one: second CoolingDown"], Told());
    }

    [Fact]
    public void Control_stays_with_the_deployment()
    {
        (Deployment one, Deployment two) = Pair();
        one.Disable();
        one.SetWeight(3);
        one.SetLimits(1, 1, 1);
        Assert.Equal((DeploymentHealth.Healthy, 1.0, null), (two.Status.Health, two.Weight, two.Status.Rpm));
        two.Enter(Now);
    }

    [Fact]
    public void Whatever_happens_at_an_endpoint_moves_the_revisions_of_all_its_deployments()
    {
        (Deployment one, Deployment two) = Pair();
        Lease lease = default;
        using var answer = new HttpResponseMessage(HttpStatusCode.OK);
        answer.Headers.Add(PlainCodec.RemainingHeader, "25");
        Action[] happenings =
        [
            () => lease = one.Enter(Now),
            () => lease = one.Confirm(lease, Now, inputTokens: 1),
            () => one.Leave(lease, Subjects.Used(5)),
            () => one.NoteLimits(answer.Headers),
            () => Assert.True(one.TryInvite(streaming: true, Now)),
            () => one.Fail(FailureKind.RateLimited, 10, Now),
        ];
        foreach (Action happening in happenings)
        {
            uint before = two.Table.RevisionOf(0);
            happening();
            Assert.NotEqual(before, two.Table.RevisionOf(0));
        }

        uint own = two.Table.RevisionOf(0);
        one.SetWeight(7);
        Assert.Equal(own, two.Table.RevisionOf(0));
    }

    [Fact]
    public void Load_is_that_of_the_endpoint()
    {
        (Deployment one, Deployment two) = Pair();
        one.Enter(Now);
        one.Enter(Now);
        Lease third = two.Enter(Now);
        Assert.Equal(3, third.InFlight);
        Assert.Equal((2, 1), (one.InFlight, two.InFlight));
        Assert.Equal((3, 3), (one.LoadOfEndpoint, two.LoadOfEndpoint));
    }

    [Fact]
    public void A_limit_group_is_one_bucket_and_one_count()
    {
        (Deployment one, Deployment two) = Limited(rpm: 3, tpm: 100, maxConcurrency: 2);
        Lease first = one.Enter(Now, tokens: 40);
        Lease second = two.Enter(Now, tokens: 40);
        Assert.Equal(CircuitBreaker.OnSignal, one.ReturnsAt(Now, 1)); // two are under way
        Assert.False(two.TryEnter(Now, Subjects.Call(), out _));
        Assert.Equal((0f, 0f), (one.FreeConcurrency, two.FreeConcurrency));

        one.Leave(first, Subjects.Used(40));
        Assert.True(two.ReturnsAt(Now, 40) > Now); // 80 of 100 tokens are used
        two.Enter(Now, tokens: 10);
        two.Leave(second, Subjects.Used(40));
        Assert.False(one.TryEnter(Now, Subjects.Call(), out _)); // three requests in this minute
        Assert.Equal(one.Headroom, two.Headroom);
    }

    [Fact]
    public void A_limit_of_a_group_that_is_changed_is_changed_for_all_of_it_and_for_those_that_come_later()
    {
        (Deployment one, Deployment two) = Limited(rpm: 3, tpm: 0, maxConcurrency: 0);
        one.Leave(one.Enter(Now), Subjects.Used(1));
        uint before = two.Table.RevisionOf(0);
        two.SetLimits(rpm: 2, tpm: 500, maxConcurrency: 4);
        Assert.Equal((2, 500, 4), (one.Status.Rpm, one.Status.Tpm, one.Status.MaxConcurrency));
        Assert.NotEqual(before, two.Table.RevisionOf(0));
        Assert.Equal(["one: first SettingsChanged", "two: second SettingsChanged"], Told().Order());

        Deployment third = Make("three", Define(name: "third", rpm: 3, limits: "account"));
        Assert.Equal(2, third.Status.Rpm);
        third.Enter(Now);
        Assert.False(one.TryEnter(Now, Subjects.Call(), out _));

        one.SetWeight(5); // which is no limit
        Assert.Equal(1, two.Weight);
    }

    [Fact]
    public void Threads_that_change_shared_limits_leave_the_same_everywhere()
    {
        (Deployment one, Deployment two) = Limited(rpm: 3, tpm: 0, maxConcurrency: 0);
        for (int round = 0; round < 50; round++)
        {
            Threads.RunTogether(4, thread => (thread % 2 == 0 ? one : two).SetLimits(10 + thread, 20 + thread, 30 + thread));
            Assert.Same(one.Settings.Requests, two.Settings.Requests);
            Assert.Same(one.Settings.Tokens, two.Settings.Tokens);
            Assert.Equal(one.Settings.MaxConcurrency, two.Settings.MaxConcurrency);
        }
    }

    [Fact]
    public void Threads_enter_no_more_often_than_a_shared_limit_admits()
    {
        (Deployment one, Deployment two) = Limited(rpm: 500, tpm: 0, maxConcurrency: 40);
        int entered = 0;
        Threads.RunTogether(8, thread =>
        {
            Deployment deployment = thread % 2 == 0 ? one : two;
            for (int i = 0; i < 200; i++)
            {
                if (deployment.TryEnter(Now, Subjects.Call(), out _)) Interlocked.Increment(ref entered);
            }
        });
        Assert.Equal(40, entered);
        Assert.Equal(40, one.InFlight + two.InFlight);
    }

    [Fact]
    public void A_call_that_waits_in_one_group_is_woken_by_what_happens_in_another()
    {
        CallQueue queue = Subjects.QueueOf(_context, out FakeWaitingCall onlooker);
        Deployment waited = Deployment.Create(_context, new GroupDefinition { Name = "one", Deployments = [Define(name: "first", rpm: 9, limits: "account")] }, queue)[0];
        Deployment other = Make("two", Define(name: "second", model: "other", rpm: 9, limits: "account"));
        Deployment same = Make("three", Define(name: "third"));
        Assert.Equal("one", waited.Group);
        foreach (Deployment deployment in new[] { other, same })
        {
            Lease lease = deployment.Enter(Now);
            int before = onlooker.Looks;
            deployment.Leave(lease, Subjects.Used(1));
            Assert.True(onlooker.Looks > before);
        }
    }

    private long Now => _context.Clock.Now;

    private (Deployment One, Deployment Two) Pair(TimeSpan? ttl = null) => (Make("one", Define()), Make("two", Define(), ttl));

    private (Deployment One, Deployment Two) Limited(int rpm, int tpm, int maxConcurrency) => (
        Make("one", Define(name: "first", model: "first", rpm: rpm, tpm: tpm, maxConcurrency: maxConcurrency, limits: "account")),
        Make("two", Define(name: "second", model: "second", rpm: rpm, tpm: tpm, maxConcurrency: maxConcurrency, limits: "account")));

    private Deployment Make(string group, DeploymentDefinition definition, TimeSpan? ttl = null) =>
        Deployment.Create(_context, new GroupDefinition { Name = group, Deployments = [definition], LatencyTtl = ttl ?? TimeSpan.FromSeconds(60) })[0];

    private string[] Told()
    {
        string[] told = [.. _changes.Select(static change => $"{change.Group}: {change.Deployment} {change.Kind}")];
        _changes.Clear();
        return told;
    }

    private static DeploymentDefinition Define(
        string name = "subject", string model = "model", string key = "KEY", string endpoint = "https://provider.example/v1", double share = 0, int rpm = 0, int tpm = 0, int maxConcurrency = 0, string? limits = null) => new()
    {
        Name = name,
        Provider = "provider",
        Model = model,
        Endpoint = endpoint,
        KeyVariable = key,
        Codec = new PlainCodec(),
        MirrorShare = share,
        Rpm = rpm,
        Tpm = tpm,
        MaxConcurrency = maxConcurrency,
        LimitGroup = limits,
    };
}
