using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>How an outcome changed a <see cref="CircuitBreaker"/>.</summary>
internal enum BreakerChange
{
    /// <summary>Not at all, or only how long it stays open.</summary>
    None,

    /// <summary>It is open now: a cooldown began.</summary>
    Opened,

    /// <summary>It is closed now: a probe was answered.</summary>
    Closed,
}

/// <summary>
/// Whether a deployment may be used: closed (healthy), open (cooling down), or probing (half-open: its cooldown is
/// over, and one request finds out for the others). Lock-free.
/// </summary>
/// <remarks>
/// A probe that hangs must not keep all other requests out for as long as its caller has patience: when no verdict
/// came in time another request probes beside it, and the first verdict of any of them counts.
/// </remarks>
internal sealed class CircuitBreaker
{
    // What is larger is probing: the time from which on another request may probe.
    private const long Closed = 0;
    private const long Open = 1;

    /// <summary>The time at which what only a signal can tell is said to come about.</summary>
    public const long OnSignal = long.MaxValue - 1;

    private long _state;
    private int _failures;
    private long _coolUntil;
    private int _costly;
    private AttemptFailure? _failure;

    /// <summary>Gets the failures since the last success.</summary>
    public int FailuresInARow => Volatile.Read(ref _failures);

    /// <summary>Gets the end of the cooldown in ticks of <see cref="RouterClock"/>; in the past for a healthy deployment.</summary>
    public long CoolUntil => Volatile.Read(ref _coolUntil);

    /// <summary>Gets why it cools down; after it closed, why it did the last time. Null where it never has.</summary>
    public AttemptFailure? Failure => Volatile.Read(ref _failure);

    public bool IsProbing => Volatile.Read(ref _state) > Open;

    public bool IsClosed => Volatile.Read(ref _state) == Closed;

    /// <summary>Gets whether to find out if it works again may take long: the failure that opened it has.</summary>
    public bool IsCostly => Volatile.Read(ref _costly) != 0;

    /// <summary>Sets <see cref="IsCostly"/>.</summary>
    /// <returns>Whether that is a change.</returns>
    public bool SetCostly(bool value) => Interlocked.Exchange(ref _costly, value ? 1 : 0) != (value ? 1 : 0);

    /// <summary>When a request may enter: <paramref name="now"/> or earlier, or later.</summary>
    /// <param name="now">The time.</param>
    /// <param name="deadline">
    /// Until when the request can wait. While one probes it is to wait that long: a verdict may come at any moment, and will be signalled.
    /// </param>
    public long ReturnsAt(long now, long deadline)
    {
        long state = Volatile.Read(ref _state);
        return state switch
        {
            Closed => now,
            Open => CoolUntil,
            _ => Math.Max(CoolUntil, deadline > now ? Math.Min(state, deadline) : state),
        };
    }

    /// <summary>Lets a request in, if it may.</summary>
    /// <param name="now">The time.</param>
    /// <param name="patience">How long the others wait for a verdict, should the request be a probe; ticks.</param>
    /// <param name="probe">Whether the request is a probe; its end must be told as such.</param>
    public bool TryEnter(long now, long patience, out bool probe)
    {
        probe = false;
        long state = Volatile.Read(ref _state);
        if (state == Closed) return true;
        if (now < CoolUntil || (state != Open && now < state)) return false;
        return probe = Interlocked.CompareExchange(ref _state, now + patience, state) == state;
    }

    /// <summary>A request was answered, if only by a refusal that is not the deployment's fault.</summary>
    public BreakerChange Succeed(long now, bool probe)
    {
        if (!probe || !IsProbing)
        {
            if (IsClosed && FailuresInARow != 0) Volatile.Write(ref _failures, 0);
            return BreakerChange.None;
        }

        Volatile.Write(ref _failures, 0);
        // A straggler from before the probe may have been told to wait in the meantime: looked for on both sides
        // of the change, since one that fails while the state is Probing leaves it alone.
        long next = now < CoolUntil ? Open : Closed;
        if (!TryEndProbing(next)) return BreakerChange.None;
        bool reopened = next == Closed && now < CoolUntil && Interlocked.CompareExchange(ref _state, Open, Closed) == Closed;
        return next == Open || reopened ? BreakerChange.Opened : BreakerChange.Closed;
    }

    /// <summary>A request failed. The cooldown is extended to <paramref name="coolUntil"/>, never shortened.</summary>
    /// <param name="coolUntil">Until when it is to cool down.</param>
    /// <param name="probe">Whether the request was a probe.</param>
    /// <param name="failure">Why.</param>
    public BreakerChange Fail(long coolUntil, bool probe, AttemptFailure? failure = null)
    {
        if (failure is not null && coolUntil >= CoolUntil) Volatile.Write(ref _failure, failure);
        Extend(ref _coolUntil, coolUntil);

        // Only a probe ends probing; a straggler's failure has extended the cooldown all the same.
        bool opened = probe ? TryEndProbing(Open) : Interlocked.CompareExchange(ref _state, Open, Closed) == Closed;
        return opened ? BreakerChange.Opened : BreakerChange.None;
    }

    /// <summary>What a cooldown was for is over: ends it.</summary>
    /// <param name="coolUntil">The end of that cooldown: where another one has ended it later, nothing changes.</param>
    public BreakerChange Release(long coolUntil)
    {
        if (Interlocked.CompareExchange(ref _coolUntil, 0, coolUntil) != coolUntil) return BreakerChange.None;
        if (FailuresInARow > 0) return BreakerChange.None; // After failures of its own it has to be probed.
        if (Interlocked.CompareExchange(ref _state, Closed, Open) != Open) return BreakerChange.None;

        // Another failure at the same time has found it open, and left the state alone.
        bool reopened = CoolUntil != 0 && Interlocked.CompareExchange(ref _state, Open, Closed) == Closed;
        return reopened ? BreakerChange.None : BreakerChange.Closed;
    }

    /// <summary>Closes it, whatever it was open for: that is gone.</summary>
    /// <returns>Whether it was open.</returns>
    public bool Reset()
    {
        Volatile.Write(ref _coolUntil, 0);
        Volatile.Write(ref _failures, 0);
        return Interlocked.Exchange(ref _state, Closed) != Closed;
    }

    /// <summary>Counts a failure.</summary>
    public void CountFailure() => Interlocked.Increment(ref _failures);

    /// <summary>A probe ended without a verdict: the caller went away. The next request probes.</summary>
    public void Abandon(bool probe)
    {
        if (probe) TryEndProbing(Open);
    }

    private static void Extend(ref long end, long until)
    {
        long current = Volatile.Read(ref end);
        while (current < until)
        {
            long seen = Interlocked.CompareExchange(ref end, until, current);
            if (seen == current) return;
            current = seen;
        }
    }

    private bool TryEndProbing(long next)
    {
        while (true)
        {
            long state = Volatile.Read(ref _state);
            if (state <= Open) return false; // The verdict of another probe was first.
            if (Interlocked.CompareExchange(ref _state, next, state) == state) return true;
        }
    }
}
