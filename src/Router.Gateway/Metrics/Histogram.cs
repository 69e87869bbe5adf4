namespace RouterGen.Gateway.Metrics;

/// <summary>Counts durations by how long they are. Thread-safe; what is read while it counts may have its last values in part.</summary>
internal sealed class Histogram
{
    /// <summary>The upper ends of the buckets, in seconds: from what the gateway adds to what a long answer takes.</summary>
    public static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600];

    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _ticks;

    /// <summary>Gets the sum of all durations, in seconds.</summary>
    public double Sum => TimeSpan.FromTicks(Volatile.Read(ref _ticks)).TotalSeconds;

    /// <summary>Counts a duration.</summary>
    public void Add(TimeSpan duration)
    {
        double seconds = duration.TotalSeconds;
        int bucket = 0;
        while (bucket < Bounds.Length && seconds > Bounds[bucket]) bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _ticks, duration.Ticks);
    }

    /// <summary>Returns how many durations are at most as long as each bound, and behind them how many there are at all.</summary>
    public long[] Cumulative()
    {
        long[] sums = new long[_counts.Length];
        long sum = 0;
        for (int bucket = 0; bucket < sums.Length; bucket++) sums[bucket] = sum += Volatile.Read(ref _counts[bucket]);
        return sums;
    }
}
