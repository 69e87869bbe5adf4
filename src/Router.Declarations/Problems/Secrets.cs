using RouterGen.Declarations.Catalog;

namespace RouterGen.Declarations.Problems;

/// <summary>
/// Tells text that looks like an API key: by what the keys of the catalog's providers start with, else by its randomness
/// (<see cref="RandomText"/>).
/// </summary>
internal static class Secrets
{
    /// <summary>What stands in messages for a key.</summary>
    public const string Redacted = "***";

    private const int ShortestKey = 20;
    private const int ShortestRandomRun = 12;

    // Keys that providers outside of the catalog issue, and that end up in the same files.
    private static readonly string[] OtherPrefixes = ["ghp_", "gho_", "ghu_", "ghs_", "github_pat_", "r8_", "glpat-", "xoxb-", "xoxp-", "ya29.", "Bearer ", "Basic "];

    private static readonly char[] Separators = [' ', '\t', '\n', '\r', '/', '"', '\'', ',', ';', '=', '&', '?', '@', '(', ')', '{', '}', '[', ']', '<', '>'];

    // The rows of all providers are made for this, so only for text that is long enough.
    private static readonly Lazy<string[]> Prefixes = new(() =>
        [.. ModelCatalog.Default.Providers.SelectMany(provider => provider.KeyPrefixes ?? []).Concat(OtherPrefixes).Distinct()]);

    /// <summary>Returns whether the text that should name a variable is a key: it starts like one, looks random, or is long and no legal name.</summary>
    public static bool IsKeyInsteadOfName(string text) =>
        !IsConventionalName(text) && (HasKeyPrefix(text) || RandomText.IsRandom(text) || (text.Length >= ShortestKey && !IsVariableName(text)));

    /// <summary>Returns whether the text is written as names of variables are by convention: OPENAI_API_KEY. No key is.</summary>
    public static bool IsConventionalName(string text) =>
        text.Length > 0 && text[0] is >= 'A' and <= 'Z' && text.Contains('_') && text.All(c => c is '_' or (>= 'A' and <= 'Z') or (>= '0' and <= '9'));

    /// <summary>Returns whether any other text is a key, or a part of it is. Names may start like one (<c>xai-fast</c>), but are not as long and random.</summary>
    public static bool IsKey(string text) => RandomText.IsRandom(text) || Parts(text).Any(IsKeyAlone);

    /// <summary>
    /// Returns whether a URL holds the key of a provider. Ids of accounts and deployments are part of many URLs, so that
    /// randomness alone says nothing.
    /// </summary>
    public static bool IsKeyInUrl(string url) => Parts(url).Any(HasIssuedKey);

    /// <summary>Returns the text without the keys in it.</summary>
    public static string Redact(string text)
    {
        foreach (string part in Parts(text).Where(IsKeyAlone)) text = text.Replace(part, Redacted);
        return text;
    }

    private static string[] Parts(string text) => text.Length < ShortestKey ? [] : text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    private static bool IsKeyAlone(string part) => HasIssuedKey(part) || RandomText.IsRandom(part);

    private static bool HasIssuedKey(string part) => part.Length >= ShortestKey && RandomText.LongestRunWithDigit(part) >= ShortestRandomRun && HasKeyPrefix(part);

    private static bool HasKeyPrefix(string text) => Prefixes.Value.Any(prefix => text.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsVariableName(string text) =>
        text.Length > 0 && text[0] is not (>= '0' and <= '9') && text.All(c => c is '_' or ':' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9'));
}
