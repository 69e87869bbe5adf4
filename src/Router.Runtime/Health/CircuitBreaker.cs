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
internal sealed class CircuitBreaker
{
    private const int Closed = 0;
    private const int Open = 1;
    private const int Probing = 2;

    /// <summary>The time that <see cref="ReturnsAt"/> gives while a probe is under way: its end will be signalled.</summary>
    public const long OnSignal = long.MaxValue - 1;

    private int _state;
    private int _failures;
    private long _coolUntil;

    /// <summary>Failures since the last success.</summary>
    public int FailuresInARow => Volatile.Read(ref _failures);

    /// <summary>The end of the cooldown in ticks of <see cref="RouterClock"/>; in the past for a healthy deployment.</summary>
    public long CoolUntil => Volatile.Read(ref _coolUntil);

    public bool IsProbing => Volatile.Read(ref _state) == Probing;

    public bool IsClosed => Volatile.Read(ref _state) == Closed;

    /// <summary>When a request may enter: <paramref name="now"/> or earlier, later, or <see cref="OnSignal"/>.</summary>
    public long ReturnsAt(long now) => Volatile.Read(ref _state) switch
    {
        Closed => now,
        Open => CoolUntil,
        _ => OnSignal,
    };

    /// <summary>Lets a request in, if it may.</summary>
    /// <param name="now">The time.</param>
    /// <param name="probe">Whether the request is the probe; its end must be told as such.</param>
    public bool TryEnter(long now, out bool probe)
    {
        probe = false;
        int state = Volatile.Read(ref _state);
        if (state == Closed) return true;
        if (state == Probing || now < CoolUntil) return false;
        return probe = Interlocked.CompareExchange(ref _state, Probing, Open) == Open;
    }

    /// <summary>A request was answered, if only by a refusal that is not the deployment's fault.</summary>
    public BreakerChange Succeed(long now, bool probe)
    {
        if (!probe)
        {
            if (IsClosed && FailuresInARow != 0) Volatile.Write(ref _failures, 0);
            return BreakerChange.None;
        }

        Volatile.Write(ref _failures, 0);
        // A straggler from before the probe may have been told to wait in the meantime: looked for on both sides
        // of the change, since one that fails while the state is Probing leaves it alone.
        int next = now < CoolUntil ? Open : Closed;
        if (Interlocked.CompareExchange(ref _state, next, Probing) != Probing) return BreakerChange.None;
        bool reopened = next == Closed && now < CoolUntil && Interlocked.CompareExchange(ref _state, Open, Closed) == Closed;
        return next == Open || reopened ? BreakerChange.Opened : BreakerChange.Closed;
    }

    /// <summary>A request failed. The cooldown is extended to <paramref name="coolUntil"/>, never shortened.</summary>
    public BreakerChange Fail(long coolUntil, bool probe)
    {
        long current = CoolUntil;
        while (current < coolUntil)
        {
            long seen = Interlocked.CompareExchange(ref _coolUntil, coolUntil, current);
            if (seen == current) break;
            current = seen;
        }

        // Only the probe itself ends probing; a straggler's failure has extended the cooldown all the same.
        int before = probe ? Probing : Closed;
        return Interlocked.CompareExchange(ref _state, Open, before) == before ? BreakerChange.Opened : BreakerChange.None;
    }

    /// <summary>Counts a failure.</summary>
    /// <returns>How many there are in a row now.</returns>
    public int CountFailure() => Interlocked.Increment(ref _failures);

    /// <summary>A probe ended without a verdict: the caller went away. The next request probes.</summary>
    public void Abandon(bool probe)
    {
        if (probe) Interlocked.CompareExchange(ref _state, Open, Probing);
    }
}
