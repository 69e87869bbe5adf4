using System.Security.Cryptography;
using System.Text;

namespace RouterGen.PostgreSql.Values;

/// <summary>
/// Values as columns hold them. Nothing that a row brings makes the database refuse it, because a batch with a row that is refused would be tried again for ever: texts lose what PostgreSQL cannot
/// hold, and numbers are limited.
/// </summary>
internal static class StoredValue
{
    private const long MostTokens = 1_000_000_000_000;
    private const decimal MostUsd = 1_000_000_000_000m;
    private const int LongestId = 200; // A row of an index has 2,704 bytes at the most, a character up to four, and a key up to two ids.

    // A microsecond after and before what Npgsql takes for infinity.
    private static readonly DateTimeOffset First = DateTimeOffset.MinValue.AddTicks(TimeSpan.TicksPerMicrosecond);
    private static readonly DateTimeOffset Last = DateTimeOffset.MaxValue.AddTicks(-10 * TimeSpan.TicksPerMicrosecond);

    /// <summary>Returns a text without NUL, which PostgreSQL has not, and without halves of characters, which UTF-8 has not: each is a U+FFFD.</summary>
    public static string? Text(string? text)
    {
        if (text is null) return null;
        int index = text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff');
        if (index < 0 && !text.Contains('\0', StringComparison.Ordinal)) return text;
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes()) clean.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        return clean.ToString();
    }

    /// <summary>Returns an id; of one that an index cannot hold, its beginning and a hash of all of it.</summary>
    public static string Id(string id) => Text(id.Length <= LongestId ? id : $"{id[..LongestId]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}")!;

    /// <summary>Returns a list of texts as a literal of an array.</summary>
    public static string Array(IReadOnlyList<string> texts)
    {
        if (texts.Count == 0) return "{}";
        var array = new StringBuilder("{");
        for (int i = 0; i < texts.Count; i++)
        {
            array.Append(i > 0 ? ",\"" : "\"");
            foreach (char character in Text(texts[i])!)
            {
                if (character is '"' or '\\') array.Append('\\');
                array.Append(character);
            }

            array.Append('"');
        }

        return array.Append('}').ToString();
    }

    /// <summary>Returns a number of tokens, at most a trillion, so that sums of it do not overflow.</summary>
    public static long Tokens(long tokens) => Math.Clamp(tokens, -MostTokens, MostTokens);

    /// <summary>Returns a cost in USD, exact to a trillionth and at most a trillion.</summary>
    public static decimal Usd(decimal usd) => decimal.Round(Math.Clamp(usd, -MostUsd, MostUsd), 12);

    /// <summary>Returns a time in UTC, within what PostgreSQL takes for one.</summary>
    public static DateTimeOffset Time(DateTimeOffset time) => time < First ? First : time > Last ? Last : time.ToUniversalTime();

    /// <summary>Returns a time to the microsecond, as <c>timestamptz</c> holds it.</summary>
    public static DateTimeOffset Microsecond(DateTimeOffset time) => Time(time).AddTicks(-Tick(time));

    /// <summary>Returns what a time has beyond the microsecond, in ticks of 100 ns: 0 to 9.</summary>
    public static short Tick(DateTimeOffset time) => (short)(Time(time).Ticks % TimeSpan.TicksPerMicrosecond);
}
