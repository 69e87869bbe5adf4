using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// What calls cost together. A call with tools is one of several that belong together, perhaps answered by deployments with different prices.
/// What adds up their usage adds up <see cref="UsageDetails.AdditionalCounts"/> too, so each call notes its cost there.
/// </summary>
internal static class CallCost
{
    // The smallest price that is told apart is a millionth of a USD for a million tokens.
    private const decimal CountsPerUsd = 1_000_000_000_000m;

    /// <summary>Notes in a call's usage what it cost.</summary>
    public static void Note(UsageDetails? usage, ModelPrices? prices, CallCircumstances call)
    {
        if (usage is null) return;
        decimal? cost = prices?.CostOf(usage, call);
        if (cost is { } usd) (usage.AdditionalCounts ??= [])[UsageCounts.Cost] = (long)Math.Min(usd * CountsPerUsd, long.MaxValue / 2);
        else (usage.AdditionalCounts ??= [])[UsageCounts.Unpriced] = 1;
    }

    /// <summary>Returns what the calls cost whose usage this is.</summary>
    /// <param name="usage">The usage of a call, or of several that noted their costs.</param>
    /// <param name="prices">The prices of a call that noted none; null where none is known.</param>
    /// <param name="call">What else changes its price.</param>
    /// <returns>Null where a price or the usage is not known.</returns>
    public static decimal? Of(UsageDetails? usage, ModelPrices? prices, CallCircumstances call)
    {
        if (usage?.AdditionalCounts is not { Count: > 0 } counts) return prices?.CostOf(usage, call);
        if (counts.ContainsKey(UsageCounts.Unpriced)) return null;
        return counts.TryGetValue(UsageCounts.Cost, out long noted) ? noted / CountsPerUsd : prices?.CostOf(usage, call);
    }
}
