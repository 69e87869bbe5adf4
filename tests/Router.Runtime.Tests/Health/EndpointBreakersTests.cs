using RouterGen.Infrastructure;

namespace RouterGen.Runtime.Tests.Health;

/// <summary>An endpoint that does not answer, and one that does not serve the configured key.</summary>
public class EndpointBreakersTests
{
    private const long Patience = 1000;
    private static readonly AttemptFailure Down = new(FailureKind.Overloaded, "down");
    private static readonly AttemptFailure Refused = new(FailureKind.AuthenticationFailed, "refused");

    private readonly EndpointBreakers _breakers = new();

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_key_of_the_callers_own_passes_what_only_the_configured_key_brought_about(bool ofKey, bool passes)
    {
        _breakers.Fail(ofKey, Down, 100, Probes.None, now: 0);

        Assert.False(_breakers.TryEnter(50, Patience, ownKey: false, out _));
        Assert.Equal(passes, _breakers.TryEnter(50, Patience, ownKey: true, out Probes probes));
        Assert.Equal(Probes.None, probes);
    }

    [Fact]
    public void After_both_cooldowns_one_request_probes_both()
    {
        OpenBoth();

        Assert.True(_breakers.TryEnter(200, Patience, ownKey: false, out Probes probes));
        Assert.Equal(Probes.Outage | Probes.Key, probes);
        Assert.False(_breakers.TryEnter(200, Patience, ownKey: false, out _));
        Assert.Equal(BreakerChange.Closed, _breakers.Succeed(201, probes, ownKey: false));
        Assert.True(_breakers.IsClosed);
        Assert.Equal(0, _breakers.FailuresInARow);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_answer_from_before_the_cooldown_leaves_the_probe_its_verdict(bool ofKey)
    {
        _breakers.Fail(ofKey, ofKey ? Refused : Down, 100, Probes.None, now: 0);
        Assert.True(_breakers.TryEnter(200, Patience, ownKey: false, out Probes probes));

        Assert.Equal(BreakerChange.None, _breakers.Succeed(201, Probes.None, ownKey: false));
        Assert.True(_breakers.IsProbing);
        Assert.Equal(BreakerChange.Closed, _breakers.Succeed(202, probes, ownKey: false));
    }

    [Fact]
    public void A_request_that_one_breaker_keeps_out_leaves_the_probe_of_the_other()
    {
        _breakers.Fail(ofKey: false, Down, 100, Probes.None, now: 0);
        _breakers.Fail(ofKey: true, Refused, 500, Probes.None, now: 0);

        Assert.False(_breakers.TryEnter(200, Patience, ownKey: false, out Probes refused));
        Assert.Equal(Probes.None, refused);
        Assert.True(_breakers.TryEnter(200, Patience, ownKey: true, out Probes probes));
        Assert.Equal(Probes.Outage, probes);
    }

    [Fact]
    public void A_caller_with_a_key_of_its_own_ends_an_outage_and_not_the_cooldown_of_the_configured_key()
    {
        OpenBoth();
        Assert.True(_breakers.TryEnter(200, Patience, ownKey: true, out Probes probes));

        Assert.Equal(BreakerChange.None, _breakers.Succeed(201, probes, ownKey: true)); // The deployment is still not healthy.
        Assert.True(_breakers.Outage.IsClosed);
        Assert.False(_breakers.Key.IsClosed);
    }

    [Fact]
    public void A_refusal_of_the_key_shows_that_the_endpoint_answers()
    {
        OpenBoth();
        Assert.True(_breakers.TryEnter(200, Patience, ownKey: false, out Probes probes));

        Assert.Equal(BreakerChange.Opened, _breakers.Fail(ofKey: true, Refused, 900, probes, now: 201));
        Assert.True(_breakers.Outage.IsClosed);
        Assert.False(_breakers.TryEnter(250, Patience, ownKey: false, out _));
        Assert.True(_breakers.TryEnter(250, Patience, ownKey: true, out _));
    }

    [Fact]
    public void An_outage_shows_nothing_of_the_key()
    {
        OpenBoth();
        Assert.True(_breakers.TryEnter(200, Patience, ownKey: false, out Probes probes));

        Assert.Equal(BreakerChange.Opened, _breakers.Fail(ofKey: false, Down, 300, probes, now: 201));
        Assert.True(_breakers.TryEnter(301, Patience, ownKey: false, out Probes next));
        Assert.Equal(Probes.Outage | Probes.Key, next);
    }

    [Fact]
    public void Why_requests_are_kept_out_is_told_by_the_longer_cooldown()
    {
        OpenBoth();
        Assert.Same(Down, _breakers.LastFailure); // As long as the other.
        _breakers.CoolKey(Refused, 400);
        Assert.Equal((400L, Refused), (_breakers.CoolUntil, _breakers.LastFailure));
        _breakers.ReleaseKey(400);
        Assert.Equal((100L, Down), (_breakers.CoolUntil, _breakers.LastFailure));
    }

    [Fact]
    public void A_key_that_works_again_ends_its_own_cooldown_and_no_later_one()
    {
        _breakers.CoolKey(Refused, 400);
        Assert.Equal(BreakerChange.None, _breakers.ReleaseKey(300));
        Assert.Equal(BreakerChange.Closed, _breakers.ReleaseKey(400));
        _breakers.Fail(ofKey: false, Down, 100, Probes.None, now: 0);
        _breakers.CoolKey(Refused, 600);
        Assert.Equal(BreakerChange.None, _breakers.ReleaseKey(600));
        Assert.False(_breakers.IsClosed);
    }

    private void OpenBoth()
    {
        _breakers.Fail(ofKey: false, Down, 100, Probes.None, now: 0);
        _breakers.Fail(ofKey: true, Refused, 100, Probes.None, now: 0);
    }
}
