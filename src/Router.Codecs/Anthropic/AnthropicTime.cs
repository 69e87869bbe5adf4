using System;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>Reads times as headers have them.</summary>
[Embedded]
internal static class AnthropicTime
{
    private const int ToSeconds = 19; // 2026-01-02T03:04:05
    private const int OffsetLength = 6; // +01:00

    /// <summary>
    /// Reads a time by RFC 3339, such as <c>2026-01-02T03:04:05.5Z</c> or <c>…+01:00</c>; null where it is none. By hand: each
    /// answer brings several, and <c>DateTimeOffset.TryParseExact</c>
    /// takes a microsecond for each.
    /// </summary>
    public static DateTimeOffset? ParseRfc3339(ReadOnlySpan<char> text)
    {
        if (text.Length <= ToSeconds || text[4] != '-' || text[7] != '-' || (text[10] | ' ') != 't' || text[13] != ':' || text[16] != ':') return null;
        if (!TryRead(text[..4], out int year) || !TryRead(text[5..7], out int month) || !TryRead(text[8..10], out int day)) return null;
        if (!TryRead(text[11..13], out int hour) || !TryRead(text[14..16], out int minute) || !TryRead(text[17..19], out int second)) return null;
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return null;

        ReadOnlySpan<char> rest = text[ToSeconds..];
        if (!TryTakeFraction(ref rest, out long ticks) || !TryReadOffset(rest, out TimeSpan offset)) return null;
        long utc = new DateTime(year, month, day, hour, minute, second).Ticks + ticks - offset.Ticks;
        return utc < 0 ? null : new DateTimeOffset(utc, TimeSpan.Zero);
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<char> rest, out long ticks)
    {
        ticks = 0;
        if (rest[0] != '.') return true;
        rest = rest[1..];
        long unit = TimeSpan.TicksPerSecond;
        int digits = 0;
        for (; digits < rest.Length && char.IsAsciiDigit(rest[digits]); digits++)
        {
            unit /= 10; // Digits beyond a tick count for nothing.
            ticks += (rest[digits] - '0') * unit;
        }

        rest = rest[digits..];
        return digits > 0;
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text is ['Z' or 'z']) return true;
        if (text.Length != OffsetLength || text[0] is not ('+' or '-') || text[3] != ':') return false;
        if (!TryRead(text[1..3], out int hours) || !TryRead(text[4..6], out int minutes) || hours > 23 || minutes > 59) return false;
        offset = new TimeSpan(hours, minutes, 0);
        if (text[0] == '-') offset = -offset;
        return true;
    }

    private static bool TryRead(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (char digit in digits)
        {
            if (!char.IsAsciiDigit(digit)) return false;
            number = number * 10 + (digit - '0');
        }

        return true;
    }
}
