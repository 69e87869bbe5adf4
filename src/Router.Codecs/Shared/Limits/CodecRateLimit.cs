using System;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>The headers of one rate limit while they are collected, as they came: only the limit that matters is parsed to the end.</summary>
[Embedded]
internal struct CodecRateLimit
{
    private long? _limit;
    private long? _remaining;

    /// <summary>When it is whole again, as the dialect says it.</summary>
    public string? Reset { get; private set; }

    /// <summary>The whole limit, where it is known.</summary>
    public readonly long? Limit => _limit;

    /// <summary>What is left, where it is known.</summary>
    public readonly long? Remaining => _remaining;

    /// <summary>The part that is left, only for comparison: more than 1 where it is not known.</summary>
    public readonly double Headroom => _remaining == 0 ? 0 : _limit > 0 && _remaining is { } left ? (double)left / _limit.Value : double.MaxValue;

    /// <summary>Takes a header, if it is one of this limit.</summary>
    /// <param name="part">Which: <c>limit</c>, <c>remaining</c> or <c>reset</c>; without regard to case.</param>
    /// <param name="values">What it says.</param>
    public void Note(ReadOnlySpan<char> part, in HeaderStringValues values)
    {
        if (part.Equals("remaining", StringComparison.OrdinalIgnoreCase)) _remaining = ParseCount(First(values));
        else if (part.Equals("limit", StringComparison.OrdinalIgnoreCase)) _limit = ParseCount(First(values));
        else if (part.Equals("reset", StringComparison.OrdinalIgnoreCase)) Reset = First(values);
    }

    private static string? First(in HeaderStringValues values)
    {
        foreach (string value in values) return value;
        return null;
    }

    private static long? ParseCount(ReadOnlySpan<char> text) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : null;
}
