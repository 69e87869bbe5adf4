namespace RouterGen.Gateway.Page.Figures;

/// <summary>What happened in each of the last seconds, and how long requests of the last minutes took. Not thread-safe.</summary>
internal sealed class LiveFigures
{
    /// <summary>How many seconds are kept.</summary>
    public const int Seconds = 60;

    private const int Minutes = 5;

    private readonly SecondFigures[] _seconds = new SecondFigures[Seconds + 1];
    private readonly (long Minute, LatencyHistogram Durations, LatencyHistogram FirstTokens)[] _minutes = new (long, LatencyHistogram, LatencyHistogram)[Minutes];

    public LiveFigures()
    {
        for (int i = 0; i < Minutes; i++) _minutes[i] = (0, new LatencyHistogram(), new LatencyHistogram());
    }

    /// <summary>Adds a request that has ended.</summary>
    /// <param name="second">When it ended, in seconds since 1970.</param>
    /// <param name="sample">What happened.</param>
    public void Add(long second, Sample sample)
    {
        ref SecondFigures at = ref _seconds[second % _seconds.Length];
        if (at.Second != second) at = new SecondFigures { Second = second };
        at.Tokens += sample.Tokens;
        at.Spend += sample.Spend;
        if (sample.IsLate) return;
        at.Requests++;
        if (sample.IsError) at.Errors++;
        ref (long Minute, LatencyHistogram Durations, LatencyHistogram FirstTokens) minute = ref _minutes[second / 60 % Minutes];
        if (minute.Minute != second / 60)
        {
            minute.Minute = second / 60;
            minute.Durations.Clear();
            minute.FirstTokens.Clear();
        }

        minute.Durations.Add(sample.Duration);
        if (sample.FirstToken is { } first) minute.FirstTokens.Add(first);
    }

    /// <summary>Returns the last whole seconds, oldest first.</summary>
    /// <param name="second">The second that is under way.</param>
    public SecondFigures[] Read(long second)
    {
        var all = new SecondFigures[Seconds];
        for (int i = 0; i < Seconds; i++)
        {
            long wanted = second - Seconds + i;
            SecondFigures at = _seconds[wanted % _seconds.Length];
            all[i] = at.Second == wanted ? at : new SecondFigures { Second = wanted };
        }

        return all;
    }

    /// <summary>Returns how long requests of the last five minutes took, and to the first content of streams.</summary>
    /// <param name="second">The second that is under way.</param>
    public (LatencyHistogram Durations, LatencyHistogram FirstTokens) Latencies(long second)
    {
        var all = (Durations: new LatencyHistogram(), FirstTokens: new LatencyHistogram());
        foreach ((long minute, LatencyHistogram durations, LatencyHistogram firstTokens) in _minutes)
        {
            if (minute <= (second / 60) - Minutes) continue;
            all.Durations.Add(durations);
            all.FirstTokens.Add(firstTokens);
        }

        return all;
    }
}

/// <summary>What ended in one second.</summary>
internal struct SecondFigures
{
    /// <summary>The second, counted from 1970.</summary>
    public long Second;

    public int Requests;
    public int Errors;
    public long Tokens;

    /// <summary>What was spent in USD.</summary>
    public decimal Spend;
}
