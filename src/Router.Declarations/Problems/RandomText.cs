namespace RouterGen.Declarations.Problems;

/// <summary>
/// Tells text that a generator of keys made from text that people write. Names of models, regions and deployments are long,
/// too, but consist of words and numbers; random text changes between upper case, lower case and digits all the time.
/// </summary>
internal static class RandomText
{
    private const int ShortestHex = 32;
    private const int ShortestMixed = 20;
    private const int ShortestOneCase = 24;
    private const int ShortestToken = 40;
    private const int ShortestWord = 8;

    /// <summary>Returns whether the text, which holds no separators of sentences and paths, is random.</summary>
    public static bool IsRandom(string text) =>
        text.Length >= ShortestMixed && (IsGuid(text) || IsToken(text) || IsAccessKey(text) || Runs(text).Any(run => IsHex(run) || IsRandomRun(run)) || IsWideToken(text));

    /// <summary>Returns the length of the longest run of letters and digits with a digit in it.</summary>
    public static int LongestRunWithDigit(string text) => Runs(text).Where(run => run.Any(char.IsDigit)).Select(run => run.Length).DefaultIfEmpty().Max();

    // eyJ… is the base64 of {": a JSON web token.
    private static bool IsToken(string text) => text.StartsWith("eyJ", StringComparison.Ordinal) && text.Split('.').Length == 3;

    // The id of a key for AWS.
    private static bool IsAccessKey(string text) =>
        text.Length == 20 && (text.StartsWith("AKIA", StringComparison.Ordinal) || text.StartsWith("ASIA", StringComparison.Ordinal)) && text.All(c => char.IsDigit(c) || c is >= 'A' and <= 'Z');

    private static bool IsGuid(string text) => text.Length == 36 && Guid.TryParseExact(text, "D", out _);

    private static bool IsHex(string run) =>
        run.Length >= ShortestHex && run.Any(char.IsDigit) && run.All(c => char.IsDigit(c) || c is >= 'a' and <= 'f' || c is >= 'A' and <= 'F');

    // Words in one run, MyDeployment2, have several letters of a case in a row: random text of three classes changes after 1.6 characters.
    private static bool IsRandomRun(string run)
    {
        int digits = run.Count(char.IsDigit), changes = Changes(run);
        bool isMixed = run.Any(char.IsUpper) && run.Any(char.IsLower);
        return isMixed
            ? run.Length >= ShortestMixed && digits >= 1 && changes * 2.2 >= run.Length && LongestWord(run) < ShortestWord
            : run.Length >= ShortestOneCase && digits >= 5 && run.Length - digits >= 5 && changes * 4 >= run.Length;
    }

    // Base64, whose + and / split it into short runs.
    private static bool IsWideToken(string text) =>
        text.Length >= ShortestToken && text.Any(char.IsDigit) && text.Any(char.IsUpper) && text.Any(char.IsLower) && text.All(c => char.IsLetterOrDigit(c) || c is '+' or '/' or '=')
        && Changes(text) * 2.2 >= text.Length;

    private static int LongestWord(string run)
    {
        int longest = 0, length = 0;
        foreach (char c in run) longest = Math.Max(longest, length = char.IsLower(c) ? length + 1 : 0);
        return longest;
    }

    private static int Changes(string text)
    {
        int changes = 1;
        for (int i = 1; i < text.Length; i++)
        {
            if (Class(text[i]) != Class(text[i - 1])) changes++;
        }

        return changes;
    }

    private static int Class(char c) => char.IsDigit(c) ? 0 : char.IsUpper(c) ? 1 : char.IsLower(c) ? 2 : 3;

    private static IEnumerable<string> Runs(string text)
    {
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsLetterOrDigit(text[i])) continue;
            if (i > start) yield return text.Substring(start, i - start);
            start = i + 1;
        }
    }
}
