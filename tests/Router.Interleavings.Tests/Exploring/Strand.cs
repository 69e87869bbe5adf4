namespace RouterGen.Interleavings.Tests;

/// <summary>
/// A thread of an interleaving. It runs only while it has the turn, and hands the turn on at operations on shared state, to
/// whichever strand the interleaving's strategy chooses.
/// </summary>
internal sealed class Strand(Interleaving run, string name, Action body, bool isDaemon)
{
    [ThreadStatic]
    private static Strand? t_current;

    private readonly SemaphoreSlim _turn = new(0);
    private readonly SemaphoreSlim _ended = new(0);

    /// <summary>Gets the strand that runs on this thread; null where none does.</summary>
    public static Strand? Current => t_current;

    public Interleaving Run => run;

    public string Name => name;

    /// <summary>Whether the interleaving may end without it: it serves the others.</summary>
    public bool IsDaemon => isDaemon;

    public bool HasEnded { get; private set; }

    /// <summary>Gets what it waits for; null where it waits for nothing.</summary>
    public Func<bool>? WaitsFor { get; private set; }

    /// <summary>Whether it keeps the turn for as long as it can go on.</summary>
    public bool KeepsTurn { get; set; }

    public bool CanGoOn => !HasEnded && (WaitsFor is null || WaitsFor());

    /// <summary>An operation on shared state: another strand may go on here.</summary>
    public static void Reach(in Site site) => t_current?.Run.Reach(t_current, site);

    /// <summary>Waits until something holds.</summary>
    /// <param name="site">Where.</param>
    /// <param name="condition">What must hold. It must not reach operations on shared state.</param>
    public static void Wait(in Site site, Func<bool> condition)
    {
        if (condition()) return;
        if (t_current is not { } strand) throw new InvalidOperationException($"A thread that is no strand would wait: {site}.");
        strand.WaitsFor = condition;
        strand.Run.Reach(strand, site);
        strand.WaitsFor = null;
    }

    public static bool Tears(in Site site) => t_current?.Run.Has(FaultKind.Torn, site) is true;

    public static bool Skips(in Site site) => t_current?.Run.Has(FaultKind.Skipped, site) is true;

    public static bool Misreads(in Site site) => t_current?.Run.Has(FaultKind.Misread, site) is true;

    /// <summary>Begins on a thread of its own, and waits for its turn there.</summary>
    public void Start() => StrandThread.Run(() =>
    {
        t_current = this;
        try
        {
            _turn.Wait();
            run.ThrowIfOver();
            body();
        }
        catch (InterleavingOverException)
        {
            // It was abandoned.
        }
        catch (Exception exception)
        {
            run.Fail(exception);
        }

        t_current = null;
        HasEnded = true;
        run.End();
        _ended.Release();
    });

    /// <summary>Gives it the turn.</summary>
    public void Go() => _turn.Release();

    /// <summary>Waits for its turn.</summary>
    public void Pause() => _turn.Wait();

    /// <summary>Runs it to its end, when the interleaving is over.</summary>
    public bool Unwind(TimeSpan longest)
    {
        Go();
        return _ended.Wait(longest);
    }
}

/// <summary>Ends a strand whose interleaving is over.</summary>
internal sealed class InterleavingOverException() : Exception("The interleaving is over.");
