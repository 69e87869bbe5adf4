using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace RouterGen.Fuzzing;

/// <summary>What SharpFuzz counts for a target: how often an input ran each pair of branches that follow one another, as AFL does.</summary>
internal sealed unsafe class Coverage
{
    private const int Size = 1 << 16;

    private readonly byte* _counts = Trace.SharedMem;
    private readonly byte[] _seen = new byte[Size]; // the magnitudes of counts, as bits

    /// <summary>Makes the counters of this process, which instrumented code writes to from its first type initialiser to the end.</summary>
    public static void MakeCounters() => Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(Size);

    /// <summary>Gets how many pairs were run so far.</summary>
    public int Pairs { get; private set; }

    /// <summary>Gets the pairs that the last input ran.</summary>
    public int[] Last
    {
        get
        {
            List<int> pairs = [];
            for (int at = 0; at < Size; at++)
            {
                if (_counts[at] != 0) pairs.Add(at);
            }

            return [.. pairs];
        }
    }

    /// <summary>Forgets what the last input ran.</summary>
    public void Begin()
    {
        new Span<byte>(_counts, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Returns whether the input ran a pair that none before it ran, or one more often by a magnitude.</summary>
    public bool End()
    {
        bool isNew = false;
        var counts = new ReadOnlySpan<byte>(_counts, Size);
        int at = 0;
        for (int next; (next = counts[at..].IndexOfAnyExcept((byte)0)) >= 0; at++)
        {
            at += next;
            byte magnitude = MagnitudeOf(counts[at]);
            if ((_seen[at] & magnitude) != 0) continue;
            if (_seen[at] == 0) Pairs++;
            _seen[at] |= magnitude;
            isNew = true;
        }

        return isNew;
    }

    private static byte MagnitudeOf(byte count) => count switch
    {
        <= 1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
