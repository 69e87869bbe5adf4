using System.Runtime.CompilerServices;

namespace RouterGen;

/// <summary>
/// A moving average of a deployment's latencies, in milliseconds, that one compare-and-swap updates: the average and the
/// time of its last sample share one number, so that nobody ever sees the one without the other. All constants of the
/// average are here.
/// </summary>
internal struct LatencyAverage
{
    /// <summary>What a deployment that was never measured is taken for by those who look at averages alone: fast. Below it, differences are noise.</summary>
    public const float Unseen = 50;

    /// <summary>How old, in ticks, the last sample may be before the average says less and less.</summary>
    public const long StaleAfter = 30 * TimeSpan.TicksPerSecond;

    // Bad news counts a fifth, good news an eighth: a deployment that got slow is left soon, and a few lucky answers do not
    // bring everybody back. After a silence, good news is all that is known.
    private const float ShareUp = 0.2f;
    private const float LeastShareDown = 0.125f;

    // One straggler says little, however late it comes; who has many of them is slow. Below Unseen, differences are noise.
    private const float LargestStep = 5;

    private const int StampShift = 17; // 13.1 ms: an int of them lasts for ten months
    private const float StaleStamps = StaleAfter / (float)(1 << StampShift);
    private const float MillisecondsPerStamp = (1 << StampShift) / (float)TimeSpan.TicksPerMillisecond;

    private long _state; // the bits of the average above, the stamp below; 0 before the first sample

    /// <summary>Whether there is a sample.</summary>
    public readonly bool IsKnown => Volatile.Read(in _state) != 0;

    /// <summary>The average as it was with the last sample; <see cref="Unseen"/> before the first.</summary>
    public readonly float Value => Volatile.Read(in _state) is var state and not 0 ? Average(state) : Unseen;

    /// <summary>Whether the last sample is so old that the deployment should be measured again.</summary>
    public readonly bool IsStale(long now) => Volatile.Read(in _state) is var state and not 0 && Age(state, now) > StaleStamps;

    /// <summary>
    /// The average, which falls with the square of the time once it is stale: a deployment that was left alone for being
    /// slow becomes attractive again, and is measured. 0 before the first sample: who is new is tried, however fast others are.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float FadedAt(long now)
    {
        long state = Volatile.Read(in _state);
        if (state == 0) return 0;
        float age = Age(state, now);
        if (age <= StaleStamps) return Average(state);
        float fade = StaleStamps / age;
        return Average(state) * fade * fade;
    }

    /// <summary>The time since the last sample, in milliseconds; infinite before the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float SilenceAt(long now) =>
        Volatile.Read(in _state) is var state and not 0 ? Age(state, now) * MillisecondsPerStamp : float.PositiveInfinity;

    /// <summary>Adds a latency.</summary>
    /// <param name="sample">Milliseconds.</param>
    /// <param name="now">The time.</param>
    /// <returns>The share that the sample got in the average.</returns>
    public float Add(float sample, long now)
    {
        while (true)
        {
            long state = Volatile.Read(in _state);
            float share = 1;
            float next = state == 0 ? sample : Next(Average(state), sample, Age(state, now), out share);
            if (Interlocked.CompareExchange(ref _state, Pack(next, now), state) == state) return share;
        }
    }

    private static float Next(float average, float sample, float age, out float share)
    {
        sample = Math.Min(sample, LargestStep * Math.Max(average, Unseen));
        share = sample > average ? ShareUp : Math.Clamp(age / StaleStamps, LeastShareDown, 1);
        return average + share * (sample - average);
    }

    // Never 0 as a whole, which is the mark of the unseen.
    private static long Pack(float average, long now) =>
        (long)BitConverter.SingleToUInt32Bits(Math.Max(average, 0.001f)) << 32 | (uint)(now >> StampShift);

    private static float Average(long state) => BitConverter.UInt32BitsToSingle((uint)(state >> 32));

    // Stamps wrap, and threads may bring samples out of order: the difference is small either way.
    private static int Age(long state, long now) => (int)(now >> StampShift) - (int)state;
}
