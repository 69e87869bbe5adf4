using System.Numerics;

namespace RouterGen;

/// <summary>A figure of a deployment that a policy chooses by.</summary>
internal interface IFigure
{
    /// <summary>The figure at a time.</summary>
    float Of(Deployment deployment, long now);
}

/// <summary>
/// A figure of each deployment of a group, remembered until something happens to the deployment, and for 13 ms at most: what
/// figures owe to the mere passing of time (limits that refill, waits that grow) is little in so short a time. So a pick
/// computes only the figures of deployments that changed since the last one. Lock-free.
/// </summary>
/// <param name="table">The group's deployments.</param>
/// <param name="figure">How to compute it.</param>
internal sealed class FigureCache<TFigure>(DeploymentTable table, TFigure figure)
    where TFigure : struct, IFigure
{
    private const int SlotShift = 17; // ticks of 100 ns
    private const uint Spread = 0x9E3779B1; // 2^32 / φ: no few revisions and slots come to the same stamp

    private readonly long[] _words = new long[table.Count]; // of the bits of the figure

    /// <summary>The figures, as of a pick, of the deployments that can take the call.</summary>
    public Figures Of(in SelectionContext context)
    {
        uint slot = (uint)(context.Now >> SlotShift) * Spread;
        ReadOnlySpan<Deployment> deployments = context.Deployments;
        for (int first = 0; first < deployments.Length; first += RevisionWords.Block)
        {
            ulong outdated = RevisionWords.All(first, deployments.Length) & ~RevisionWords.Holding(_words, table, first, slot, least: int.MinValue);
            for (; outdated != 0; outdated &= outdated - 1)
            {
                int index = first + BitOperations.TrailingZeroCount(outdated);
                uint stamp = table.RevisionOf(index) ^ slot; // read first: the figure is to be no older than its stamp
                Volatile.Write(ref _words[index], RevisionWords.Word(BitConverter.SingleToInt32Bits(figure.Of(deployments[index], context.Now)), stamp));
            }
        }

        return new Figures(_words, context.Eligible);
    }
}

/// <summary>Figures of the deployments to choose from, in their order.</summary>
internal readonly ref struct Figures(ReadOnlySpan<long> words, ReadOnlySpan<int> eligible)
{
    private readonly ReadOnlySpan<long> _words = words;
    private readonly ReadOnlySpan<int> _eligible = eligible;

    public int Count => _eligible.Length;

    public float this[int i] => BitConverter.Int32BitsToSingle(RevisionWords.Value(Volatile.Read(in _words[_eligible[i]])));
}
