using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>How an answer came about; shared by whole and streamed answers.</summary>
internal sealed record RouteSummary(
    string ModelUsed,
    string Deployment,
    ModelPrices? Prices,
    CallCircumstances Circumstances,
    TimeSpan Duration,
    TimeSpan? TimeToFirstToken,
    Attempt[] Attempts)
{
    public static readonly RouteSummary None = new("", "", null, default, TimeSpan.Zero, null, []);

    /// <summary>Returns that of an answer that is made by hand.</summary>
    public static RouteSummary Stated(string modelUsed, decimal? cost, TimeSpan duration, IReadOnlyList<Attempt>? attempts, TimeSpan? timeToFirst = null) =>
        new(modelUsed, modelUsed, null, default, duration, timeToFirst, attempts?.ToArray() ?? []) { StatedCost = cost };

    /// <summary>Gets whether the answer came out of a cache, and this is how it had come about.</summary>
    public bool FromCache { get; init; }

    /// <summary>Gets the cost that was stated, of an answer that was made by hand.</summary>
    public decimal? StatedCost { get; init; }

    /// <summary>Returns what usage costs at the deployment that answered.</summary>
    public decimal? CostOf(UsageDetails? usage) => StatedCost ?? CallCost.Of(usage, Prices, Circumstances);
}
