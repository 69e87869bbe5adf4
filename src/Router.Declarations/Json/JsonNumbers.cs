using System.Globalization;

namespace RouterGen.Declarations.Json;

/// <summary>The grammar and the range of JSON's numbers.</summary>
internal static class JsonNumbers
{
    // Fewer digits than the largest double has.
    private const int FewDigits = 300;

    public static bool IsNumber(ReadOnlySpan<char> text)
    {
        int at = text[0] == '-' ? 1 : 0;
        int first = at;
        if (!SkipDigits(text, ref at) || (text[first] == '0' && at > first + 1)) return false;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (!SkipDigits(text, ref at)) return false;
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-') at++;
            if (!SkipDigits(text, ref at)) return false;
        }

        return at == text.Length;
    }

    /// <summary>Whether a double can hold a number. Only one of many digits or with an exponent is converted to see.</summary>
    public static bool IsInRange(ReadOnlySpan<char> number)
    {
        int exponent = number.IndexOfAny('e', 'E') + 1;
        if (number.Length < FewDigits && (exponent == 0 || number[exponent] == '-')) return true;
        return double.TryParse(number.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && !double.IsInfinity(value);
    }

    private static bool SkipDigits(ReadOnlySpan<char> text, ref int at)
    {
        int start = at;
        while (at < text.Length && text[at] is >= '0' and <= '9') at++;
        return at > start;
    }
}
