namespace RouterGen.Interleavings.Tests;

/// <summary>The circuit breaker alone.</summary>
internal static class BreakerScenarios
{
    /// <summary>A cooldown is over: one of the next requests is a probe, whatever its outcome.</summary>
    public static void One_probe_at_a_time(Interleaving run)
    {
        const long Now = 20;
        CircuitBreaker breaker = Opened(until: 10);
        int probing = 0;
        run.Add("answered", () => Probe(() => breaker.Succeed(Now, probe: true)));
        run.Add("abandoned", () => Probe(() => breaker.Abandon(probe: true)));
        run.Add("failed", () => Probe(() => breaker.Fail(coolUntil: 30, probe: true)));
        run.Finally(() =>
        {
            Assert.False(breaker.IsProbing, "It waits for a probe that has ended.");
            AssertConsistent(breaker, Now);
        });

        void Probe(Action end)
        {
            if (!breaker.TryEnter(Now, patience: 100, out bool probe) || !probe) return;
            Assert.Equal(1, ++probing);
            Interleaving.Pause("probing");
            probing--;
            end();
        }
    }

    /// <summary>A probe is answered while a request from before it fails, with a cooldown of its own.</summary>
    public static void A_probe_and_a_straggler(Interleaving run)
    {
        const long Now = 20;
        CircuitBreaker breaker = Opened(until: 10);
        Assert.True(breaker.TryEnter(Now, patience: 100, out _));
        BreakerChange probed = default, failed = default;
        run.Add("probe", () => probed = breaker.Succeed(Now, probe: true));
        run.Add("straggler", () => failed = breaker.Fail(coolUntil: 200, probe: false));
        run.Finally(() =>
        {
            Assert.False(breaker.IsClosed, "It is closed although it was told to cool down.");
            Assert.Equal(200, breaker.CoolUntil);
            Assert.Equal(probed is BreakerChange.Closed, failed is BreakerChange.Opened);
        });
    }

    /// <summary>Two probes, because the first took long: one verdict counts, and both stragglers are counted once.</summary>
    public static void Two_verdicts(Interleaving run)
    {
        const long Now = 50;
        CircuitBreaker breaker = Opened(until: 10);
        Assert.True(breaker.TryEnter(20, patience: 10, out _));
        Assert.True(breaker.TryEnter(40, patience: 10, out bool second) && second);
        List<BreakerChange> changes = [];
        run.Add("first", () => changes.Add(breaker.Succeed(Now, probe: true)));
        run.Add("second", () => changes.Add(breaker.Succeed(Now, probe: true)));
        run.Finally(() =>
        {
            Assert.True(breaker.IsClosed);
            Assert.Single(changes, BreakerChange.Closed);
        });
    }

    /// <summary>Requests that were under way together fail together: the cooldown begins once, and lasts as long as the longest.</summary>
    public static void Failures_together(Interleaving run)
    {
        var breaker = new CircuitBreaker();
        List<BreakerChange> changes = [];
        foreach (long until in new[] { 30, 10, 20 })
        {
            run.Add($"until {until}", () =>
            {
                changes.Add(breaker.Fail(until, probe: false));
                breaker.CountFailure();
            });
        }

        run.Finally(() =>
        {
            Assert.Single(changes, BreakerChange.Opened);
            Assert.Equal((30, 3), (breaker.CoolUntil, breaker.FailuresInARow));
            Assert.False(breaker.IsClosed);
        });
    }

    /// <summary>What a cooldown was for is over while another failure brings a longer one: that stays.</summary>
    public static void A_release_and_a_failure(Interleaving run)
    {
        var breaker = new CircuitBreaker();
        breaker.Fail(coolUntil: 100, probe: false);
        BreakerChange released = default, failed = default;
        run.Add("works", () => released = breaker.Release(coolUntil: 100));
        run.Add("does not", () => failed = breaker.Fail(coolUntil: 200, probe: false));
        run.Finally(() =>
        {
            Assert.False(breaker.IsClosed, "It is closed although it was told to cool down.");
            Assert.Equal(200, breaker.CoolUntil);
            Assert.Equal(released is BreakerChange.Closed, failed is BreakerChange.Opened);
        });
    }

    /// <summary>Whether it is costly to try is counted once for each change.</summary>
    public static void Costly_once(Interleaving run)
    {
        var breaker = new CircuitBreaker();
        int changes = 0;
        foreach (string name in new[] { "one", "two" })
        {
            run.Add(name, () =>
            {
                if (breaker.SetCostly(true)) changes++;
            });
        }

        run.Finally(() => Assert.Equal(1, changes));
    }

    private static CircuitBreaker Opened(long until)
    {
        var breaker = new CircuitBreaker();
        breaker.Fail(until, probe: false);
        return breaker;
    }

    private static void AssertConsistent(CircuitBreaker breaker, long now) =>
        Assert.True(!breaker.IsClosed || breaker.CoolUntil <= now, "It is closed although it was told to cool down.");
}
