namespace RouterGen;

/// <summary>
/// A limit of units (requests or tokens) a minute as GCRA, the generic cell rate algorithm: one number, the theoretical
/// arrival time, and one compare-and-swap. A minute's worth may come at once, as from a full token bucket, which is how
/// providers document their own limits.
/// </summary>
internal sealed class RateLimit(int perMinute)
{
    private const long Burst = TimeSpan.TicksPerMinute;

    // Units may be what a provider says that it counted. Whatever that is, and however often, it blocks no call for longer.
    private const long LongestWait = TimeSpan.TicksPerHour;

    private readonly double _ticksPerUnit = (double)TimeSpan.TicksPerMinute / perMinute;
    private long _arrival = long.MinValue / 2;
    private RateLimit? _before;  // the limit that this one takes the place of, until its rest is taken
    private long _arrivalBefore; // what was taken over of it

    /// <summary>Gets the units a minute.</summary>
    public int PerMinute { get; } = perMinute;

    /// <summary>When <paramref name="units"/> will be admitted: now or earlier, or later.</summary>
    public long AdmitsAt(long now, long units) => AdmitsAt(Volatile.Read(ref _arrival), now, Cost(units));

    /// <summary>Takes the units, if the limit admits them.</summary>
    public bool TryTake(long now, long units)
    {
        long cost = Cost(units);
        while (true)
        {
            long arrival = Volatile.Read(ref _arrival);
            if (AdmitsAt(arrival, now, cost) > now) return false;
            if (Interlocked.CompareExchange(ref _arrival, Math.Max(arrival, now) + cost, arrival) == arrival) return true;
        }
    }

    /// <summary>The part of a minute's worth that would be admitted at once; 0 to 1.</summary>
    public double HeadroomAt(long now) =>
        now + Burst - Volatile.Read(ref _arrival) is var left && left >= Burst ? 1
        : left <= 0 ? 0
        : left * (1.0 / Burst);

    /// <summary>Another limit that starts with as many units taken as this one has, up to all of its own.</summary>
    public RateLimit Changed(int perMinute, long now)
    {
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
        long cost = Cost(units);
        while (true)
        {
            long arrival = Volatile.Read(ref _arrival);
            long corrected = cost <= 0 ? arrival + cost : Math.Max(arrival, Math.Min(Math.Max(arrival, now) + cost, now + LongestWait));
            if (Interlocked.CompareExchange(ref _arrival, corrected, arrival) == arrival) return;
        }
    }

    // More than a minute's worth at once is admitted by a full bucket: refusing it would be for ever.
    private static long AdmitsAt(long arrival, long now, long cost) =>
        arrival <= now ? now : Math.Min(arrival + cost - Burst, Math.Max(arrival, now + 1));

    private long Cost(long units) => (long)Math.Clamp(units * _ticksPerUnit, -LongestWait, LongestWait);
}
