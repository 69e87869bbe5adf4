namespace RouterGen;

/// <summary>
/// Random numbers for jitter and shares: SplitMix64 over one atomic counter, so that it is lock-free, and
/// repeatable from its seed (https://prng.di.unimi.it/splitmix64.c).
/// </summary>
internal sealed class RandomSource(ulong seed)
{
    private ulong _state = seed;

#pragma warning disable RS0030 // The one place where chance enters.
    /// <summary>Returns a seed that differs from router to router.</summary>
    public static ulong NewSeed() => (ulong)Random.Shared.NextInt64();
#pragma warning restore RS0030

    public ulong NextUInt64()
    {
        ulong z = Interlocked.Add(ref _state, 0x9E3779B97F4A7C15);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 (inclusive) to 1 (exclusive).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A duration within a fifth of the given one, so that deployments which failed together do not come back together.</summary>
    public TimeSpan Jitter(TimeSpan duration) => duration * (0.8 + 0.4 * NextDouble());
}
