namespace RouterGen.Gateway.Page.Figures;

/// <summary>Times by their size, in four buckets an octave: a quantile is wrong by 9 % at most. From 1/16 ms to about 17 minutes; what is outside counts as the nearest. Not thread-safe.</summary>
internal sealed class LatencyHistogram
{
    private const int Octaves = 24;
    private const int PerOctave = 4;
    private const double Least = 1.0 / 16; // ms

    private readonly int[] _counts = new int[Octaves * PerOctave];

    /// <summary>Gets how many times were added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a time.</summary>
    public void Add(TimeSpan time)
    {
        double bucket = Math.Floor(Math.Log2(Math.Max(Least, time.TotalMilliseconds) / Least) * PerOctave);
        _counts[(int)Math.Clamp(bucket, 0, _counts.Length - 1)]++;
        Count++;
    }

    /// <summary>Adds all times of another one.</summary>
    public void Add(LatencyHistogram other)
    {
        for (int i = 0; i < _counts.Length; i++) _counts[i] += other._counts[i];
        Count += other.Count;
    }

    /// <summary>Forgets all times.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
    }

    /// <summary>Returns a quantile in milliseconds; null where no time was added.</summary>
    /// <param name="part">The part of all times that are not longer, 0 to 1.</param>
    public double? Quantile(double part)
    {
        if (Count == 0) return null;
        long rank = Math.Max(1, (long)Math.Ceiling(part * Count));
        int bucket = 0;
        for (long seen = _counts[0]; seen < rank; seen += _counts[bucket]) bucket++;
        return Least * Math.Pow(2, (bucket + 0.5) / PerOctave);
    }
}
