namespace RoutingLab;

/// <summary>The plots of one scenario.</summary>
internal sealed class ScenarioPlots
{
    private const int Slices = 48;

    private readonly Scenario _scenario;
    private readonly (Contender Contender, int Colour, TimeSlice[] Slices)[] _runs;
    private readonly double _seconds;

    public ScenarioPlots(RunResult[] results)
    {
        _scenario = results[0].Scenario;
        _runs = [.. results.Select(static (result, index) => (result.Contender, index, result.Slices(Slices)))];
        _seconds = _runs[0].Slices[1].From * Slices;
    }

    public string P99 => Plot.Latencies(
        $"99th percentile of the time to {(_scenario.WholeCalls ? "the answer" : "the first token")}", _seconds, Lines(static slice => slice.P99));

    public string Success => Plot.Fractions("calls answered", _seconds, Lines(static slice => slice.Success));

    /// <summary>Who answers the calls of the first contender.</summary>
    public string Shares => Plot.Shares(
        $"who answers under {_runs[0].Contender.Name}", _seconds,
        [.. _scenario.Providers.Select((provider, index) => new Series(provider.Name, index, [.. _runs[0].Slices.Select(slice => slice.Shares[index])]))]);

    public IEnumerable<(string Name, int Colour)> ShareLegend => _scenario.Providers.Select(static (provider, index) => (provider.Name, index));

    public IEnumerable<(string Name, int Colour)> Legend => _runs.Select(static run => (run.Contender.Name, run.Colour));

    private Series[] Lines(Func<TimeSlice, double> value) => [.. _runs.Select(run => new Series(run.Contender.Name, run.Colour, [.. run.Slices.Select(value)]))];
}
