namespace RouterGen.Generator.Parsing;

/// <summary>Tells text that looks like an API key.</summary>
internal static class Secrets
{
    private const int ShortestKey = 20;

    private static readonly string[] Prefixes = ["sk-", "gsk_", "AIza", "xai-", "hf_", "Bearer "];

    /// <summary>Whether the text that should name a variable is a key: it starts like one, or is long and no legal name.</summary>
    public static bool IsKeyInsteadOfName(string text) => HasKeyPrefix(text) || (text.Length >= ShortestKey && !IsVariableName(text));

    /// <summary>Whether any other text is a key. Names may start like one (<c>xai-fast</c>), but are not as long and random.</summary>
    public static bool IsKey(string text) => HasKeyPrefix(text) && text.Length >= ShortestKey && text.Any(char.IsDigit) && !text.Contains('/');

    private static bool HasKeyPrefix(string text) => Prefixes.Any(prefix => text.StartsWith(prefix, StringComparison.Ordinal));

    private static bool IsVariableName(string text) =>
        text.Length > 0 && !(text[0] is >= '0' and <= '9') && text.All(c => c is '_' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9'));
}
