namespace RouterGen.Gateway.Keys;

/// <summary>Names with <c>*</c> for any characters, as LiteLLM has them in lists of models and routes.</summary>
internal static class NamePattern
{
    /// <summary>Returns whether a list has a name. In time that grows with the product of their lengths at the most: lists come from those who manage keys, names from anyone.</summary>
    /// <param name="patterns">The list; empty for all names.</param>
    /// <param name="name">The name.</param>
    public static bool Allow(IReadOnlyList<string> patterns, string name)
    {
        if (patterns.Count == 0) return true;
        for (int i = 0; i < patterns.Count; i++)
        {
            if (Fits(patterns[i], name)) return true;
        }

        return false;
    }

    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int star = pattern.IndexOf('*');
        if (star < 0) return pattern.SequenceEqual(name);
        if (!name.StartsWith(pattern[..star], StringComparison.Ordinal)) return false;
        name = name[star..];
        pattern = pattern[(star + 1)..];
        while ((star = pattern.IndexOf('*')) >= 0)
        {
            int found = name.IndexOf(pattern[..star], StringComparison.Ordinal);
            if (found < 0) return false;
            name = name[(found + star)..];
            pattern = pattern[(star + 1)..];
        }

        return name.EndsWith(pattern, StringComparison.Ordinal);
    }
}
