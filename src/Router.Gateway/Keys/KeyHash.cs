using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RouterGen.Gateway.Keys;

/// <summary>The SHA-256 of a whole key. A key is known by it alone: no part of a key is ever compared or looked up.</summary>
internal readonly record struct KeyHash(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    /// <summary>The longest key that is hashed, in characters. Those of the gateway have 46.</summary>
    public const int LongestKey = 512;

    /// <summary>Returns the hash of a key; null where it is longer than any key.</summary>
    public static KeyHash? Of(string key)
    {
        if (key.Length > LongestKey) return null;
        Span<byte> text = stackalloc byte[LongestKey * 3];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(key, text)], hash);
        return Read(hash);
    }

    /// <summary>Returns the hash that a text of 64 hexadecimal digits is; null where it is none.</summary>
    public static KeyHash? Parse(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        return text.Length == SHA256.HashSizeInBytes * 2 && Convert.FromHexString(text, hash, out _, out _) is System.Buffers.OperationStatus.Done ? Read(hash) : null;
    }

    /// <summary>Returns whether two are the same, in a time that tells nothing of where they differ.</summary>
    public static bool FixedTimeEquals(in KeyHash one, in KeyHash other) =>
        ((one.First ^ other.First) | (one.Second ^ other.Second) | (one.Third ^ other.Third) | (one.Fourth ^ other.Fourth)) == 0;

    /// <inheritdoc/>
    public override int GetHashCode() => First.GetHashCode(); // A part of a hash is one.

    /// <summary>Returns it in lower-case hexadecimal: the id of the key's account.</summary>
    public override string ToString()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64BigEndian(hash, First);
        BinaryPrimitives.WriteUInt64BigEndian(hash[8..], Second);
        BinaryPrimitives.WriteUInt64BigEndian(hash[16..], Third);
        BinaryPrimitives.WriteUInt64BigEndian(hash[24..], Fourth);
        return Convert.ToHexStringLower(hash);
    }

    private static KeyHash Read(ReadOnlySpan<byte> hash) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]), BinaryPrimitives.ReadUInt64BigEndian(hash[16..]), BinaryPrimitives.ReadUInt64BigEndian(hash[24..]));
}
