using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests;

public class DeploymentTests
{
    private static readonly AttemptFailure Overloaded = new(FailureKind.Overloaded, "busy");

    private readonly VirtualTime _time = new();
    private readonly RouterContext _context;
    private readonly CallQueue _queue;

    private readonly FakeWaitingCall _onlooker;

    public DeploymentTests()
    {
        _context = Subjects.Context(_time);
        _queue = Subjects.QueueOf(_context, out _onlooker);
    }

    [Fact]
    public void Who_enters_is_in_flight_until_it_leaves()
    {
        Deployment deployment = Make(Subjects.Definition());
        Lease first = Enter(deployment);
        Lease second = Enter(deployment);
        Assert.Equal(2, deployment.Status.InFlight);
        deployment.Leave(first, default);
        deployment.Leave(second, new AttemptReport { Failure = Overloaded });
        Assert.Equal(0, deployment.Status.InFlight);
    }

    [Fact]
    public void Who_is_refused_takes_nothing()
    {
        Deployment full = Make(Subjects.Definition(rpm: 10, maxConcurrency: 1));
        Lease lease = Enter(full);
        for (int i = 0; i < 50; i++) Assert.False(full.TryEnter(Now, Subjects.Call(1), out _));
        Assert.Equal(1, full.Status.InFlight);
        full.Leave(lease, default);
        for (int i = 0; i < 9; i++) full.Leave(Enter(full), default);
        Assert.False(full.TryEnter(Now, Subjects.Call(1), out _)); // Ten requests were let in, not sixty.

        Deployment withoutTokens = Make(Subjects.Definition(rpm: 3, tpm: 100));
        Enter(withoutTokens, tokens: 100);
        for (int i = 0; i < 50; i++) Assert.False(withoutTokens.TryEnter(Now, Subjects.Call(1), out _));
        Assert.Equal(Now + TimeSpan.FromSeconds(0.6).Ticks, withoutTokens.ReturnsAt(Now, 1));

        Deployment cooling = Make(Subjects.Definition(rpm: 1, tpm: 100));
        cooling.Breakers.Outage.Fail(Now + 5, probe: false);
        for (int i = 0; i < 50; i++) Assert.False(cooling.TryEnter(Now, Subjects.Call(100), out _));
        Assert.Equal(Now + 5, cooling.ReturnsAt(Now, 100));
    }

    [Fact]
    public void A_refusal_wakes_those_who_took_it_for_full()
    {
        Deployment deployment = Make(Subjects.Definition(rpm: 1, maxConcurrency: 1));
        deployment.Leave(Enter(deployment), default);
        int looks = _onlooker.Looks;
        Assert.False(deployment.TryEnter(Now, Subjects.Call(1), out _));
        Assert.True(_onlooker.Looks > looks);
    }

    [Fact]
    public void Estimated_tokens_are_corrected_by_what_was_used()
    {
        Deployment deployment = Make(Subjects.Definition(tpm: 600));
        deployment.Leave(Enter(deployment, tokens: 600), Subjects.Used(100));
        Assert.Equal(Now, deployment.ReturnsAt(Now, 500));
        Assert.Equal(Now + TimeSpan.FromSeconds(0.1).Ticks, deployment.ReturnsAt(Now, 501));

        deployment.Leave(Enter(deployment, tokens: 100), Subjects.Used(700));
        Assert.Equal(Now + TimeSpan.FromSeconds(20.1).Ticks, deployment.ReturnsAt(Now, 1));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(long.MinValue)]
    public void A_count_below_nothing_is_nothing(long counted)
    {
        Deployment deployment = Make(Subjects.Definition(tpm: 600));
        Lease other = Enter(deployment, tokens: 300);
        deployment.Leave(Enter(deployment, tokens: 300), Subjects.Used(counted));
        Assert.Equal(0.5, deployment.Headroom, 0.001);
        deployment.Leave(other, default);
    }

    [Fact]
    public void A_limit_that_is_set_while_a_call_is_under_way_is_charged_with_what_it_used()
    {
        Deployment deployment = Make(Subjects.Definition());
        Lease lease = Enter(deployment, tokens: 0);
        deployment.SetLimits(rpm: null, tpm: 1000, maxConcurrency: null);
        deployment.Leave(lease, Subjects.Used(250));
        Assert.Equal(0.75, deployment.Headroom, 0.001);
    }

    [Fact]
    public void An_error_that_breaks_off_an_answer_gives_no_tokens_back()
    {
        Deployment deployment = Make(Subjects.Definition(tpm: 600));
        var refusal = new AttemptFailure(FailureKind.InvalidRequest, "no") { StatusCode = 400 };
        deployment.Leave(Enter(deployment, tokens: 600), new AttemptReport { Failure = refusal });
        Assert.Equal(Now, deployment.ReturnsAt(Now, 600)); // Nothing was done for it.

        deployment.Leave(Enter(deployment, tokens: 600), new AttemptReport { Failure = refusal, IsCut = true, FirstContentAt = Now });
        Assert.Equal(Now + TimeSpan.FromMinutes(1).Ticks, deployment.ReturnsAt(Now, 600));
    }

    [Fact]
    public void Failures_that_were_under_way_together_count_once()
    {
        Deployment deployment = Make(Subjects.Definition());
        Lease[] leases = [.. Enumerable.Range(0, 20).Select(_ => Enter(deployment))];
        foreach (Lease lease in leases) deployment.Leave(lease, new AttemptReport { Failure = Overloaded });

        DeploymentStatus status = deployment.Status;
        Assert.Equal(1, status.FailuresInARow);
        Assert.Equal(DeploymentHealth.CoolingDown, status.Health);
        Assert.InRange(status.CooldownRemaining.TotalSeconds, 0.16, 0.24);
    }

    [Fact]
    public void Failures_of_one_moment_on_many_threads_count_once()
    {
        for (int round = 0; round < 300; round++)
        {
            Deployment deployment = Make(Subjects.Definition());
            Lease[] leases = [.. Enumerable.Range(0, 4).Select(_ => Enter(deployment))];
            Threads.RunTogether(4, i => deployment.Leave(leases[i], new AttemptReport { Failure = Overloaded }));
            Assert.Equal(1, deployment.Status.FailuresInARow);
            Assert.InRange(deployment.Status.CooldownRemaining.TotalSeconds, 0.16, 0.24);
        }
    }

    [Fact]
    public void The_return_is_the_later_of_a_cooldowns_end_and_the_next_budgets()
    {
        var group = new GroupDefinition { Name = "group", Deployments = [Subjects.Definition(maxConcurrency: 1)], Budget = 1, BudgetPeriod = BudgetPeriod.Minute };
        var spend = new BudgetMeter(group.Budget, group.BudgetPeriod, _time);
        Deployment deployment = Deployment.Create(_context, group, groupSpend: spend)[0];
        Lease other = Enter(deployment);
        spend.Add(2_000_000_000, _time.GetUtcNow());
        Assert.Equal(Now + TimeSpan.TicksPerMinute, deployment.ReturnsAt(Now, 1));

        deployment.Breakers.Outage.Fail(Now + 3 * TimeSpan.TicksPerMinute, probe: false);
        deployment.Leave(other, default);
        Assert.Equal(Now + 3 * TimeSpan.TicksPerMinute, deployment.ReturnsAt(Now, 1));
    }

    [Theory]
    [InlineData(FailureKind.Overloaded, 1)] // One outage, of which both tell.
    [InlineData(FailureKind.RateLimited, 2)] // An outage, and a limit of the key.
    public void A_straggler_that_was_told_when_to_come_back_extends_the_cooldown(FailureKind kind, int failures)
    {
        Deployment deployment = Make(Subjects.Definition());
        Lease first = Enter(deployment);
        Lease straggler = Enter(deployment);
        deployment.Leave(first, new AttemptReport { Failure = Overloaded });
        deployment.Leave(straggler, new AttemptReport { Failure = new AttemptFailure(kind, "slow down") { RetryAfter = TimeSpan.FromSeconds(30) } });
        Assert.Equal(TimeSpan.FromSeconds(30), deployment.Status.CooldownRemaining);
        Assert.Equal(failures, deployment.Status.FailuresInARow);
    }

    [Fact]
    public void A_probe_decides_for_all()
    {
        Deployment deployment = Make(Subjects.Definition());
        deployment.Leave(Enter(deployment), new AttemptReport { Failure = Overloaded });
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DeploymentHealth.Healthy, deployment.Status.Health);

        Lease probe = Enter(deployment);
        Assert.True(probe.IsProbe);
        Assert.Equal(DeploymentHealth.Probing, deployment.Status.Health);
        Assert.False(deployment.TryEnter(Now, Subjects.Call(1), out _));
        Assert.Equal(Now + TimeSpan.FromSeconds(10).Ticks, deployment.ReturnsAt(Now, 1));

        int looks = _onlooker.Looks;
        deployment.Leave(probe, new AttemptReport { Failure = Overloaded });
        Assert.True(_onlooker.Looks > looks);
        Assert.Equal(2, deployment.Status.FailuresInARow);
        Assert.InRange(deployment.Status.CooldownRemaining.TotalSeconds, 0.4, 0.6);

        _time.Advance(TimeSpan.FromSeconds(1));
        deployment.Leave(Enter(deployment), default);
        Assert.Equal(DeploymentHealth.Healthy, deployment.Status.Health);
        Assert.Equal(0, deployment.Status.FailuresInARow);
        Assert.False(Enter(deployment).IsProbe);
    }

    [Fact]
    public void A_probe_whose_caller_went_away_hands_over_to_the_next()
    {
        Deployment deployment = Make(Subjects.Definition());
        deployment.Leave(Enter(deployment), new AttemptReport { Failure = Overloaded });
        _time.Advance(TimeSpan.FromSeconds(1));
        int looks = _onlooker.Looks;
        deployment.Leave(Enter(deployment), new AttemptReport { Abandoned = true });
        Assert.True(_onlooker.Looks > looks);
        Assert.Equal(1, deployment.Status.FailuresInARow);
        Assert.True(Enter(deployment).IsProbe);
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(8, 16)]
    [InlineData(500, 60)]
    public void A_probes_verdict_is_waited_for_as_long_as_answers_take(double latency, double seconds)
    {
        Deployment deployment = Make(Subjects.Definition());
        deployment.LatencyOf(streaming: false).Add(TimeSpan.FromSeconds(latency).Ticks, inputTokens: 0, Now, inFlight: 1);
        deployment.Breakers.Outage.Fail(Now, probe: false);
        Enter(deployment);
        Assert.Equal(seconds, new TimeSpan(deployment.ReturnsAt(Now, 1) - Now).TotalSeconds, 0.1);
    }

    [Fact]
    public void A_probe_that_fails_when_another_has_answered_counts_nothing()
    {
        Deployment deployment = Make(Subjects.Definition());
        deployment.Leave(Enter(deployment), new AttemptReport { Failure = Overloaded });
        _time.Advance(TimeSpan.FromSeconds(1));
        Lease hangs = Enter(deployment);
        _time.Advance(TimeSpan.FromSeconds(10));
        Lease second = Enter(deployment);
        Assert.True(second.IsProbe);
        deployment.Leave(second, default);
        deployment.Leave(hangs, new AttemptReport { Failure = Overloaded });

        Assert.Equal((DeploymentHealth.Healthy, 0), (deployment.Status.Health, deployment.Status.FailuresInARow));
        deployment.Leave(Enter(deployment), new AttemptReport { Failure = Overloaded });
        Assert.InRange(deployment.Status.CooldownRemaining.TotalSeconds, 0.16, 0.24);
    }

    [Fact]
    public void A_refusal_that_is_not_its_fault_is_an_answer_to_a_probe()
    {
        Deployment deployment = Make(Subjects.Definition());
        deployment.Leave(Enter(deployment), new AttemptReport { Failure = Overloaded });
        _time.Advance(TimeSpan.FromSeconds(1));
        deployment.Leave(Enter(deployment), new AttemptReport { Failure = new AttemptFailure(FailureKind.InvalidRequest, "no") });
        Assert.True(deployment.Breakers.IsClosed);
        Assert.Equal(Overloaded, deployment.LastFailure);
    }

    [Fact]
    public void Allowed_failures_leave_it_in_use_and_a_success_forgives_them()
    {
        var group = new GroupDefinition { Name = "group", Deployments = [Subjects.Definition()], AllowedFails = 2 };
        var deployment = Deployment.Create(_context, group)[0];
        deployment.Leave(Enter(deployment), new AttemptReport { Failure = Overloaded });
        deployment.Leave(Enter(deployment), new AttemptReport { Failure = Overloaded });
        Assert.Equal(DeploymentHealth.Healthy, deployment.Status.Health);
        deployment.Leave(Enter(deployment), default);
        Assert.Equal(0, deployment.Status.FailuresInARow);

        for (int i = 0; i < 3; i++) deployment.Leave(Enter(deployment), new AttemptReport { Failure = Overloaded });
        Assert.Equal(DeploymentHealth.CoolingDown, deployment.Status.Health);
    }

    [Fact]
    public void An_unconfigured_one_says_so_and_never_what_the_key_is()
    {
        RouterContext context = Subjects.Context(_time, static name => name == "BAD" ? "sk sec" : null);
        Deployment deployment = Subjects.Deployments(context, Subjects.Definition(keyVariable: "BAD"))[0];
        Assert.Equal(DeploymentHealth.NotConfigured, deployment.Status.Health);
        Assert.Contains("BAD", deployment.Status.Problem, StringComparison.Ordinal);
        Assert.DoesNotContain("sec", deployment.Status.ToString(), StringComparison.Ordinal);
        Assert.Equal("group: one", deployment.ToString());
    }

    [Fact]
    public void Never_more_than_its_concurrency_are_inside_and_at_the_end_nobody()
    {
        Deployment deployment = Make(Subjects.Definition(maxConcurrency: 4));
        int inside = 0;
        int tooMany = 0;
        Threads.RunTogether(8, _ =>
        {
            for (int i = 0; i < 2000; i++)
            {
                if (!deployment.TryEnter(0, Subjects.Call(1), out Lease lease)) continue;
                if (Interlocked.Increment(ref inside) > 4) Interlocked.Increment(ref tooMany);
                Interlocked.Decrement(ref inside);
                deployment.Leave(lease, default);
            }
        });
        Assert.Equal(0, tooMany);
        Assert.Equal(0, deployment.Status.InFlight);
    }

    private long Now => _context.Clock.Now;

    private Deployment Make(DeploymentDefinition definition) => Subjects.Deployments(_context, _queue, definition)[0];

    private Lease Enter(Deployment deployment, int tokens = 1)
    {
        Assert.True(deployment.TryEnter(Now, Subjects.Call(tokens), out Lease lease));
        return lease;
    }
}
