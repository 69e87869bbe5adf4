namespace RoutingLab;

/// <summary>The results as text.</summary>
internal static class ConsoleTable
{
    public static void Write(RunResult[] results, TextWriter output)
    {
        Scenario scenario = results[0].Scenario;
        RunResult? clairvoyant = Verdicts.Clairvoyant(results);
        output.WriteLine();
        output.WriteLine($"{scenario.Name} ({scenario.Use.ToString().ToLowerInvariant()}): {scenario.Description}");
        output.WriteLine($"  {results[0].Calls:N0} calls; latencies in ms to {(scenario.WholeCalls ? "the answer" : "the first token")}; x: times the clairvoyant's; shares in % of {string.Join(' ', scenario.Providers.Select(static provider => provider.Name))}");
        output.WriteLine($"  {"",-16}{"success %",10}{"p50",8}{"p95",8}{"p99",8}{"mean",8}{"p99 x",8}{"mean x",8}{"retries",9}{"429s",8}  shares");
        foreach (RunResult result in results)
        {
            double p99 = result.Quantile(0.99);
            output.WriteLine(
                $"  {result.Contender.Name,-16}{Figure.Percent(result.Success),10}{Figure.Milliseconds(result.Quantile(0.5)),8}{Figure.Milliseconds(result.Quantile(0.95)),8}{Figure.Milliseconds(p99),8}" +
                $"{Figure.Milliseconds(result.Mean),8}{Figure.Ratio(p99, clairvoyant?.Quantile(0.99)),8}{Figure.Ratio(result.Mean, clairvoyant?.Mean),8}" +
                $"{Figure.Number(result.RetriesPerCall, 4),9}{result.RateLimited,8}  {Figure.Shares(result)}");
        }
    }
}
