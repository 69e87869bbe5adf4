namespace RoutingLab;

/// <summary>Where the first contender stands in each scenario: against the best of the others.</summary>
internal static class Verdicts
{
    /// <summary>Success rates that differ by less than this tie.</summary>
    public const double SuccessTie = 0.0001;

    /// <summary>Latencies that are longer by no more than this tie.</summary>
    public const double LatencyTie = 1.05;

    public static void Write(RunResult[][] results, TextWriter output)
    {
        if (results[0].Length < 2) return;
        output.WriteLine();
        output.WriteLine($"{results[0][0].Contender.Name} against the best of the others");
        output.WriteLine($"  {"",-18}{"success",9}{"best",9}{"",4}{"p99 ms",9}{"lowest",9}");
        foreach (RunResult[] scenario in results)
        {
            RunResult ours = scenario[0];
            double success = scenario.Skip(1).Max(static result => result.Success);
            RunResult fastest = scenario.Skip(1).MinBy(static result => result.Quantile(0.99))!;
            double p99 = fastest.Quantile(0.99);
            output.WriteLine(
                $"  {ours.Scenario.Name,-18}{Figure.Percent(ours.Success),9}{Figure.Percent(success),9}{(ours.Success >= success - SuccessTie ? "" : "  <"),-4}" +
                $"{Figure.Milliseconds(ours.Quantile(0.99)),9}{Figure.Milliseconds(p99),9}{(ours.Quantile(0.99) <= p99 * LatencyTie ? "" : "  <"),-4} {fastest.Contender.Name}");
        }
    }
}
