namespace RouterGen;

/// <summary>How long a deployment is left alone after it failed. All constants of cooling are here.</summary>
/// <param name="configured">The declared cooldown; zero is one that grows.</param>
/// <param name="allowedFails">The failures in a row before it cools.</param>
/// <param name="longestAsked">No provider is obeyed for longer: real ones have asked for days.</param>
internal readonly struct Cooldown(TimeSpan configured, int allowedFails, TimeSpan longestAsked)
{
    /// <summary>For what no short wait will cure: a wrong key, no credit, no such model.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    /// <summary>
    /// What is waited for in vain for as long as this is costly to try again: a caller does not find out where another
    /// deployment can answer.
    /// </summary>
    public static readonly TimeSpan Costly = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestCost = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortestProbe = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan Base = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RateLimitBase = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RateLimitLongest = TimeSpan.FromSeconds(60);

    /// <summary>The cooldown after a failure; zero is none.</summary>
    /// <param name="effect">What the failure does.</param>
    /// <param name="failuresInARow">How many failures in a row there are with this one; 1 or more.</param>
    /// <param name="asked">How long the provider asks for.</param>
    /// <param name="cost">How long was waited in vain: it rests no less than that.</param>
    /// <param name="random">The source of jitter.</param>
    public TimeSpan After(HealthEffect effect, int failuresInARow, TimeSpan? asked, TimeSpan cost, RandomSource random)
    {
        if (effect is HealthEffect.None or HealthEffect.NotAsked) return TimeSpan.Zero;
        if (effect is HealthEffect.CoolLong) return random.Jitter(Long);

        // A server that says when to come back is obeyed whatever the failure: an overloaded one may say so too.
        if (asked is { } wait && wait > TimeSpan.Zero) return wait < longestAsked ? wait : longestAsked;
        if (effect is HealthEffect.Count && failuresInARow <= allowedFails) return TimeSpan.Zero;
        if (configured > TimeSpan.Zero) return configured;
        TimeSpan usual = random.Jitter(effect is HealthEffect.CoolAsAsked ? Doubled(RateLimitBase, failuresInARow - 1, RateLimitLongest) : Backoff(failuresInARow - allowedFails));
        return usual > cost ? usual : cost < LongestCost ? cost : LongestCost;
    }

    /// <summary>How long others wait for what a probe finds out, before one of them probes as well: it may hang, or just take long.</summary>
    /// <param name="latency">How long a recent answer took, in milliseconds.</param>
    public static TimeSpan WaitForProbe(float latency)
    {
        TimeSpan twice = TimeSpan.FromMilliseconds(2 * latency);
        return twice < ShortestProbe ? ShortestProbe : twice < LongestProbe ? twice : LongestProbe;
    }

    private static TimeSpan Backoff(int failures) => failures <= 1 ? First : Doubled(Base, failures - 2, Longest);

    private static TimeSpan Doubled(TimeSpan start, int times, TimeSpan longest)
    {
        TimeSpan grown = start * Math.Pow(2, Math.Min(times, 20));
        return grown < longest ? grown : longest;
    }
}
