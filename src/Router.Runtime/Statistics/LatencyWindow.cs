namespace RouterGen;

/// <summary>
/// The mean of the recent latencies, in milliseconds: of the current half of a period (<see cref="HalfAt"/>) and the one
/// before. Lock-free, and no sample is lost: each half is one number that holds its mean, its count and its own number.
/// </summary>
internal struct LatencyWindow
{
    private const int CountBits = 12;
    private const uint MostCounted = (1u << CountBits) - 1; // from then on a sample counts as one of so many
    private const int Halves = (1 << (32 - CountBits)) - 1;

    private long _even;
    private long _odd;

    /// <summary>The number of the half of a period that a time falls into.</summary>
    /// <param name="now">The time.</param>
    /// <param name="period">How long a latency holds, in ticks.</param>
    public static int HalfAt(long now, long period) => (int)(now / Math.Max(1, period / 2)) & Halves;

    /// <summary>How many ticks of that half are left.</summary>
    public static long LeftOfHalf(long now, long period)
    {
        long half = Math.Max(1, period / 2);
        return half - now % half;
    }

    /// <summary>Adds a latency.</summary>
    /// <param name="sample">Milliseconds.</param>
    /// <param name="half">The half of the period that it is.</param>
    public void Add(float sample, int half)
    {
        ref long slot = ref (half & 1) == 0 ? ref _even : ref _odd;
        while (true)
        {
            long seen = Volatile.Read(ref slot);
            uint count = Half(seen) == half ? Math.Min(Count(seen) + 1, MostCounted) : 1;
            float mean = count == 1 ? sample : Mean(seen) + (sample - Mean(seen)) / count;
            long next = (long)BitConverter.SingleToUInt32Bits(mean) << 32 | (uint)half << CountBits | count;
            if (Interlocked.CompareExchange(ref slot, next, seen) == seen) return;
        }
    }

    /// <summary>Adds a latency that is no more than a lower bound, where there is no other.</summary>
    public void AddFirst(float sample, int half)
    {
        if (!TryMean(half, out _)) Add(sample, half);
    }

    /// <summary>Adds a latency that is no more than a lower bound, where it is above the mean.</summary>
    public void AddSlower(float sample, int half)
    {
        if (TryMean(half, out float mean) && sample > mean) Add(sample, half);
    }

    /// <summary>The mean, if there was any recent latency.</summary>
    /// <param name="half">The half of the period that it is.</param>
    /// <param name="mean">Milliseconds.</param>
    public readonly bool TryMean(int half, out float mean)
    {
        long even = Volatile.Read(in _even);
        long odd = Volatile.Read(in _odd);
        uint evens = CountOf(even, half);
        uint odds = CountOf(odd, half);
        uint all = evens + odds;
        mean = all == 0 ? 0 : (Mean(even) * evens + Mean(odd) * odds) / all;
        return all != 0;
    }

    /// <summary>Whether there was a latency in that very half.</summary>
    public readonly bool HasSampleOf(int half)
    {
        long slot = (half & 1) == 0 ? Volatile.Read(in _even) : Volatile.Read(in _odd);
        return Half(slot) == half && Count(slot) != 0;
    }

    private static uint CountOf(long slot, int half) => Half(slot) == half || Half(slot) == ((half - 1) & Halves) ? Count(slot) : 0;

    private static uint Count(long slot) => (uint)slot & MostCounted;

    private static int Half(long slot) => (int)((uint)slot >> CountBits);

    private static float Mean(long slot) => BitConverter.UInt32BitsToSingle((uint)(slot >> 32));
}
