namespace RouterGen;

/// <summary>
/// A limit of units (requests or tokens) a minute as GCRA, the generic cell rate algorithm: one number, the theoretical
/// arrival time, and one compare-and-swap. A minute's worth may come at once, as from a full token bucket, which is how
/// providers document their own limits. In a fleet it is one for all instances: units are taken of a <see cref="RateLease"/>, and without one it is this instance's part of the limit,
/// of which five seconds' worth may come at once.
/// </summary>
/// <param name="perMinute">The units a minute.</param>
/// <param name="lease">This instance's slice of a limit that a fleet shares; null where there is no fleet.</param>
internal sealed class RateLimit(int perMinute, RateLease? lease = null)
{
    private const long Burst = TimeSpan.TicksPerMinute;
    private const long AloneBurst = 5 * TimeSpan.TicksPerSecond;

    // Units may be what a provider says that it counted. Whatever that is, and however often, it blocks no call for longer.
    private const long LongestWait = TimeSpan.TicksPerHour;

    private readonly double _ticksPerUnit = (double)TimeSpan.TicksPerMinute / perMinute;
    private long _arrival = long.MinValue / 2;
    private RateLimit? _before;  // the limit that this one takes the place of, until its rest is taken
    private long _arrivalBefore; // what was taken over of it

    /// <summary>Gets the units a minute.</summary>
    public int PerMinute { get; } = perMinute;

    /// <summary>When <paramref name="units"/> will be admitted: now or earlier, or later.</summary>
    public long AdmitsAt(long now, long units) =>
        lease is null ? AdmitsAt(Volatile.Read(ref _arrival), now, Cost(units))
        : lease.IsToBeAsked(now, units) ? lease.AdmitsAt(now, units)
        : AdmitsAt(Volatile.Read(ref _arrival), now, Cost(units * lease.Instances), AloneBurst);

    /// <summary>Takes the units, if the limit admits them.</summary>
    public bool TryTake(long now, long units)
    {
        if (lease is null) return TryTake(now, Cost(units), Burst);
        if (lease.IsHeld(now) && lease.TryTake(units)) return true;
        if (lease.IsToBeAsked(now, units))
        {
            lease.Miss(units);
            return false;
        }

        if (!TryTake(now, Cost(units * lease.Instances), AloneBurst)) return false;
        lease.Owe(units);
        return true;
    }

    /// <summary>The part of a minute's worth that would be admitted at once; 0 to 1.</summary>
    public double HeadroomAt(long now) => lease is not null && lease.IsHeld(now) ? lease.Headroom : OwnHeadroomAt(now);

    private double OwnHeadroomAt(long now) =>
        now + Burst - Volatile.Read(ref _arrival) is var left && left >= Burst ? 1
        : left <= 0 ? 0
        : left * (1.0 / Burst);

    /// <summary>Another limit that starts with as many units taken as this one has, up to all of its own.</summary>
    public RateLimit Changed(int perMinute, long now)
    {
        if (lease is not null)
        {
            lease.PerMinute = perMinute; // What is held of it stays held.
            return new RateLimit(perMinute, lease) { _arrival = Volatile.Read(ref _arrival) };
        }

        long arrival = Math.Max(Volatile.Read(ref _arrival), now);
        var changed = new RateLimit(perMinute) { _before = this, _arrivalBefore = arrival };
        changed._arrival = now + (long)Math.Min((arrival - now) / _ticksPerUnit * changed._ticksPerUnit, Burst);
        return changed;
    }

    /// <summary>
    /// Takes the units that calls took of the limit before since <see cref="Changed"/> looked. To be called when this limit is
    /// in its place, so that calls which take more of it notice that.
    /// </summary>
    public void TakeRest(long now)
    {
        if (Interlocked.Exchange(ref _before, null) is not { } before) return;
        long rest = Volatile.Read(ref before._arrival) - _arrivalBefore;
        if (rest > 0) Adjust((long)Math.Round(rest / before._ticksPerUnit), now);
    }

    /// <summary>
    /// Corrects an estimate: takes more units, or gives some back where negative. What is taken is taken now: a limit that was
    /// idle since the estimate does not pay for it.
    /// </summary>
    public void Adjust(long units, long now)
    {
        if (lease is not null && lease.IsHeld(now))
        {
            lease.Adjust(units);
            return;
        }

        lease?.Owe(units);
        long cost = Cost(units);
        while (true)
        {
            long arrival = Volatile.Read(ref _arrival);
            long corrected = cost <= 0 ? arrival + cost : Math.Max(arrival, Math.Min(Math.Max(arrival, now) + cost, now + LongestWait));
            if (Interlocked.CompareExchange(ref _arrival, corrected, arrival) == arrival) return;
        }
    }

    // More than a minute's worth at once is admitted by a full bucket: refusing it would be for ever.
    private static long AdmitsAt(long arrival, long now, long cost, long burst = Burst) =>
        arrival <= now ? now : Math.Min(arrival + cost - burst, Math.Max(arrival, now + 1));

    private bool TryTake(long now, long cost, long burst)
    {
        while (true)
        {
            long arrival = Volatile.Read(ref _arrival);
            if (AdmitsAt(arrival, now, cost, burst) > now) return false;
            if (Interlocked.CompareExchange(ref _arrival, Math.Max(arrival, now) + cost, arrival) == arrival) return true;
        }
    }

    private long Cost(long units) => (long)Math.Clamp(units * _ticksPerUnit, -LongestWait, LongestWait);
}
