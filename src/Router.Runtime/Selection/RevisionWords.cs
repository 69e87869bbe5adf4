using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RouterGen;

/// <summary>
/// Words that hold what was found out about a deployment above, and below the revision of the deployment at which that was
/// so. Looking which of them still hold is all that a pick does for most of a thousand deployments, so that vectors pay here:
/// they take a fifth of the time of a loop.
/// </summary>
internal static class RevisionWords
{
    /// <summary>So many words are looked at together.</summary>
    public const int Block = 64;

    /// <summary>A bit for each deployment of a block: bit i is that of the deployment <paramref name="first"/> + i.</summary>
    /// <param name="first">The first of the block.</param>
    /// <param name="count">How many deployments there are.</param>
    public static ulong All(int first, int count) => ulong.MaxValue >> (Block - Math.Min(Block, count - first));

    /// <summary>A word.</summary>
    /// <param name="value">What was found out.</param>
    /// <param name="stamp">When.</param>
    public static long Word(int value, uint stamp) => (long)value << 32 | stamp;

    /// <summary>What a word holds.</summary>
    public static int Value(long word) => (int)(word >> 32);

    /// <summary>Which of the words hold, of a block: bit i is that of the deployment <paramref name="first"/> + i.</summary>
    /// <param name="words">The words of all deployments.</param>
    /// <param name="table">The deployments.</param>
    /// <param name="first">The first of the block.</param>
    /// <param name="salt">What a stamp is mixed with (exclusive or) beside the revision.</param>
    /// <param name="least">The least value.</param>
    public static ulong Holding(ReadOnlySpan<long> words, DeploymentTable table, int first, uint salt, long least)
    {
        ReadOnlySpan<long> block = words.Slice(first, Math.Min(Block, words.Length - first));
        ReadOnlySpan<long> traffic = table.Traffic.Slice(first, block.Length);
        ulong holding = 0;
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= block.Length - Vector256<long>.Count; i += Vector256<long>.Count)
            {
                Vector256<long> word = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(block), (nuint)i);
                Vector256<long> now = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(traffic), (nuint)i) >>> DeploymentTable.InFlightBits;
                Vector256<long> differs = (word ^ now ^ Vector256.Create((long)salt)) & Vector256.Create((long)uint.MaxValue);
                Vector256<long> holds = Vector256.Equals(differs, default) & Vector256.GreaterThanOrEqual(word, Vector256.Create(least << 32));
                holding |= (ulong)holds.ExtractMostSignificantBits() << i;
            }
        }

        for (; i < block.Length; i++)
        {
            long word = Volatile.Read(in block[i]);
            uint stamp = (uint)(Volatile.Read(in traffic[i]) >> DeploymentTable.InFlightBits) ^ salt;
            if ((uint)word == stamp && word >= least << 32) holding |= 1UL << i;
        }

        return holding;
    }
}
