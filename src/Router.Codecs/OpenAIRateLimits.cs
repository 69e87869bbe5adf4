using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>Reads the headers <c>x-ratelimit-remaining-…</c> and <c>x-ratelimit-reset-…</c>.</summary>
[Embedded]
internal static class OpenAIRateLimits
{
    /// <summary>The longest wait of those limits that are used up; null where none is, or where the headers are not to be understood.</summary>
    public static TimeSpan? ReadRetryAfter(HttpResponseHeaders headers)
    {
        TimeSpan? requests = ReadReset(headers, "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests");
        TimeSpan? tokens = ReadReset(headers, "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens");
        return requests is null || tokens > requests ? tokens : requests;
    }

    /// <summary>Reads a duration as Go prints it, <c>12ms</c>, <c>1s</c>, <c>6m0s</c>, <c>1h2m3.5s</c>; a plain number is seconds.</summary>
    internal static TimeSpan? ParseDuration(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty) return null;
        double seconds = 0;
        bool first = true;
        while (!text.IsEmpty)
        {
            int digits = text.IndexOfAnyExcept("0123456789.");
            ReadOnlySpan<char> number = digits < 0 ? text : text[..digits];
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)) return null;
            text = text[number.Length..];

            int letters = text.IndexOfAnyInRange('0', '9');
            ReadOnlySpan<char> unit = letters < 0 ? text : text[..letters];
            text = text[unit.Length..];
            double scale = unit switch
            {
                "" when first => 1,
                "ns" => 1e-9,
                "us" or "µs" or "μs" => 1e-6,
                "ms" => 1e-3,
                "s" => 1,
                "m" => 60,
                "h" => 3600,
                _ => double.NaN,
            };
            seconds += value * scale;
            first = false;
        }

        // Rejects what no TimeSpan can hold, and NaN: an unknown unit.
        return seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static TimeSpan? ReadReset(HttpResponseHeaders headers, string remaining, string reset) =>
        First(headers, remaining) is { } left && long.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count == 0
            ? ParseDuration(First(headers, reset))
            : null;

    private static string? First(HttpResponseHeaders headers, string name)
    {
        if (!headers.TryGetValues(name, out IEnumerable<string>? values)) return null;
        foreach (string value in values) return value.Trim();
        return null;
    }
}
