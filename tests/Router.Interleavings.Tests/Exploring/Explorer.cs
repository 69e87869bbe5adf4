using System.Globalization;

namespace RouterGen.Interleavings.Tests;

/// <summary>Runs a scenario in many interleavings, until one fails.</summary>
internal static class Explorer
{
    /// <summary>Gets how many interleavings of each scenario are run by chance: <c>ROUTERGEN_INTERLEAVINGS</c>, or a few seconds' worth.</summary>
    public static int Runs { get; } = Setting("ROUTERGEN_INTERLEAVINGS") ?? 200;

    private const int Preemptions = 2;
    private const int RunsForFault = 5000; // it ends with the first that fails, of which there are many as a rule

    /// <summary>Runs a scenario.</summary>
    /// <param name="scenario">Adds the strands and the checks of one run.</param>
    /// <param name="fault">What is wrong in the runtime; null where nothing is.</param>
    /// <param name="visit">Sees each run.</param>
    /// <returns>What went wrong, and how to see it again; null where nothing did.</returns>
    public static string? Explore(Action<Interleaving> scenario, Fault? fault = null, Action<Interleaving>? visit = null)
    {
        // The number of a walk is its seed: the same ones each time, and one alone where it is asked for.
        int runs = fault is null ? Runs : Math.Max(Runs, RunsForFault);
        int first = Setting("ROUTERGEN_INTERLEAVING") ?? 0;
        int last = Setting("ROUTERGEN_INTERLEAVING") is null ? runs : first + 1;
        int length = 100;
        for (int seed = first; seed < last; seed++)
        {
            Strategy walk = seed % 2 == 0 ? new RandomWalk(seed) : new PriorityWalk(seed, length);
            Interleaving run = Run(scenario, walk, fault, visit);
            if (run.Failure is { } failure) return $"{failure}{Environment.NewLine}ROUTERGEN_INTERLEAVING={seed} runs this one alone.";
            if (first == 0) length = run.Steps;
        }

        var every = new EveryWay(Preemptions);
        for (int way = 0; way < runs; way++)
        {
            Interleaving run = Run(scenario, every, fault, visit);
            if (run.Failure is not null) return run.Failure;
            if (!every.TryAdvance()) break;
        }

        return null;
    }

    private static Interleaving Run(Action<Interleaving> scenario, Strategy strategy, Fault? fault, Action<Interleaving>? visit)
    {
        var run = new Interleaving(strategy, fault);
        scenario(run);
        run.Run();
        visit?.Invoke(run);
        return run;
    }

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
}
