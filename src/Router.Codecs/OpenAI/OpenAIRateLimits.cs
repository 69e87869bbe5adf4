using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads the headers <c>x-ratelimit-{limit,remaining,reset}-{requests,tokens}</c>.</summary>
[Embedded]
internal static class OpenAIRateLimits
{
    private const string Prefix = "x-ratelimit-";

    private static readonly string[] WaitWords = ["retry after ", "try again in "];

    /// <summary>What is left of both limits.</summary>
    public static RateLimitHeaders Read(HttpResponseHeaders headers)
    {
        CodecRateLimit requests = default;
        CodecRateLimit tokens = default;
        foreach (KeyValuePair<string, HeaderStringValues> header in headers.NonValidated)
        {
            if (!header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) continue;
            ReadOnlySpan<char> name = header.Key.AsSpan(Prefix.Length);
            int dash = name.IndexOf('-');
            if (dash < 0) continue;
            ReadOnlySpan<char> unit = name[(dash + 1)..];
            if (unit.Equals("requests", StringComparison.OrdinalIgnoreCase)) requests.Note(name[..dash], header.Value);
            else if (unit.Equals("tokens", StringComparison.OrdinalIgnoreCase)) tokens.Note(name[..dash], header.Value);
        }

        return new RateLimitHeaders(ToReading(requests), ToReading(tokens));
    }

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
            ReadOnlySpan<char> number = text[..CountLeading(text, ofNumber: true)];
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)) return null;
            text = text[number.Length..];
            ReadOnlySpan<char> unit = text[..CountLeading(text, ofNumber: false)];
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

    /// <summary>Returns the wait that a message states as Azure does, <c>Please retry after 6 seconds</c>; null where it states none.</summary>
    internal static TimeSpan? WaitIn(ReadOnlySpan<char> message)
    {
        foreach (string words in WaitWords)
        {
            int at = message.IndexOf(words, StringComparison.OrdinalIgnoreCase);
            if (at < 0) continue;
            ReadOnlySpan<char> rest = message[(at + words.Length)..];
            int digits = CountLeading(rest, ofNumber: true);
            if (rest[digits..].StartsWith(" second", StringComparison.OrdinalIgnoreCase) && int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)) return TimeSpan.FromSeconds(seconds);
        }

        return null;
    }

    /// <summary>How many characters at the start are of a number, or are not.</summary>
    private static int CountLeading(ReadOnlySpan<char> text, bool ofNumber)
    {
        int count = 0;
        while (count < text.Length && (char.IsAsciiDigit(text[count]) || text[count] == '.') == ofNumber) count++;
        return count;
    }

    private static RateLimitReading ToReading(in CodecRateLimit limit) => new(limit.Limit, limit.Remaining, ParseDuration(limit.Reset));

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
