namespace RouterGen.Runtime.Tests;

public class CircuitBreakerTests
{
    private const long Patience = 2000;
    private const long Deadline = 10_000;

    private readonly CircuitBreaker _breaker = new();

    [Fact]
    public void A_new_one_is_closed_and_lets_all_in()
    {
        Assert.True(_breaker.IsClosed);
        Assert.Equal(5, _breaker.ReturnsAt(5, Deadline));
        for (int i = 0; i < 3; i++)
        {
            Assert.True(_breaker.TryEnter(5, Patience, out bool probe));
            Assert.False(probe);
        }
    }

    [Fact]
    public void A_failure_opens_it_until_its_cooldown_is_over()
    {
        _breaker.Fail(100, probe: false);
        Assert.False(_breaker.IsClosed);
        Assert.Equal(100, _breaker.ReturnsAt(5, Deadline));
        Assert.False(_breaker.TryEnter(99, Patience, out _));
        Assert.True(_breaker.TryEnter(100, Patience, out bool probe));
        Assert.True(probe);
    }

    [Fact]
    public void Each_change_is_told_to_the_one_who_brought_it_about()
    {
        Assert.Equal(BreakerChange.None, _breaker.Succeed(1, probe: false));
        Assert.Equal(BreakerChange.Opened, _breaker.Fail(100, probe: false));
        Assert.Equal(BreakerChange.None, _breaker.Fail(200, probe: false));
        Assert.Equal(BreakerChange.None, _breaker.Succeed(150, probe: false));
        Assert.True(_breaker.TryEnter(200, Patience, out _));
        Assert.Equal(BreakerChange.None, _breaker.Fail(210, probe: false));
        Assert.Equal(BreakerChange.Opened, _breaker.Fail(300, probe: true));
        Assert.True(_breaker.TryEnter(300, Patience, out _));
        Assert.Equal(BreakerChange.None, _breaker.Fail(400, probe: false)); // a straggler: the probe's success brings no recovery then
        Assert.Equal(BreakerChange.Opened, _breaker.Succeed(310, probe: true));
        Assert.True(_breaker.TryEnter(400, Patience, out _));
        Assert.Equal(BreakerChange.Closed, _breaker.Succeed(410, probe: true));
    }

    [Fact]
    public void A_cooldown_is_extended_but_never_shortened()
    {
        _breaker.Fail(100, probe: false);
        _breaker.Fail(50, probe: false);
        Assert.Equal(100, _breaker.CoolUntil);
        _breaker.Fail(200, probe: false);
        Assert.Equal(200, _breaker.CoolUntil);
    }

    [Fact]
    public void While_one_probes_the_others_wait_for_its_verdict()
    {
        Probe();
        Assert.True(_breaker.IsProbing);
        Assert.Equal(100 + Patience, _breaker.ReturnsAt(1000, Deadline));
        Assert.False(_breaker.TryEnter(1000, Patience, out bool second));
        Assert.False(second);
    }

    [Fact]
    public void Where_no_verdict_comes_another_one_probes_as_well_and_then_another()
    {
        Probe();
        for (long now = 100 + Patience; now < 100 + 5 * Patience; now += Patience)
        {
            Assert.False(_breaker.TryEnter(now - 1, Patience, out _));
            Assert.Equal(now, _breaker.ReturnsAt(now, Deadline));
            Assert.True(_breaker.TryEnter(now, Patience, out bool probe));
            Assert.True(probe);
            Assert.Equal(now + Patience, _breaker.ReturnsAt(now, long.MaxValue));
        }
    }

    [Fact]
    public void Who_has_less_patience_than_that_waits_for_the_verdict_until_its_deadline()
    {
        Probe();
        Assert.Equal(500, _breaker.ReturnsAt(200, deadline: 500));
        Assert.Equal(100 + Patience, _breaker.ReturnsAt(500, deadline: 500)); // It waits no longer, and can say when to come back.
        _breaker.Fail(800, probe: false); // a straggler: no verdict brings it back before that
        Assert.Equal(800, _breaker.ReturnsAt(200, deadline: 500));
    }

    [Fact]
    public void Of_several_probes_the_first_verdict_counts()
    {
        Probe();
        Assert.True(_breaker.TryEnter(100 + Patience, Patience, out _));
        _breaker.CountFailure();
        Assert.Equal(BreakerChange.Closed, _breaker.Succeed(2200, probe: true));
        Assert.Equal(BreakerChange.None, _breaker.Fail(9000, probe: true));
        Assert.True(_breaker.IsClosed);
        _breaker.Abandon(probe: true);
        Assert.True(_breaker.IsClosed);

        _breaker.CountFailure();
        _breaker.Fail(10_000, probe: false);
        Assert.Equal(BreakerChange.None, _breaker.Succeed(9500, probe: true)); // that of a probe of long ago
        Assert.False(_breaker.IsClosed);
        Assert.Equal(1, _breaker.FailuresInARow);
    }

    [Fact]
    public void A_straggler_that_extends_the_cooldown_keeps_a_second_probe_away_as_well()
    {
        Probe();
        _breaker.Fail(9000, probe: false);
        Assert.False(_breaker.TryEnter(100 + Patience, Patience, out _));
        Assert.Equal(9000, _breaker.ReturnsAt(100 + Patience, Deadline));
        Assert.True(_breaker.TryEnter(9000, Patience, out _));
    }

    [Fact]
    public void A_probe_that_succeeds_closes_it_and_forgets_the_failures()
    {
        _breaker.CountFailure();
        Probe();
        _breaker.Succeed(110, probe: true);
        Assert.True(_breaker.IsClosed);
        Assert.Equal(0, _breaker.FailuresInARow);
        Assert.True(_breaker.TryEnter(110, Patience, out bool probe));
        Assert.False(probe);
    }

    [Fact]
    public void A_probe_that_fails_opens_it_again()
    {
        Probe();
        _breaker.Fail(300, probe: true);
        Assert.Equal(300, _breaker.ReturnsAt(110, Deadline));
        Assert.False(_breaker.TryEnter(299, Patience, out _));
        Assert.True(_breaker.TryEnter(300, Patience, out bool probe));
        Assert.True(probe);
    }

    [Fact]
    public void After_a_probe_without_a_verdict_the_next_request_probes()
    {
        Probe();
        _breaker.Abandon(probe: true);
        Assert.False(_breaker.IsClosed);
        Assert.True(_breaker.TryEnter(101, Patience, out bool probe));
        Assert.True(probe);
    }

    [Fact]
    public void One_who_goes_away_and_was_no_probe_changes_nothing()
    {
        Probe();
        _breaker.Abandon(probe: false);
        Assert.True(_breaker.IsProbing);
    }

    [Fact]
    public void A_success_forgets_the_failures_of_a_closed_one()
    {
        _breaker.CountFailure();
        _breaker.CountFailure();
        _breaker.Succeed(5, probe: false);
        Assert.Equal(0, _breaker.FailuresInARow);
    }

    [Fact]
    public void A_straggler_that_succeeds_while_it_is_open_or_probed_does_not_close_it()
    {
        _breaker.CountFailure();
        _breaker.Fail(100, probe: false);
        _breaker.Succeed(50, probe: false);
        Assert.False(_breaker.IsClosed);
        Assert.Equal(1, _breaker.FailuresInARow);

        Assert.True(_breaker.TryEnter(100, Patience, out _));
        _breaker.Succeed(101, probe: false);
        Assert.True(_breaker.IsProbing);
        Assert.Equal(1, _breaker.FailuresInARow);
    }

    [Fact]
    public void A_straggler_that_fails_while_it_is_probed_extends_the_cooldown_beyond_the_probe()
    {
        Probe();
        _breaker.Fail(500, probe: false);
        Assert.True(_breaker.IsProbing);

        _breaker.Succeed(110, probe: true);
        Assert.False(_breaker.IsClosed);
        Assert.Equal(500, _breaker.ReturnsAt(110, Deadline));
        Assert.False(_breaker.TryEnter(499, Patience, out _));
    }

    [Fact]
    public void One_probe_at_a_time_however_many_try()
    {
        for (int round = 0; round < 100; round++)
        {
            var breaker = new CircuitBreaker();
            breaker.Fail(100, probe: false);
            foreach (long now in (long[])[100, 100 + Patience, 100 + 2 * Patience])
            {
                int entered = 0;
                Threads.RunTogether(8, _ =>
                {
                    if (breaker.TryEnter(now, Patience, out bool probe) && probe) Interlocked.Increment(ref entered);
                });
                Assert.Equal(1, entered);
            }
        }
    }

    [Fact]
    public void Two_verdicts_at_once_leave_one_of_them()
    {
        for (int round = 0; round < 300; round++)
        {
            var breaker = new CircuitBreaker();
            breaker.Fail(100, probe: false);
            Assert.True(breaker.TryEnter(100, Patience, out _));
            Assert.True(breaker.TryEnter(100 + Patience, Patience, out _));
            var changes = new BreakerChange[2];
            Threads.RunTogether(2, thread => changes[thread] = thread == 0 ? breaker.Succeed(9000, probe: true) : breaker.Fail(9100, probe: true));
            Assert.False(breaker.IsProbing);
            Assert.Equal(breaker.IsClosed, changes[1] is BreakerChange.None && changes[0] is BreakerChange.Closed);
        }
    }

    [Fact]
    public void No_cooldown_is_lost_however_many_fail_at_once()
    {
        for (int round = 0; round < 300; round++)
        {
            var breaker = new CircuitBreaker();
            breaker.Fail(100, probe: false);
            Assert.True(breaker.TryEnter(100, Patience, out _));
            Threads.RunTogether(8, thread =>
            {
                if (thread == 0) breaker.Succeed(110, probe: true);
                else breaker.Fail(1000 + thread, probe: false);
            });
            Assert.Equal(1007, breaker.CoolUntil);
            Assert.False(breaker.IsClosed);
            Assert.False(breaker.IsProbing);
        }
    }

    private void Probe()
    {
        _breaker.Fail(100, probe: false);
        Assert.True(_breaker.TryEnter(100, Patience, out bool probe));
        Assert.True(probe);
    }
}
