namespace RouterGen;

internal sealed class LatencyWindow
{
    private readonly long[] _samples = new long[64];
    private int _count;
    public int Count => Volatile.Read(ref _count);
    public void Add(long ticks) { _samples[(Interlocked.Increment(ref _count) - 1) & 63] = ticks; }
    public long Quantile(double q)
    {
        int n = Math.Min(64, Count);
        Span<long> copy = stackalloc long[64];
        _samples.AsSpan(0, n).CopyTo(copy);
        copy[..n].Sort();
        return copy[Math.Clamp((int)Math.Ceiling(q * n) - 1, 0, n - 1)];
    }
}
