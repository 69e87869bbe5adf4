namespace RouterGen.Gateway.Metrics;

/// <summary>A sum that only grows. Thread-safe.</summary>
internal sealed class Counter
{
    private long _value;

    /// <summary>Gets the sum.</summary>
    public long Value => Volatile.Read(ref _value);

    /// <summary>Adds to it.</summary>
    public void Add(long more = 1) => Interlocked.Add(ref _value, more);
}
