namespace RoutingLab;

/// <summary>A provider's own limit: a bucket that holds a minute's worth and is refilled continuously.</summary>
internal sealed class TokenBucket(int perMinute)
{
    private readonly double _perTick = (double)perMinute / TimeSpan.TicksPerMinute;
    private double _level = perMinute;
    private long _filled;

    /// <summary>Ticks until so many could be taken; 0 is now.</summary>
    public long Wait(long now, double units)
    {
        _level = Math.Min(perMinute, _level + (now - _filled) * _perTick);
        _filled = now;
        return _level >= units ? 0 : (long)((units - _level) / _perTick) + 1;
    }

    public void Take(double units) => _level -= units;
}
