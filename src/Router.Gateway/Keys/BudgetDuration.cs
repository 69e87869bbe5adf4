using System.Globalization;

namespace RouterGen.Gateway.Keys;

/// <summary>
/// A length of time in LiteLLM's form: a number with <c>s</c>, <c>m</c>, <c>h</c>, <c>d</c>, <c>w</c> or <c>mo</c>, or one of four words (its <c>duration_parser.py</c>). As the period of a budget it begins, in UTC: with
/// weeks (also <c>7d</c>) on Mondays, with months on the first, with all else counted from the midnight before the account was made.
/// </summary>
internal readonly record struct BudgetDuration(int Count, string Unit)
{
    /// <summary>Reads a length of time.</summary>
    /// <returns>Null where it is none, or zero, or of more than a hundred years.</returns>
    public static BudgetDuration? Parse(string? text)
    {
        text = text switch
        {
            "hourly" => "1h",
            "daily" => "1d",
            "weekly" => "1w",
            "monthly" => "30d",
            _ => text,
        };
        if (text is null) return null;
        int digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count == 0) return null;
        string unit = text[digits..];
        if (unit is "min") unit = "m";
        var duration = new BudgetDuration(count, unit);
        return unit is "mo" ? count <= 1200 ? duration : null : duration.Ticks is > 0 and <= 36_525 * TimeSpan.TicksPerDay ? duration : null;
    }

    /// <summary>Returns the moment that is so much later.</summary>
    public DateTimeOffset After(DateTimeOffset moment) => Unit is "mo" ? moment.AddMonths(Count) : moment.AddTicks(Ticks);

    /// <summary>Returns the period that a moment is in.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="made">When the account was made, from which periods are counted.</param>
    public (DateTimeOffset Start, DateTimeOffset End) PeriodOf(DateTimeOffset now, DateTimeOffset made)
    {
        DateTime day = made.UtcDateTime.Date;
        if (Unit is "mo")
        {
            var first = new DateTimeOffset(day.Year, day.Month, 1, 0, 0, 0, TimeSpan.Zero);
            DateTime utc = now.UtcDateTime;
            int months = (utc.Year - first.Year) * 12 + utc.Month - first.Month;
            DateTimeOffset start = first.AddMonths((int)Math.Floor(months / (double)Count) * Count);
            return (start, start.AddMonths(Count));
        }

        if (Unit is "w" || this is { Unit: "d", Count: 7 }) day = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        var origin = new DateTimeOffset(day, TimeSpan.Zero);
        DateTimeOffset begin = origin.AddTicks((long)Math.Floor((now - origin).Ticks / (decimal)Ticks) * Ticks);
        return (begin, begin.AddTicks(Ticks));
    }

    private long Ticks => Unit switch
    {
        "s" => Count * TimeSpan.TicksPerSecond,
        "m" => Count * TimeSpan.TicksPerMinute,
        "h" => Count * TimeSpan.TicksPerHour,
        "d" => Count * TimeSpan.TicksPerDay,
        "w" => Count * 7 * TimeSpan.TicksPerDay,
        _ => 0,
    };
}
