using System.Globalization;
using System.Text;

namespace RouterGen.Declarations.Json;

/// <summary>The escapes of JSON's strings.</summary>
internal static class JsonEscapes
{
    private const int HexDigits = 4;

    /// <summary>The length of the escape that begins with the backslash at <paramref name="at"/>; negative where it is wrong, so that as many characters may be skipped.</summary>
    public static int LengthAt(ReadOnlySpan<char> text, int at)
    {
        char letter = at + 1 < text.Length ? text[at + 1] : '\0';
        if (letter is '"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't') return 2;
        if (letter is not 'u') return letter < ' ' ? -1 : -2; // A line's end is no part of it.
        int length = 2;
        while (length < 2 + HexDigits && at + length < text.Length && IsHex(text[at + length])) length++;
        return length == 2 + HexDigits ? length : -length;
    }

    /// <summary>The text that is meant by what stands between the quotes. Wrong escapes are left as they are.</summary>
    public static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int length = text[at] == '\\' ? LengthAt(text.AsSpan(), at) : 1;
            if (length > 1) result.Append(Meaning(text, at + 1));
            else result.Append(text, at, length = Math.Abs(length));
            at += length;
        }

        return result.ToString();
    }

    private static char Meaning(string text, int letter) => text[letter] switch
    {
        'b' => '\b',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => (char)ushort.Parse(text.Substring(letter + 1, HexDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
        char itself => itself,
    };

    private static bool IsHex(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
}
