using System.Runtime.CompilerServices;

namespace RouterGen;

/// <summary>
/// How long the calls that wait for their first content (or, unstreamed, for their answer) have been waiting: what a
/// deployment shows of its latency before it answers, and all that one ever shows that went silent. Lock-free: how many
/// wait and the sum of their starts are one number, so that no reader sees the one without the other.
/// </summary>
internal struct PendingWaits
{
    // Starts are kept in units of 0.82 ms, of which they keep 26 bits: 15 hours. Two to the 17th of them can be summed up
    // below the count.
    private const int UnitShift = 13;
    private const int StartBits = 26;
    private const int SumBits = 43;
    private const long StartMask = (1L << StartBits) - 1;
    private const long SumMask = (1L << SumBits) - 1;
    private const float MillisecondsPerUnit = (1 << UnitShift) / (float)TimeSpan.TicksPerMillisecond;

    private long _state; // the count above, the sum of the starts below

    /// <summary>A call begins to wait.</summary>
    public void Begin(long start) => Interlocked.Add(ref _state, (1L << SumBits) + Unit(start));

    /// <summary>A call's wait has ended.</summary>
    /// <param name="start">What <see cref="Begin"/> was given.</param>
    public void End(long start) => Interlocked.Add(ref _state, -(1L << SumBits) - Unit(start));

    /// <summary>The mean wait so far, in milliseconds; 0 where no call waits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float MeanAt(long now)
    {
        long state = Volatile.Read(in _state);
        long count = state >> SumBits;
        if (count <= 0) return 0;

        // Every 15 hours, for the calls that wait at that moment, it comes out below zero: then nothing is known.
        long waited = Unit(now) * count - (state & SumMask);
        return waited <= 0 ? 0 : waited * MillisecondsPerUnit / count;
    }

    private static long Unit(long time) => time >> UnitShift & StartMask;
}
