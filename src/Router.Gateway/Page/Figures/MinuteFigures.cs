namespace RouterGen.Gateway.Page.Figures;

/// <summary>What happened in one minute, when it is over.</summary>
/// <param name="Minute">The minute, counted from 1970; 0 where nothing was kept.</param>
/// <param name="Requests">How many requests ended.</param>
/// <param name="Errors">How many of them failed.</param>
/// <param name="Tokens">The tokens read and written.</param>
/// <param name="Spend">What they cost in USD.</param>
/// <param name="P50">The median duration in milliseconds.</param>
/// <param name="P95">The time in milliseconds within which 95 % ended.</param>
/// <param name="FirstTokens">How many streams had content.</param>
/// <param name="FirstToken">The median time to the first content of streams in milliseconds; 0 where there was none.</param>
internal readonly record struct MinuteFigures(int Minute, int Requests, int Errors, long Tokens, double Spend, float P50, float P95, int FirstTokens, float FirstToken);

/// <summary>What happens in the minute that is under way. Not thread-safe.</summary>
internal sealed class OpenMinute
{
    private readonly LatencyHistogram _durations = new();
    private readonly LatencyHistogram _firstTokens = new();
    private int _errors;
    private long _tokens;
    private decimal _spend;

    public void Add(Sample sample)
    {
        _tokens += sample.Tokens;
        _spend += sample.Spend;
        if (sample.IsLate) return;
        _durations.Add(sample.Duration);
        if (sample.FirstToken is { } first) _firstTokens.Add(first);
        if (sample.IsError) _errors++;
    }

    /// <summary>Returns the figures so far; null where nothing happened.</summary>
    /// <param name="minute">The minute.</param>
    public MinuteFigures? At(int minute) => _durations.Count == 0 && _tokens == 0 && _spend == 0
        ? null
        : new MinuteFigures(minute, (int)_durations.Count, _errors, _tokens, (double)_spend, (float)(_durations.Quantile(0.5) ?? 0), (float)(_durations.Quantile(0.95) ?? 0), (int)_firstTokens.Count, (float)(_firstTokens.Quantile(0.5) ?? 0));

    public void Clear()
    {
        _durations.Clear();
        _firstTokens.Clear();
        _errors = 0;
        _tokens = 0;
        _spend = 0;
    }
}
