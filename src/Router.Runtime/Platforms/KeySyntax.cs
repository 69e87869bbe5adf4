namespace RouterGen;

/// <summary>What a key may consist of, wherever it comes from.</summary>
internal static class KeySyntax
{
    /// <summary>A line break would let the giver of the key write headers; other characters do not survive the wire.</summary>
    public static bool IsValid(string key) => key.Length > 0 && !key.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>What any header may hold: spaces, too.</summary>
    public static bool IsValidInHeader(string value) => value.Length > 0 && !value.AsSpan().ContainsAnyExceptInRange(' ', '~');
}
