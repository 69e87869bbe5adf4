using System.Globalization;

namespace RouterGen.Infrastructure;

// Values that JSON has as texts: times by ISO 8601, whatever the culture.
public readonly partial struct ToolValue
{
    private static readonly string[] Moments =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd"];

    private static readonly string[] Times = ["HH:mm:ss", "HH:mm:ss.FFFFFFF", "HH:mm"];

    /// <summary>Returns a GUID.</summary>
    public Guid ReadGuid()
    {
        if (Given is Guid given) return given;
        if (TryGetText(out string? text) && Guid.TryParse(text, out Guid id)) return id;
        Refuse("a UUID such as 123e4567-e89b-12d3-a456-426614174000");
        return default;
    }

    /// <summary>Returns an absolute URL.</summary>
    public Uri ReadUri()
    {
        if (Given is Uri given) return given;
        if (TryGetText(out string? text) && Uri.TryCreate(text, UriKind.Absolute, out Uri? address)) return address;
        Refuse("an absolute URL");
        return null!;
    }

    /// <summary>Returns a date and time, of the kind that it states.</summary>
    public DateTime ReadDateTime()
    {
        if (Given is DateTime given) return given;
        if (TryGetText(out string? text) && DateTime.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime time)) return time;
        Refuse("a date and time such as 2026-01-31T15:04:05Z");
        return default;
    }

    /// <summary>Returns a date and time with its offset; UTC where it states none.</summary>
    public DateTimeOffset ReadDateTimeOffset()
    {
        if (Given is DateTimeOffset given) return given;
        if (TryGetText(out string? text) && DateTimeOffset.TryParseExact(text, Moments, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)) return time;
        Refuse("a date and time such as 2026-01-31T15:04:05Z");
        return default;
    }

    /// <summary>Returns a date.</summary>
    public DateOnly ReadDateOnly()
    {
        if (Given is DateOnly given) return given;
        if (TryGetText(out string? text) && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)) return date;
        Refuse("a date such as 2026-01-31");
        return default;
    }

    /// <summary>Returns a time of the day.</summary>
    public TimeOnly ReadTimeOnly()
    {
        if (Given is TimeOnly given) return given;
        if (TryGetText(out string? text) && TimeOnly.TryParseExact(text.EndsWith('Z') ? text[..^1] : text, Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time)) return time;
        Refuse("a time such as 15:04:05");
        return default;
    }

    /// <summary>Returns a span of time.</summary>
    public TimeSpan ReadTimeSpan()
    {
        if (Given is TimeSpan given) return given;
        if (TryGetText(out string? text) && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan span)) return span;
        Refuse("a span of time as [d.]hh:mm:ss, such as 00:05:00");
        return default;
    }
}
