namespace RouterGen;

/// <summary>
/// How messages name environment variables. A key that stands where the name of its variable belongs must not reach a log,
/// so only a name that is written as names are is shown.
/// </summary>
internal static class VariableName
{
    private const int LongestName = 80;
    private const int LongestWord = 24;
    private const int LongestNumber = 4;
    private const int ShortWord = 8;

    /// <summary>Returns the variable as a message may name it.</summary>
    /// <param name="name">What stands in the place of its name.</param>
    /// <param name="property">The property that names it.</param>
    public static string Show(string name, string property) =>
        IsName(name) ? "the environment variable " + name : $"the environment variable that {property} names (not shown, because it is not written as a name)";

    /// <summary>
    /// Returns whether the text consists of words with a short number at their ends, separated by underscores,
    /// or by colons and with capitals, as keys of configuration are: <c>OPENAI_API_KEY_2</c>, <c>OpenAI:ApiKey</c>. In a key, words are long, and letters and digits take turns.
    /// </summary>
    public static bool IsName(string text)
    {
        if (text.Length is 0 or > LongestName || char.IsAsciiDigit(text[0])) return false;
        bool isPath = text.Contains(':', StringComparison.Ordinal);
        foreach (Range part in text.AsSpan().Split(':'))
        {
            if (isPath && !(text.AsSpan(part) is [var first, ..] && char.IsAsciiLetterUpper(first))) return false; // A user's name and password are written like that, too.
        }

        foreach (Range word in text.AsSpan().SplitAny('_', ':'))
        {
            if (!IsWord(text.AsSpan(word))) return false;
        }

        return true;
    }

    private static bool IsWord(ReadOnlySpan<char> word)
    {
        if (word.Length <= ShortWord) return IsAlphanumeric(word);
        int number = word.LastIndexOfAnyExceptInRange('0', '9') + 1;
        return number <= LongestWord && word.Length - number <= LongestNumber && !word[..number].ContainsAnyInRange('0', '9') && IsAlphanumeric(word);
    }

    private static bool IsAlphanumeric(ReadOnlySpan<char> word)
    {
        foreach (char c in word)
        {
            if (!char.IsAsciiLetterOrDigit(c)) return false;
        }

        return true;
    }
}
