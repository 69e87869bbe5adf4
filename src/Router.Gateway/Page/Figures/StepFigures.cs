namespace RouterGen.Gateway.Page.Figures;

/// <summary>What happened in a step of several minutes. Its percentiles are those of its minutes, averaged by how many requests each had.</summary>
internal struct StepFigures
{
    private double _p50;
    private double _p95;
    private double _first;
    private long _firsts;

    public long Requests { get; private set; }

    public long Errors { get; private set; }

    public long Tokens { get; private set; }

    /// <summary>Gets what was spent in USD.</summary>
    public double Spend { get; private set; }

    /// <summary>Gets the median duration in milliseconds; null where nothing happened.</summary>
    public readonly double? P50 => Requests == 0 ? null : _p50 / Requests;

    /// <summary>Gets the time in milliseconds within which 95 % ended; null where nothing happened.</summary>
    public readonly double? P95 => Requests == 0 ? null : _p95 / Requests;

    /// <summary>Gets the median time to the first content of streams in milliseconds; null where there was none.</summary>
    public readonly double? FirstToken => _firsts == 0 ? null : _first / _firsts;

    public void Add(MinuteFigures minute)
    {
        Requests += minute.Requests;
        Errors += minute.Errors;
        Tokens += minute.Tokens;
        Spend += minute.Spend;
        _p50 += (double)minute.P50 * minute.Requests;
        _p95 += (double)minute.P95 * minute.Requests;
        _first += (double)minute.FirstToken * minute.FirstTokens;
        _firsts += minute.FirstTokens;
    }
}
