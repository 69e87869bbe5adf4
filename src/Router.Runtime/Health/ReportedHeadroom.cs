namespace RouterGen;

/// <summary>
/// What a provider's headers last said is left of one of its limits, while that is fresh. One number, so that no reader sees
/// half of a report: the end of its freshness in ticks, with the headroom in place of the low bits.
/// </summary>
internal struct ReportedHeadroom
{
    /// <summary>A report is old after a minute, whatever it says: that is what limits are for.</summary>
    public static readonly TimeSpan LongestFresh = TimeSpan.FromSeconds(60);

    private const int Whole = (1 << 10) - 1; // in steps of a thousandth, at a price of 0.1 ms in the time

    private long _packed;

    /// <summary>Takes a report.</summary>
    /// <param name="now">The time in ticks of the router's clock.</param>
    /// <param name="headroom">The part that is left, 0 to 1.</param>
    /// <param name="resetsIn">When the limit is whole again.</param>
    public void Note(long now, double headroom, TimeSpan resetsIn)
    {
        long until = now + Math.Min(resetsIn.Ticks, LongestFresh.Ticks);
        // Rounded up: only nothing is nothing.
        long part = (long)Math.Ceiling(headroom * Whole);
        Volatile.Write(ref _packed, (until & ~(long)Whole) | part);
    }

    /// <summary>The part that is left, 0 to 1; 1 where there is no fresh report.</summary>
    public readonly double At(long now)
    {
        long packed = Volatile.Read(in _packed);
        return (packed & ~(long)Whole) <= now ? 1 : (packed & Whole) * (1.0 / Whole);
    }
}
