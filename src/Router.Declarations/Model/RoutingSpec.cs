namespace RouterGen.Declarations.Model;

/// <summary>How a group chooses among its deployments; null where nothing was stated and the runtime's default holds.</summary>
/// <param name="Strategy">The strategy: as stated, or the weighted one where a deployment states a weight.</param>
/// <param name="Policy">The type of the user's own that chooses instead, as C#: see <see cref="PolicyType"/>.</param>
/// <param name="LatencyTtl">How long a measured latency holds, in seconds.</param>
/// <param name="LatencyTolerance">How much slower than the fastest one may be, as a fraction.</param>
/// <param name="LatencyProbes">Whether latencies are measured in the background.</param>
/// <param name="Budget">What the group may spend.</param>
/// <param name="HedgeLimit">The largest fraction of calls that are hedged; null where none is.</param>
/// <param name="PromptCacheAffinity">Whether calls that begin alike keep to the same deployment.</param>
/// <param name="MaxQueueLength">How many calls may wait at once.</param>
internal sealed record RoutingSpec(
    RoutingStrategy? Strategy,
    string? Policy,
    double? LatencyTtl,
    double? LatencyTolerance,
    bool LatencyProbes,
    BudgetSpec? Budget,
    double? HedgeLimit,
    bool PromptCacheAffinity,
    int? MaxQueueLength);
