namespace RoutingLab;

/// <summary>How all calls of one scenario went under one way to choose.</summary>
internal sealed class RunResult
{
    private readonly CallRecord[] _calls;
    private readonly long[] _sorted;

    public RunResult(Scenario scenario, Contender contender, CallRecord[] calls, int rateLimited)
    {
        Scenario = scenario;
        Contender = contender;
        RateLimited = rateLimited;
        _calls = calls;
        _sorted = Array.ConvertAll(calls, Lateness);
        Array.Sort(_sorted);
        Success = calls.Count(static call => call.Succeeded) / (double)calls.Length;
        Mean = _sorted.Average() / TimeSpan.TicksPerSecond;
        RetriesPerCall = calls.Sum(static call => Math.Max(0, call.Attempts - 1)) / (double)calls.Length;
        Cost = calls.Sum(static call => call.Cost);
        Shares = new double[scenario.Providers.Length];
        foreach (CallRecord call in calls)
        {
            if (call.Succeeded) Shares[call.Provider] += 1.0 / calls.Length;
        }

        Hash = HashOf(calls);
    }

    public Scenario Scenario { get; }

    public Contender Contender { get; }

    public int Calls => _calls.Length;

    /// <summary>The fraction of calls that were answered.</summary>
    public double Success { get; }

    /// <summary>The mean latency in seconds. A call that failed is as late as its deadline.</summary>
    public double Mean { get; }

    /// <summary>Attempts beyond the first, per call.</summary>
    public double RetriesPerCall { get; }

    /// <summary>What all answers cost, in USD.</summary>
    public double Cost { get; }

    /// <summary>How often a provider answered 429.</summary>
    public int RateLimited { get; }

    /// <summary>The fraction of the calls that each provider answered.</summary>
    public double[] Shares { get; }

    /// <summary>A number that tells apart any two runs that differ in any call.</summary>
    public ulong Hash { get; }

    /// <summary>The latency in seconds that so many of the calls did not exceed. A call that failed is as late as its deadline.</summary>
    public double Quantile(double quantile) => Seconds(_sorted[Math.Min(_sorted.Length - 1, (int)(_sorted.Length * quantile))]);

    /// <summary>The calls in equal spans of time, all cycles of the scenario laid one upon the other: what the plots show.</summary>
    public TimeSlice[] Slices(int count)
    {
        long end = _calls.Max(static call => call.Arrived) + 1;
        long span = Math.Min(end, (long)(Scenario.Seconds * TimeSpan.TicksPerSecond));
        var groups = _calls.ToLookup(call => (int)(call.Arrived % span * count / span));
        return [.. Enumerable.Range(0, count).Select(slice => Slice(groups[slice].ToArray(), slice * Seconds(span) / count))];
    }

    private TimeSlice Slice(CallRecord[] calls, double from)
    {
        long[] latencies = Array.ConvertAll(calls, Lateness);
        Array.Sort(latencies);
        double[] shares = new double[Scenario.Providers.Length];
        foreach (CallRecord call in calls)
        {
            if (call.Succeeded) shares[call.Provider] += 1.0 / calls.Length;
        }

        double p99 = calls.Length == 0 ? 0 : Seconds(latencies[Math.Min(calls.Length - 1, (int)(calls.Length * 0.99))]);
        return new TimeSlice(from, p99, calls.Length == 0 ? 1 : shares.Sum(), shares);
    }

    private long Lateness(CallRecord call) => call.Succeeded ? call.Latency : (long)(Scenario.TimeoutSeconds * TimeSpan.TicksPerSecond);

    private static double Seconds(long ticks) => ticks / (double)TimeSpan.TicksPerSecond;

    /// <summary>FNV-1a over what happened to each call.</summary>
    private static ulong HashOf(CallRecord[] calls)
    {
        ulong hash = 14695981039346656037;
        foreach (CallRecord call in calls)
        {
            foreach (long value in (ReadOnlySpan<long>)[call.Arrived, call.Latency, call.Provider, call.Attempts])
            {
                hash = (hash ^ (ulong)value) * 1099511628211;
            }
        }

        return hash;
    }
}

/// <summary>A span of time in a run.</summary>
/// <param name="From">Its start in seconds.</param>
/// <param name="P99">The 99th percentile of the latency of its calls in seconds.</param>
/// <param name="Success">The fraction of its calls that were answered.</param>
/// <param name="Shares">The fraction of its calls that each provider answered.</param>
internal readonly record struct TimeSlice(double From, double P99, double Success, double[] Shares);
