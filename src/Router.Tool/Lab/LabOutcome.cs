using RoutingLab;

namespace RouterGen.Tool.Lab;

/// <summary>How a group did under a strategy.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Calls">How many calls were made.</param>
/// <param name="Success">The fraction that was answered.</param>
/// <param name="P50">The median latency in seconds; a call that failed is as late as its deadline.</param>
/// <param name="P95">The latency that 95 of 100 calls did not exceed.</param>
/// <param name="P99">The latency that 99 of 100 calls did not exceed.</param>
/// <param name="RetriesPerCall">Attempts beyond the first, per call.</param>
/// <param name="RateLimited">How often a provider answered 429.</param>
/// <param name="Cost">What all answers cost, in USD.</param>
/// <param name="Shares">The fraction of the calls that each deployment answered.</param>
/// <param name="Slices">The run in equal spans of time.</param>
internal sealed record LabOutcome(
    string Strategy, int Calls, double Success, double P50, double P95, double P99, double RetriesPerCall, int RateLimited, double Cost, IReadOnlyDictionary<string, double> Shares, IReadOnlyList<LabSlice> Slices)
{
    private const int SliceCount = 60;

    public static LabOutcome Of(RunResult result, DescribedGroup group) => new(
        result.Contender.Name,
        result.Calls,
        result.Success,
        result.Quantile(0.5),
        result.Quantile(0.95),
        result.Quantile(0.99),
        result.RetriesPerCall,
        result.RateLimited,
        result.Cost,
        group.Deployments.Zip(result.Shares).ToDictionary(pair => pair.First.Name, pair => pair.Second),
        [.. result.Slices(SliceCount).Select(slice => new LabSlice(slice.From, slice.P99, Math.Min(1, Math.Round(slice.Success, 9))))]);
}

/// <summary>A span of time.</summary>
/// <param name="From">Its start in seconds.</param>
/// <param name="P99">The latency that 99 of 100 of its calls did not exceed, in seconds.</param>
/// <param name="Success">The fraction of its calls that was answered.</param>
internal sealed record LabSlice(double From, double P99, double Success);
