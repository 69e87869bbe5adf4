namespace RoutingLab;

/// <summary>
/// Random draws that repeat from their seed on every machine: SplitMix64 (https://prng.di.unimi.it/splitmix64.c). Each
/// thing that is drawn for has draws of its own, so that one strategy's choices do not change another thing's luck.
/// </summary>
internal sealed class Draws(ulong seed, int stream = 0)
{
    private ulong _state = Mix(seed + 0x9E3779B97F4A7C15 * (ulong)(stream + 1));

    public ulong NextUInt64() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>From 0 (inclusive) to 1 (exclusive).</summary>
    public double Next() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 to one less than the given number.</summary>
    public int Next(int count) => (int)(Next() * count);

    /// <summary>The time to the next of events that come independently of each other, one in a mean of so long.</summary>
    public double NextExponential(double mean) => -mean * Math.Log(1 - Next());

    /// <summary>Log-normal around a median: what latencies and lengths look like.</summary>
    /// <param name="median">Half are below.</param>
    /// <param name="sigma">The standard deviation of the logarithm.</param>
    public double NextLogNormal(double median, double sigma)
    {
        // Box and Muller's transform; its second number is thrown away, so that each draw takes the same steps.
        double normal = Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());
        return median * Math.Exp(sigma * normal);
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
