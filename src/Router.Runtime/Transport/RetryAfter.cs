using System.ComponentModel;
using System.Globalization;
using System.Net.Http.Headers;

namespace RouterGen.Infrastructure;

/// <summary>
/// Reads how long a server asks to be left alone: <c>retry-after-ms</c>, then <c>Retry-After</c> in seconds (also
/// fractional) or as a date (RFC 9110 §10.2.3).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RetryAfter
{
    /// <summary>Returns how long; null where the server does not say, or says something that makes no sense.</summary>
    /// <param name="headers">The headers of an answer.</param>
    /// <param name="now">The time, for a date.</param>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (TryGet(headers, "retry-after-ms", out string milliseconds) && TryParse(milliseconds, TimeSpan.TicksPerMillisecond, out TimeSpan wait)) return wait;
        if (!TryGet(headers, "Retry-After", out string text)) return null;
        if (TryParse(text, TimeSpan.TicksPerSecond, out wait)) return wait;
        if (!DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset date)) return null;
        return date > now ? date - now : TimeSpan.Zero;
    }

    private static bool TryGet(HttpResponseHeaders headers, string name, out string value)
    {
        value = "";
        if (!headers.NonValidated.TryGetValues(name, out HeaderStringValues values)) return false;
        foreach (string first in values)
        {
            value = first.Trim();
            return true;
        }

        return false;
    }

    private static bool TryParse(string text, long ticksPerUnit, out TimeSpan wait)
    {
        wait = default;
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double units) || !double.IsFinite(units)) return false;
        wait = new TimeSpan((long)Math.Min(units * ticksPerUnit, TimeSpan.TicksPerDay * 366.0));
        return true;
    }
}
