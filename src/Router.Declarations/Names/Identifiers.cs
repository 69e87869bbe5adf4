using System.Globalization;
using System.Text;

namespace RouterGen.Declarations.Names;

/// <summary>Makes C# names of names that may be any text.</summary>
internal static class Identifiers
{
    // A compiler's limit is 1023; no reader gets that far.
    private const int LongestName = 100;

    /// <summary>
    /// A name in Pascal case: <c>claude-fast</c> becomes <c>ClaudeFast</c>, <c>3d</c> becomes <c>_3d</c>. Text without a
    /// letter or digit becomes <paramref name="fallback"/> with a suffix that depends on the text alone.
    /// </summary>
    public static string Pascal(string text, string fallback)
    {
        var name = new StringBuilder();
        bool startsWord = true;
        foreach (char c in text)
        {
            if (char.IsLetterOrDigit(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.LetterNumber)
            {
                name.Append(startsWord ? char.ToUpperInvariant(c) : c);
                startsWord = false;
            }
            else if (name.Length > 0 && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                name.Append(c); // An accent or vowel sign of the letter before.
            }
            else
            {
                startsWord = true;
            }
        }

        if (name.Length == 0) return fallback + StableHash(text);
        if (char.IsDigit(name[0])) name.Insert(0, '_');
        return name.Length > LongestName ? name.ToString(0, LongestName) + StableHash(text) : name.ToString();
    }

    /// <summary>A name as it must be written in C#: with <c>@</c> where it is a keyword, in whatever context.</summary>
    public static string Escape(string name) =>
        Keywords.IsKeyword(name) ? "@" + name : name;

    /// <summary>
    /// Returns a project's name as the namespace that it stands for: <c>my-shop</c> is <c>my_shop</c>, as in the templates of new
    /// projects. Empty where nothing is stated.
    /// </summary>
    public static string Namespace(string stated)
    {
        return stated.Trim().Length == 0 ? "" : string.Join(".", stated.Trim().Split('.').Select(AsIdentifier));

        static string AsIdentifier(string part)
        {
            string name = new([.. part.Select(c => char.IsLetterOrDigit(c) ? c : '_')]);
            return name.Length == 0 || char.IsDigit(name[0]) ? "_" + name : name;
        }
    }

    /// <summary>Returns whether text is a C# name, without <c>@</c>.</summary>
    public static bool IsIdentifier(string text) => text.Length > 0 && (text[0] == '_' || IsLetter(text[0])) && text.All(c => IsLetter(c) || IsFurther(c));

    /// <summary>The first of a name, the name and <c>_2</c>, and so on that is not taken, which it is afterwards.</summary>
    public static string Claim(string name, HashSet<string> taken)
    {
        string free = name;
        for (int n = 2; !taken.Add(free); n++) free = name + "_" + n.ToString(CultureInfo.InvariantCulture);
        return free;
    }

    private static bool IsLetter(char c) => char.IsLetter(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.LetterNumber;

    // What may follow a letter: digits, marks, formatting, and what connects words, such as the underscore.
    private static bool IsFurther(char c) => CharUnicodeInfo.GetUnicodeCategory(c)
        is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;

    // FNV-1a: string.GetHashCode differs from one process to the next.
    private static string StableHash(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text) hash = unchecked((hash ^ c) * 16777619);
        return hash.ToString("X8", CultureInfo.InvariantCulture);
    }
}
