using System.Text.RegularExpressions;

namespace Policy;

/// <summary>Finds texts that look like personal data. A real program asks a library or a model for this.</summary>
internal static partial class PersonalText
{
    /// <summary>Returns whether a text holds an address of mail or the number of a card or an account.</summary>
    public static bool IsIn(string text) => Pattern().IsMatch(text);

    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.\w+|\b(?:\d[ -]?){13,19}\b|\b[A-Z]{2}\d{2}(?: ?\w{4}){3,7}\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
