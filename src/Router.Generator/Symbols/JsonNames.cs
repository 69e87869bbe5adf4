namespace RouterGen.Generator.Symbols;

/// <summary>The names that members have in JSON where none is stated.</summary>
internal static class JsonNames
{
    /// <summary>Returns a name as <c>JsonNamingPolicy.CamelCase</c> has it: what leads in capitals becomes small but for the last letter before a small one.</summary>
    public static string CamelCase(string name)
    {
        char[] letters = name.ToCharArray();
        for (int i = 0; i < letters.Length && char.IsUpper(letters[i]); i++)
        {
            if (i > 0 && i + 1 < letters.Length && !char.IsUpper(letters[i + 1])) break;
            letters[i] = char.ToLowerInvariant(letters[i]);
        }

        return new string(letters);
    }
}
