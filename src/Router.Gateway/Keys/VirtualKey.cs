using System.Buffers.Text;

namespace RouterGen.Gateway.Keys;

/// <summary>Makes keys, and what may be shown of them.</summary>
internal static class VirtualKey
{
    /// <summary>What all keys begin with.</summary>
    public const string Prefix = "sk-";

    private const int RandomBytes = 32;
    private const int ShownCharacters = 4;

    /// <summary>Returns a new key: <c>sk-</c> and 32 random bytes, in base64 for addresses.</summary>
    /// <param name="chance">Fills the bytes.</param>
    public static string New(Action<byte[]> chance)
    {
        byte[] bytes = new byte[RandomBytes];
        chance(bytes);
        return Prefix + Base64Url.EncodeToString(bytes);
    }

    /// <summary>Returns what may be shown: <c>sk-...abcd</c>.</summary>
    public static string NameOf(string key) => $"{Prefix}...{key[^Math.Min(ShownCharacters, key.Length)..]}";
}
