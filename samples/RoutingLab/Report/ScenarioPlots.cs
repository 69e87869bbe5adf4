namespace RoutingLab;

/// <summary>
/// The plots of one scenario: the first contender, the clairvoyant, and the best three of the others, each in a panel of its own.
/// </summary>
internal sealed class ScenarioPlots
{
    private const int Slices = 48;
    private const int Others = 3;

    private readonly Scenario _scenario;
    private readonly (Contender Contender, int Colour, TimeSlice[] Slices)[] _runs;
    private readonly double _seconds;

    public ScenarioPlots(RunResult[] results)
    {
        _scenario = results[0].Scenario;
        IEnumerable<RunResult> shown = [results[0], .. results.Skip(1).Where(static result => result.Contender.IsClairvoyant), .. Verdicts.Ranked(results.Skip(1)).Take(Others)];
        _runs = [.. shown.Select(result => (result.Contender, Array.IndexOf(results, result), result.Slices(Slices)))];
        _seconds = _runs[0].Slices[1].From * Slices;
    }

    public string P99 => Plot.Latencies(
        $"{_scenario.Name}: 99th percentile of the time to {(_scenario.WholeCalls ? "the answer" : "the first token")} (logarithmic)", _seconds, Panels(static slice => slice.P99));

    public string Success => Plot.Fractions($"{_scenario.Name}: calls answered", _seconds, Panels(static slice => slice.Success));

    /// <summary>Which provider answers the calls of the first contender, and of the clairvoyant.</summary>
    public string Shares => Plot.Shares(
        $"{_scenario.Name}: share of the calls that each deployment answers", _seconds,
        [.. _runs.Where((run, index) => index == 0 || run.Contender.IsClairvoyant).Select(run => new Panel(run.Contender.Name, [.. _scenario.Providers.Select((provider, index) => new Series(provider.Name, index, [.. run.Slices.Select(slice => slice.Shares[index])]))]))]);

    private Panel[] Panels(Func<TimeSlice, double> value)
    {
        Series[] lines = [.. _runs.Select(run => new Series(run.Contender.Name, run.Colour, [.. run.Slices.Select(value)]))];
        Series? reference = lines.FirstOrDefault(static line => line.Name == Contender.Clairvoyant);
        return [.. lines.Select(line => new Panel(line.Name, [line], line == reference ? null : reference))];
    }
}
