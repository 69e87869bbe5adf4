namespace RouterGen;

/// <summary>
/// Points from 0 to 1 that fill the interval evenly: the additive recurrence of the golden ratio (a Kronecker sequence).
/// Shares that are taken by it differ from what they should be by a few points at most, where a random draw would be off by
/// the square root of their number; so do those of any regular subset (every second, every tenth). Lock-free.
/// </summary>
internal struct LowDiscrepancySequence(ulong start)
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15; // 2^64 / φ

    private ulong _point = start;

    public double Next() => Interlocked.Add(ref _point, GoldenRatio) * (1 / 18446744073709551616.0);
}
