using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RouterGen;

/// <summary>
/// A 64-bit hash of text that is the same in every process, on every framework and machine: what
/// <see cref="string.GetHashCode()"/> is made not to be. Multiply and fold, four characters at a time, and the finalizer
/// of SplitMix64. Not for adversaries.
/// </summary>
internal static class StableHash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15; // 2^64 / φ, odd

    public static ulong Of(ReadOnlySpan<char> text, ulong seed = 0)
    {
        ulong hash = (seed ^ (ulong)text.Length) * Multiplier;
        while (text.Length >= 4)
        {
            hash = Fold(hash, Word(text));
            text = text[4..];
        }

        foreach (char character in text) hash = Fold(hash, character);
        return Mix(hash);
    }

    /// <summary>Two hashes in one; their order matters.</summary>
    public static ulong Combine(ulong first, ulong second) => Mix(first * Multiplier + second);

    private static ulong Fold(ulong hash, ulong word)
    {
        hash = (hash ^ word) * Multiplier;
        return hash ^ (hash >> 32);
    }

    private static ulong Word(ReadOnlySpan<char> text)
    {
        if (BitConverter.IsLittleEndian) return BinaryPrimitives.ReadUInt64LittleEndian(MemoryMarshal.AsBytes(text));
        return text[0] | (ulong)text[1] << 16 | (ulong)text[2] << 32 | (ulong)text[3] << 48;
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
