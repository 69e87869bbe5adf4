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
/// reckons only for those to whom something happened since the last one. Lock-free.
/// </summary>
/// <param name="table">The group's deployments.</param>
/// <param name="figure">How to reckon it.</param>
internal sealed class FigureMemo<TFigure>(DeploymentTable table, TFigure figure)
    where TFigure : struct, IFigure
{
    private const int SlotShift = 17; // ticks of 100 ns

    private readonly long[] _words = new long[table.Count]; // the bits of the figure above, the stamp below; 0 before the first

    /// <summary>The figures of those whom a pick is to choose from.</summary>
    public Figures Of(in SelectionContext context)
    {
        uint slot = (uint)(context.Now >> SlotShift) * 0x9E3779B1; // 2^32 / φ: no few revisions and slots come to the same stamp
        ReadOnlySpan<int> eligible = context.Eligible;
        for (int i = NextOutdated(0, eligible, slot); i < eligible.Length; i = NextOutdated(i + 1, eligible, slot)) Reckon(eligible[i], context, slot);
        return new Figures(_words, eligible);
    }

    /// <summary>The first of those from a place on of whom nothing is remembered that still holds.</summary>
    private int NextOutdated(int i, ReadOnlySpan<int> eligible, uint slot)
    {
        // Nothing is called in this loop, for the sake of what it takes for a thousand deployments.
        DeploymentTable.View view = table.Look();
        ReadOnlySpan<long> words = _words;
        for (; i < eligible.Length; i++)
        {
            int index = eligible[i];
            long word = Volatile.Read(in words[index]);
            if ((uint)word != (view.RevisionOf(index) ^ slot) || word == 0) break;
        }

        return i;
    }

    private void Reckon(int index, in SelectionContext context, uint slot)
    {
        uint stamp = table.RevisionOf(index) ^ slot; // read first: the figure is to be no older than its stamp
        float value = figure.Of(context.Deployments[index], context.Now);
        Volatile.Write(ref _words[index], (long)BitConverter.SingleToUInt32Bits(value) << 32 | stamp);
    }
}

/// <summary>Figures of the deployments to choose from, in their order.</summary>
internal readonly ref struct Figures(ReadOnlySpan<long> words, ReadOnlySpan<int> eligible)
{
    private readonly ReadOnlySpan<long> _words = words;
    private readonly ReadOnlySpan<int> _eligible = eligible;

    public int Count => _eligible.Length;

    public float this[int i] => BitConverter.Int32BitsToSingle((int)(Volatile.Read(in _words[_eligible[i]]) >> 32));
}
