using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace RouterGen.Interleavings.Tests;

/// <summary>
/// One run of a scenario: its strands, one of which has the turn at any time, and the order in which they had it. What a
/// strategy chooses decides all of it, so the same choices give the same run.
/// </summary>
/// <param name="strategy">Chooses who goes on.</param>
/// <param name="fault">What is wrong in the runtime; null where nothing is.</param>
internal sealed class Interleaving(Strategy strategy, Fault? fault = null)
{
    private const int LongestRun = 100_000; // operations; what takes more goes round in circles
    private const int Shown = 120;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30); // of a run; it takes milliseconds

    private readonly List<Strand> _strands = [];
    private readonly List<Action> _checks = [];
    private readonly List<(Strand Strand, Site Site)> _trace = [];
    private readonly List<Strand> _able = [];
    private readonly SemaphoreSlim _over = new(0);
    private bool _isOver;
    private Exception? _failure;

    /// <summary>Gets the time of the run, which passes when all strands wait for it.</summary>
    [field: MaybeNull]
    public StrandTime Time => field ??= new StrandTime(this);

    /// <summary>Gets or sets what may let a strand go on where none can; returns whether anything has happened.</summary>
    public Func<bool> WhenAllWait { get; set; } = static () => false;

    /// <summary>
    /// Gets or sets whether operations on statistics are points too. They are many, and what is counted there is only read to
    /// choose among deployments.
    /// </summary>
    public bool SeesStatistics { get; set; }

    /// <summary>Gets how many operations were reached.</summary>
    public int Steps => _trace.Count;

    /// <summary>Gets the operations that were reached.</summary>
    public IEnumerable<Site> Sites => _trace.Select(static step => step.Site);

    /// <summary>Gets what went wrong, and the way there; null where nothing did.</summary>
    public string? Failure { get; private set; }

    /// <summary>Adds a strand.</summary>
    public void Add(string name, Action body) => _strands.Add(new Strand(this, name, body, isDaemon: false));

    /// <summary>Adds a strand that serves the others, for as long as there are any.</summary>
    public void AddDaemon(string name, Action body) => _strands.Add(new Strand(this, name, body, isDaemon: true));

    /// <summary>Adds what must hold when all strands have ended.</summary>
    public void Finally(Action check) => _checks.Add(check);

    /// <summary>A point of the scenario's own: another strand may go on here.</summary>
    public static void Pause(string name) => Strand.Reach(new Site("Pause", "Scenario", name, 0));

    /// <summary>Waits for a task to end.</summary>
    public static void Await(Task task) => Strand.Wait(new Site("Await", "Scenario", "Task", 0), () => task.IsCompleted);

    /// <summary>
    /// Lets the strand keep the turn for as long as it can go on: for code that makes other threads wait in ways that are not
    /// the explorer's, as the framework's cancellation does.
    /// </summary>
    public static void Uninterrupted(Action action)
    {
        Strand strand = Strand.Current!;
        strand.KeepsTurn = true;
        try
        {
            action();
        }
        finally
        {
            strand.KeepsTurn = false;
        }
    }

    /// <summary>Runs the strands to their end, and then the checks.</summary>
    public void Run()
    {
        foreach (Strand strand in _strands) strand.Start();
        Next(null)?.Go();
        if (!_over.Wait(LongestWait)) throw new InvalidOperationException($"A strand did not come to its next operation in {LongestWait.TotalSeconds} s.{Way()}");
        foreach (Strand strand in _strands)
        {
            if (!strand.Unwind(LongestWait)) throw new InvalidOperationException($"{strand.Name} did not end.{Way()}");
        }

        try
        {
            if (_failure is null) _checks.ForEach(static check => check());
        }
        catch (Exception exception)
        {
            _failure = exception;
        }

        if (_failure is not null) Failure = $"{_failure.Message}{Way()}{Environment.NewLine}{_failure.StackTrace}";
    }

    public bool Has(FaultKind kind, in Site site) => fault is not null && fault.Kind == kind && site.Is(fault.Operation);

    /// <summary>A strand reaches an operation: it goes on, or another one does.</summary>
    public void Reach(Strand strand, in Site site)
    {
        ThrowIfOver();
        if (!SeesStatistics && site.IsOfStatistics) return;
        _trace.Add((strand, site));
        if (_trace.Count > LongestRun) Fail(new InvalidOperationException($"After {LongestRun} operations the strands have not come to an end."));
        Strand? next = _isOver ? null : Next(strand);
        if (next != strand)
        {
            next?.Go();
            strand.Pause();
        }

        ThrowIfOver();
    }

    public void Fail(Exception exception)
    {
        if (_isOver) return;
        _failure ??= exception;
        Finish();
    }

    /// <summary>A strand has come to its end: another one goes on.</summary>
    public void End()
    {
        if (!_isOver) Next(null)?.Go();
    }

    public void ThrowIfOver()
    {
        if (_isOver) throw new InterleavingOverException();
    }

    private void Finish()
    {
        _isOver = true;
        _over.Release();
    }

    /// <summary>Who goes on; null where the run is over.</summary>
    private Strand? Next(Strand? current)
    {
        while (true)
        {
            _able.Clear();
            foreach (Strand strand in _strands)
            {
                if (strand.CanGoOn) _able.Add(strand);
            }

            if (_able.Find(static strand => strand.KeepsTurn) is { } keeper) return keeper;
            if (_able.Count > 0) return _able.Count == 1 ? _able[0] : strategy.Choose(_able, current is { CanGoOn: true } ? current : null);
            if (_strands.TrueForAll(static strand => strand.IsDaemon || strand.HasEnded))
            {
                Finish();
                return null;
            }

            if (WhenAllWait()) continue;
            string waiting = string.Join(", ", _strands.Where(static strand => !strand.IsDaemon && !strand.HasEnded).Select(static strand => strand.Name));
            _failure ??= new InvalidOperationException($"All wait for ever: {waiting}.");
            Finish();
            return null;
        }
    }

    /// <summary>The last operations, one strand's in a row on one line each.</summary>
    private string Way()
    {
        var text = new StringBuilder();
        text.AppendLine().AppendLine(fault is null ? $"{strategy}:" : $"{strategy}, with a fault ({fault}):");
        foreach ((Strand strand, Site site) in _trace.TakeLast(Shown)) text.AppendLine($"  {strand.Name}: {site}");
        return text.ToString();
    }
}
