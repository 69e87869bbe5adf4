using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>The breakers that a request found half-open, and finds out for.</summary>
[Flags]
internal enum Probes
{
    /// <summary>None: the request is no probe.</summary>
    None = 0,

    /// <summary>Whether the endpoint answers.</summary>
    Outage = 1,

    /// <summary>Whether the configured key is served.</summary>
    Key = 2,
}

/// <summary>
/// The two reasons for which an endpoint is left alone, with a breaker each: it does not answer, or it does not serve the configured key (which is
/// wrong, blocked, out of credit, or over its limits). A request with a key of the caller's own passes the first only.
/// </summary>
internal sealed class EndpointBreakers
{
    private AttemptFailure? _last;

    /// <summary>Gets the breaker of failures that concern all requests.</summary>
    public CircuitBreaker Outage { get; } = new();

    /// <summary>Gets the breaker of failures that another key may not have.</summary>
    public CircuitBreaker Key { get; } = new();

    /// <summary>Gets whether requests with any key may enter.</summary>
    public bool IsClosed => Outage.IsClosed && Key.IsClosed;

    /// <summary>Gets whether a request is finding out if the endpoint works again.</summary>
    public bool IsProbing => Outage.IsProbing || Key.IsProbing;

    /// <summary>Gets the end of the longer cooldown, in ticks of <see cref="RouterClock"/>; in the past where none is left.</summary>
    public long CoolUntil => Math.Max(Outage.CoolUntil, Key.CoolUntil);

    /// <summary>Gets the failures since the last success.</summary>
    public int FailuresInARow => Outage.FailuresInARow + Key.FailuresInARow;

    /// <summary>Gets whether a request with another key may enter sooner than one with the configured key.</summary>
    public bool KeyCoolsLonger => !Key.IsClosed && (Outage.IsClosed || Outage.CoolUntil < Key.CoolUntil);

    /// <summary>Gets why requests are kept out, for the longer of the two cooldowns; where none are, the last failure. Null where there was none.</summary>
    public AttemptFailure? LastFailure => KeyCoolsLonger ? Key.Failure : Outage.IsClosed ? Volatile.Read(ref _last) : Outage.Failure;

    /// <summary>Lets a request in, if it may.</summary>
    /// <param name="now">The time.</param>
    /// <param name="patience">How long other requests wait for what a probe finds out; ticks.</param>
    /// <param name="ownKey">Whether the request has a key of the caller's own.</param>
    /// <param name="probes">What the request finds out.</param>
    public bool TryEnter(long now, long patience, bool ownKey, out Probes probes)
    {
        probes = Probes.None;
        if (!Outage.TryEnter(now, patience, out bool outage)) return false;
        if (outage) probes = Probes.Outage;
        if (ownKey) return true;
        if (Key.TryEnter(now, patience, out bool key))
        {
            if (key) probes |= Probes.Key;
            return true;
        }

        Outage.Abandon(outage);
        probes = Probes.None;
        return false;
    }

    /// <summary>A request was answered, if only by a refusal that is not the deployment's fault.</summary>
    public BreakerChange Succeed(long now, Probes probes, bool ownKey)
    {
        BreakerChange outage = Outage.Succeed(now, (probes & Probes.Outage) != 0);
        return Join(outage, ownKey ? BreakerChange.None : Key.Succeed(now, (probes & Probes.Key) != 0));
    }

    /// <summary>Notes a failure, whether or not it leads to a cooldown.</summary>
    public void Note(AttemptFailure failure) => Volatile.Write(ref _last, failure);

    /// <summary>A request failed, and the cooldown of one breaker is extended to <paramref name="coolUntil"/>, never shortened.</summary>
    /// <param name="ofKey">Whether the configured key is to blame; then the endpoint has answered.</param>
    /// <param name="failure">Why.</param>
    /// <param name="coolUntil">Until when it is to cool down.</param>
    /// <param name="probes">What the request was to find out.</param>
    /// <param name="now">The time.</param>
    public BreakerChange Fail(bool ofKey, AttemptFailure failure, long coolUntil, Probes probes, long now)
    {
        BreakerChange own = ofKey
            ? Key.Fail(coolUntil, (probes & Probes.Key) != 0, failure)
            : Outage.Fail(coolUntil, (probes & Probes.Outage) != 0, failure);
        return Join(own, Settle(ofKey, probes, now));
    }

    /// <summary>Ends what a failed request probed beside the reason for which it failed: a refusal of the key shows that the endpoint answers, an outage shows nothing of the key.</summary>
    public BreakerChange Settle(bool ofKey, Probes probes, long now)
    {
        if (ofKey && (probes & Probes.Outage) != 0) return Join(Outage.Succeed(now, probe: true), BreakerChange.None);
        if (!ofKey) Key.Abandon((probes & Probes.Key) != 0);
        return BreakerChange.None;
    }

    /// <summary>A probe ended without a verdict: the caller went away. The next request probes.</summary>
    public void Abandon(Probes probes)
    {
        Outage.Abandon((probes & Probes.Outage) != 0);
        Key.Abandon((probes & Probes.Key) != 0);
    }

    /// <summary>The key does not work, as another endpoint has found out.</summary>
    public BreakerChange CoolKey(AttemptFailure failure, long coolUntil) => Key.Fail(coolUntil, probe: false, failure);

    /// <summary>The key works again: ends the cooldown of that length.</summary>
    public BreakerChange ReleaseKey(long coolUntil) => Join(Key.Release(coolUntil), BreakerChange.None);

    /// <summary>Another key is used from now on: what the old one brought about is over.</summary>
    /// <param name="outage">Whether the endpoint is another one, too.</param>
    public BreakerChange Forget(bool outage)
    {
        bool opened = Key.Reset();
        if (outage) opened |= Outage.Reset();
        return opened && IsClosed ? BreakerChange.Closed : BreakerChange.None;
    }

    /// <summary>What two changes are together: requests are kept out while either breaker is open.</summary>
    private BreakerChange Join(BreakerChange one, BreakerChange other) =>
        one is BreakerChange.Opened || other is BreakerChange.Opened ? BreakerChange.Opened
        : (one is BreakerChange.Closed || other is BreakerChange.Closed) && IsClosed ? BreakerChange.Closed
        : BreakerChange.None;
}
