namespace RouterGen.Declarations.Problems;

/// <summary>
/// Tells keys from what is written in their place where a server takes none: <c>none</c>, <c>sk-1234</c>, <c>lm-studio</c>. A
/// key that a provider issues is long and random; a placeholder is made of words that say so, of a character that repeats, or
/// of characters in a row.
/// </summary>
internal static class PlaceholderKeys
{
    private const int ShortestKey = 16;

    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        // What it is not.
        "a", "any", "anything", "api", "apikey", "bearer", "be", "blank", "can", "change", "changeme", "default", "disabled", "does", "doesnt", "dummy", "empty", "example", "fake", "false", "foo", "bar", "baz", "for", "goes",
        "here", "ignore", "ignored", "insert", "is", "it", "key", "keyless", "matter", "me", "mock", "must", "my", "n", "na", "need", "needed", "nil", "no", "nokey", "none", "noop", "not", "notneeded", "null", "nothing",
        "optional", "or", "placeholder", "put", "random", "replace", "required", "sample", "secret", "set", "some", "something", "string", "t", "test", "testing", "text", "the", "this", "to", "todo", "token", "undefined",
        "unset", "unused", "used", "value", "whatever", "with", "your", "yourkey", "x",

        // Servers that take none, and what keys of providers begin with.
        "cpp", "kobold", "koboldcpp", "litellm", "llama", "llamacpp", "llamafile", "lm", "lmstudio", "local", "localai", "localhost", "mlx", "ollama", "openai", "sglang", "studio", "tabby", "tgi", "vllm", "xinference",
        "ant", "anthropic", "azure", "cohere", "deepseek", "gemini", "google", "groq", "gsk", "hf", "mistral", "openrouter", "pplx", "proj", "sk", "together", "v1", "xai",
    };

    /// <summary>Returns whether the text is a placeholder.</summary>
    public static bool IsPlaceholder(string text) => WordsOf(text).All(word => Words.Contains(word) || IsMonotonous(word));

    /// <summary>Returns whether the text is too short and plain for a key that a provider issues. It may be a password of the user's own server.</summary>
    public static bool IsTooShort(string text) => text.Trim().Length < ShortestKey && !Secrets.IsKeyInsteadOfName(text);

    private static string[] WordsOf(string text) => new string([.. text.Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split([' '], StringSplitOptions.RemoveEmptyEntries);

    // xxxx, 0000, 1234, abc123: each character is the one before it or its successor, but for where letters end and digits begin.
    private static bool IsMonotonous(string word)
    {
        int breaks = 0;
        for (int i = 1; i < word.Length; i++)
        {
            if (word[i] - word[i - 1] is 0 or 1 || (word[i], word[i - 1]) is ('0', '9')) continue;
            if (!char.IsDigit(word[i]) || char.IsDigit(word[i - 1]) || ++breaks > 1) return false;
        }

        return true;
    }
}
