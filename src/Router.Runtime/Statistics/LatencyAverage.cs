using System.Runtime.CompilerServices;

namespace RouterGen;

/// <summary>
/// A moving average of a deployment's latencies, in milliseconds, that one compare-and-swap updates: the average and the
/// time of its last sample share one number, so that no reader sees the one without the other. All constants of the
/// average are here.
/// </summary>
/// <remarks>
/// One sample says little, the first one of a process or a connection least of all. So a young average is a plain mean, and
/// there are doubts about it until it has had a few samples, and again when one has raised it: until the next sample, which
/// is asked for soon where the deployment may be as fast as others.
/// </remarks>
internal struct LatencyAverage
{
    /// <summary>What a deployment that was never measured counts as where averages alone are compared: fast. Below it, differences are noise.</summary>
    public const float Unseen = 50;

    /// <summary>How old, in ticks, the last sample may be before the average says less and less.</summary>
    public const long StaleAfter = 30 * TimeSpan.TicksPerSecond;

    // Bad news counts a fifth, good news an eighth: a deployment that got slow is left soon, and a few lucky answers do not
    // bring all calls back. After a silence, good news is all that is known.
    private const float ShareUp = 0.2f;
    private const float LeastShareDown = 0.125f;

    // One straggler says little, however late it comes; a deployment with many of them is slow. Below Unseen, differences are noise.
    private const float LargestStep = 5;

    // Nothing but samples of calls that had to open a connection.
    private const uint Provisional = 4;

    // The first warm sample leaves so many doubts, of which each further one removes one.
    private const uint Young = 3;

    // Where there are doubts the next sample is due after so many times the average: soon at what is fast, but not at once, so
    // that a passing trouble has passed.
    private const float DoubtfulAfter = 4;

    // Without doubts it is due after so many times the average: of deployments that are alike none keeps a bad average for long.
    private const float CertainFor = 12;
    private const float CertainFade = 0.8f;

    private const int StampShift = 17; // 13.1 ms
    private const int DoubtBits = 3;
    private const uint DoubtMask = (1 << DoubtBits) - 1;
    private const float StaleStamps = StaleAfter / (float)(1 << StampShift);
    private const float MillisecondsPerStamp = (1 << StampShift) / (float)TimeSpan.TicksPerMillisecond;

    private long _state; // the bits of the average above, then the stamp, which wraps every 81 days, and the doubts; 0 before the first sample

    /// <summary>Gets whether there is a sample.</summary>
    public readonly bool IsKnown => Volatile.Read(in _state) != 0;

    /// <summary>Gets whether all that is known are cold samples, which a warm one replaces.</summary>
    public readonly bool IsProvisional => Doubts(Volatile.Read(in _state)) == Provisional;

    /// <summary>Gets the average as it was with the last sample; <see cref="Unseen"/> before the first.</summary>
    public readonly float Value => Volatile.Read(in _state) is var state and not 0 ? Average(state) : Unseen;

    /// <summary>Whether the deployment should be measured again: the last sample is old, or there are doubts about it.</summary>
    public readonly bool IsStale(long now) => Volatile.Read(in _state) is var state and not 0 && Age(state, now) > HoldsFor(state);

    /// <summary>
    /// The average, which falls with the square of the time once it is stale: a deployment that was left alone for being
    /// slow becomes attractive again, and is measured. Once the next sample is due it is four fifths of it or, where there are
    /// doubts, less. 0 before the first warm sample: what is new is tried, however fast others are.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float FadedAt(long now)
    {
        long state = Volatile.Read(in _state);
        if (state == 0) return 0;
        float age = Age(state, now);
        return age <= HoldsFor(state) ? Average(state) : Faded(state, age);
    }

    /// <summary>The time since the last sample, in milliseconds; infinite before the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float SilenceAt(long now) =>
        Volatile.Read(in _state) is var state and not 0 ? Age(state, now) * MillisecondsPerStamp : float.PositiveInfinity;

    /// <summary>Adds a latency.</summary>
    /// <param name="sample">Milliseconds.</param>
    /// <param name="now">The time.</param>
    /// <param name="isCold">
    /// Whether the call had to open a connection: a slow answer to it is not the deployment's doing, unless it is all that
    /// there is for as long as an average holds.
    /// </param>
    /// <returns>The share that the sample got in the average.</returns>
    public float Add(float sample, long now, bool isCold = false)
    {
        while (true)
        {
            long state = Volatile.Read(in _state);
            uint doubts = Doubts(state);
            bool isFresh = state != 0 && Age(state, now) <= StaleStamps;
            float share = 1;
            float next = sample;
            if (state == 0) doubts = isCold ? Provisional : Young;
            else if (doubts == Provisional && (!isCold || !isFresh)) doubts = Young;
            else
            {
                if (isCold && isFresh && doubts != Provisional && sample > Average(state)) return 0;
                next = Next(state, sample, Age(state, now), out share);
                if (doubts != Provisional) doubts = doubts > 0 ? doubts - 1 : next > Average(state) ? 1u : 0;
            }

            if (Interlocked.CompareExchange(ref _state, Pack(next, now, doubts), state) == state) return share;
        }
    }

    private static float Next(long state, float sample, float age, out float share)
    {
        float average = Average(state);
        sample = Math.Min(sample, LargestStep * Math.Max(average, Unseen));
        share = sample > average ? ShareUp : Math.Clamp(age / StaleStamps, LeastShareDown, 1);
        if (Doubts(state) is > 0 and var doubts) share = Math.Max(share, 1f / (Young + 2 - Math.Min(doubts, Young)));
        return average + share * (sample - average);
    }

    private static float Faded(long state, float age)
    {
        uint doubts = Doubts(state);
        if (doubts == Provisional) return 0;
        float fade = age <= StaleStamps ? 1 : StaleStamps / age * (StaleStamps / age);
        return Average(state) * Math.Min(fade, doubts == 0 ? CertainFade : 2f / (2 + doubts));
    }

    /// <summary>The age in stamps up to which the average holds.</summary>
    private static float HoldsFor(long state) => Doubts(state) switch
    {
        0 => Math.Min(StaleStamps, CertainFor / MillisecondsPerStamp * Average(state)),
        Provisional => -1,
        _ => Math.Min(StaleStamps, DoubtfulAfter / MillisecondsPerStamp * Average(state)),
    };

    // Never 0 as a whole, which is the mark of the unseen.
    private static long Pack(float average, long now, uint doubts) =>
        (long)BitConverter.SingleToUInt32Bits(Math.Max(average, 0.001f)) << 32 | ((uint)(now >> StampShift) << DoubtBits | doubts);

    private static float Average(long state) => BitConverter.UInt32BitsToSingle((uint)(state >> 32));

    private static uint Doubts(long state) => (uint)state & DoubtMask;

    // RevisionWords wrap, and threads may bring samples out of order: the difference is small either way.
    private static int Age(long state, long now) => ((int)(now >> StampShift << DoubtBits) - (int)((uint)state & ~DoubtMask)) >> DoubtBits;
}
