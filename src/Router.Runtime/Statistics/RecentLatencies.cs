namespace RouterGen;

/// <summary>The last 64 latencies of a deployment, in milliseconds, for their quantiles. Lock-free: a writer takes a place of its own.</summary>
internal sealed class RecentLatencies
{
    private const int Kept = 64;

    private readonly float[] _samples = new float[Kept];
    private long _added;

    /// <summary>Gets how many there are; at most 64.</summary>
    public int Count => (int)Math.Min(Volatile.Read(ref _added), Kept);

    /// <summary>Gets the longest of them; 0 where there is none.</summary>
    public float Longest
    {
        get
        {
            float longest = 0;
            foreach (float sample in _samples.AsSpan(0, Count)) longest = Math.Max(longest, sample);
            return longest;
        }
    }

    /// <returns>How many have been added so far.</returns>
    public long Add(float sample)
    {
        long added = Interlocked.Increment(ref _added);
        Volatile.Write(ref _samples[(added - 1) % Kept], sample);
        return added;
    }

    /// <summary>The quantile by nearest rank; null where there is no sample.</summary>
    /// <param name="fraction">Above 0, at most 1: 0.5 is the median.</param>
    public TimeSpan? Quantile(double fraction)
    {
        Span<float> sorted = stackalloc float[Kept];
        int count = Count;
        if (count == 0) return null;
        sorted = sorted[..count];
        _samples.AsSpan(0, count).CopyTo(sorted);
        sorted.Sort();
        int rank = (int)Math.Ceiling(fraction * count);
        return TimeSpan.FromMilliseconds(sorted[Math.Clamp(rank, 1, count) - 1]);
    }
}
