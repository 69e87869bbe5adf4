using System.Diagnostics;

namespace RoutingLab;

/// <summary>All runs that were asked for: each scenario under each way to choose. As many run at once as there are processors, each on a thread of its own.</summary>
internal static class Experiment
{
    /// <returns>The results, by scenario, then by contender, in the order asked.</returns>
    public static RunResult[][] Run(LabArguments arguments, TextWriter progress)
    {
        var results = arguments.Scenarios.Select(_ => new RunResult[arguments.Contenders.Count]).ToArray();
        (int Scenario, int Contender)[] runs = [.. results.SelectMany((row, scenario) => Enumerable.Range(0, row.Length).Select(contender => (scenario, contender)))];
        int done = 0;
        long calls = 0;
        var watch = Stopwatch.StartNew();
        Parallel.ForEach(runs, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, run =>
        {
            Scenario scenario = arguments.Scenarios[run.Scenario];
            RunResult result = Simulation.Run(scenario, arguments.Contenders[run.Contender], arguments.Seed, arguments.CallsOf(scenario));
            results[run.Scenario][run.Contender] = result;
            lock (progress) progress.Write($"\r{++done} of {runs.Length} runs, {(calls += result.Calls):N0} calls in {watch.Elapsed.TotalSeconds:F1} s: {scenario.Name}, {result.Contender.Name}".PadRight(100));
        });
        progress.WriteLine();
        return results;
    }
}
