namespace RouterGen.Tool.Top;

/// <summary>What an event says.</summary>
internal enum MetricKind
{
    /// <summary>A counter: how much was added in the interval, per second.</summary>
    Rate,

    /// <summary>A gauge: the last value.</summary>
    Value,

    /// <summary>A histogram: what was recorded in the interval.</summary>
    Distribution,

    /// <summary>All values of an interval have come.</summary>
    IntervalEnd,

    /// <summary>The process has an instrument of the router's, or has listed all that it has.</summary>
    Announcement,

    /// <summary>The process cannot report: <see cref="MetricEvent.Instrument"/> says why.</summary>
    Fault,
}

/// <summary>One measurement of an interval, as a process publishes it over its diagnostics port.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Instrument">The instrument; empty where there is none.</param>
internal sealed record MetricEvent(MetricKind Kind, string Instrument)
{
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the rate per second, or the value.</summary>
    public double Number { get; init; }

    /// <summary>Gets how many values were recorded in the interval.</summary>
    public long Count { get; init; }

    /// <summary>Gets their sum.</summary>
    public double Sum { get; init; }

    /// <summary>Gets the median, and the value that 95 of 100 do not exceed; null where none is known.</summary>
    public (double P50, double P95)? Quantiles { get; init; }

    public string? Tag(string name) => Tags.GetValueOrDefault(name);

    /// <summary>Reads tags, which are written "name=value,name=value". A value may have commas.</summary>
    public static Dictionary<string, string> ParseTags(string text)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        string? last = null;
        foreach (string part in text.Length == 0 ? [] : text.Split(','))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && IsName(part.AsSpan(0, equals))) tags[last = part[..equals]] = part[(equals + 1)..];
            else if (last is not null) tags[last] += "," + part;
        }

        return tags;
    }

    /// <summary>Reads quantiles, which are written "0.5=1.2;0.95=3.4;0.99=5.6".</summary>
    public static (double P50, double P95)? ParseQuantiles(string text)
    {
        double? p50 = null, p95 = null;
        foreach (string part in text.Split(';'))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !double.TryParse(part.AsSpan(equals + 1), System.Globalization.CultureInfo.InvariantCulture, out double value)) continue;
            if (part.AsSpan(0, equals) is "0.5") p50 = value;
            else if (part.AsSpan(0, equals) is "0.95") p95 = value;
        }

        return p50 is { } middle && p95 is { } high ? (middle, high) : null;
    }

    private static bool IsName(ReadOnlySpan<char> text) => text.IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyz._") < 0;
}
