namespace RouterGen.Interleavings.Tests;

/// <summary>Chooses which strand goes on, run by run. What it chooses depends on its seed and its run alone.</summary>
internal abstract class Strategy
{
    /// <summary>Chooses among the strands that can go on, two at least.</summary>
    /// <param name="able">Those strands.</param>
    /// <param name="current">The one that has the turn; null where it cannot go on.</param>
    public abstract Strand Choose(List<Strand> able, Strand? current);
}

/// <summary>At each operation, with a certain probability, a strand by chance.</summary>
internal sealed class RandomWalk(int seed) : Strategy
{
    private static readonly double[] Rates = [0.5, 0.25, 0.1, 0.05];

    private readonly Random _random = new(seed);
    private readonly double _rate = Rates[seed % Rates.Length];

    public override Strand Choose(List<Strand> able, Strand? current) =>
        current is not null && _random.NextDouble() >= _rate ? current : able[_random.Next(able.Count)];

    public override string ToString() => $"Random walk {seed}";
}

/// <summary>
/// Strands have priorities by chance, and the first of those that can go on does; at a few operations, chosen by chance as
/// well, the one that has the turn becomes the last. It finds what takes few changes at just the right places.
/// </summary>
/// <remarks>The rule is that of "A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs" (Burckhardt and others 2010).</remarks>
internal sealed class PriorityWalk : Strategy
{
    private const int MostChanges = 4;

    private readonly Random _random;
    private readonly Dictionary<Strand, double> _priorities = [];
    private readonly HashSet<int> _changes = [];
    private readonly int _seed;
    private int _steps;
    private double _lowest;

    /// <param name="seed">The seed.</param>
    /// <param name="length">How many operations a run takes, about.</param>
    public PriorityWalk(int seed, int length)
    {
        _seed = seed;
        _random = new Random(seed);
        for (int i = seed % MostChanges; i >= 0; i--) _changes.Add(_random.Next(1, Math.Max(2, length)));
    }

    public override Strand Choose(List<Strand> able, Strand? current)
    {
        if (_changes.Contains(++_steps) && current is not null) _priorities[current] = --_lowest;
        return able.MaxBy(PriorityOf)!;
    }

    public override string ToString() => $"Priority walk {_seed}";

    private double PriorityOf(Strand strand)
    {
        if (!_priorities.TryGetValue(strand, out double priority)) _priorities.Add(strand, priority = _random.NextDouble());
        return priority;
    }
}

/// <summary>
/// All ways, run by run, in which a strand loses its turn at most so many times although it could go on. Who goes on where a
/// strand cannot is tried in all ways.
/// </summary>
internal sealed class EveryWay(int preemptions) : Strategy
{
    private readonly List<(int Taken, int Options)> _choices = [];
    private int _next;
    private int _preempted;
    private int _run;

    /// <summary>Goes on to the next run.</summary>
    /// <returns>False where there is none.</returns>
    public bool TryAdvance()
    {
        _next = _preempted = 0;
        _run++;
        while (_choices.Count > 0 && _choices[^1] is var (taken, options) && taken + 1 >= options) _choices.RemoveAt(_choices.Count - 1);
        if (_choices.Count == 0) return false;
        _choices[^1] = (_choices[^1].Taken + 1, _choices[^1].Options);
        return true;
    }

    public override Strand Choose(List<Strand> able, Strand? current)
    {
        if (current is not null && _preempted == preemptions) return current;
        if (_next == _choices.Count) _choices.Add((0, able.Count));
        int taken = _choices[_next++].Taken;
        if (current is null) return able[taken];
        if (taken == 0) return current;
        _preempted++;
        int own = able.IndexOf(current);
        return able[taken <= own ? taken - 1 : taken];
    }

    public override string ToString() => $"Way {_run} of those with at most {preemptions} preemptions";
}
