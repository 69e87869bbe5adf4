namespace RoutingLab;

/// <summary>How far the first contender is from the clairvoyant in each scenario, and how far the best of the others.</summary>
internal static class Verdicts
{
    /// <summary>Success rates that differ by less than this tie.</summary>
    public const double SuccessTie = 0.0001;

    /// <summary>Latencies that are longer by no more than this tie.</summary>
    public const double LatencyTie = 1.05;

    /// <summary>The clairvoyant's result; null where it did not run.</summary>
    public static RunResult? Clairvoyant(RunResult[] scenario) => Array.Find(scenario, static result => result.Contender.IsClairvoyant);

    /// <summary>The contenders of a scenario that see no more than a router can, best first: by success, then by the 99th percentile.</summary>
    public static IEnumerable<RunResult> Ranked(IEnumerable<RunResult> scenario) =>
        scenario.Where(static result => !result.Contender.IsClairvoyant).OrderByDescending(static result => Math.Round(result.Success / SuccessTie)).ThenBy(static result => result.Quantile(0.99));

    public static void Write(RunResult[][] results, TextWriter output)
    {
        if (results[0].Length < 2) return;
        string ours = results[0][0].Contender.Name;
        output.WriteLine();
        output.WriteLine($"{ours} and the best of the others, against the clairvoyant (success in points, latencies as multiples; <: {ours} is behind the best)");
        output.WriteLine($"  {"",-18}{"success",9}{"p99 ms",9}{"mean ms",9}{"success",9}{"p99",7}{"mean",7}   {"best p99",8}{"mean",7}  best of the others");
        double p99s = 0;
        double means = 0;
        foreach (RunResult[] scenario in results)
        {
            RunResult own = scenario[0];
            RunResult? clairvoyant = Clairvoyant(scenario);
            RunResult? best = Ranked(scenario.Skip(1)).FirstOrDefault();
            double p99 = own.Quantile(0.99);
            double? sightedP99 = clairvoyant?.Quantile(0.99);
            bool isBehind = best is not null && (best.Success > own.Success + SuccessTie || (best.Success >= own.Success - SuccessTie && p99 > best.Quantile(0.99) * LatencyTie));
            output.WriteLine(
                $"  {own.Scenario.Name,-18}{Figure.Percent(own.Success),9}{Figure.Milliseconds(p99),9}{Figure.Milliseconds(own.Mean),9}" +
                $"{(clairvoyant is null ? "-" : Figure.Percent(Math.Round(own.Success - clairvoyant.Success, 4) + 0.0)),9}{Figure.Ratio(p99, sightedP99),7}{Figure.Ratio(own.Mean, clairvoyant?.Mean),7}{(isBehind ? " <" : ""),-3}" +
                (best is null ? "" : $"{Figure.Ratio(best.Quantile(0.99), sightedP99),8}{Figure.Ratio(best.Mean, clairvoyant?.Mean),7}  {best.Contender.Name}"));
            if (clairvoyant is null) continue;
            p99s += Math.Log(p99 / sightedP99!.Value);
            means += Math.Log(own.Mean / clairvoyant.Mean);
        }

        if (Clairvoyant(results[0]) is null) return;
        output.WriteLine($"  {"geometric mean",-54}{Figure.Number(Math.Exp(p99s / results.Length), 2),7}{Figure.Number(Math.Exp(means / results.Length), 2),7}");
    }
}
