using Microsoft.Extensions.AI;

namespace RouterGen;

public sealed partial record ModelPrices
{
    /// <summary>Returns what a call costs in USD, exactly.</summary>
    /// <param name="usage">What the provider counted of the call. Of several calls together the prices cannot be told: their prompts differ in length.</param>
    /// <param name="at">When the provider was asked.</param>
    /// <param name="tier">The service tier that served it.</param>
    /// <returns>USD; null where the provider reported no token counts, and nothing was counted that is paid by the piece.</returns>
    public decimal? CostOf(UsageDetails? usage, DateTimeOffset at, ServiceTier tier = ServiceTier.Standard) => For(usage, tier, at).CostOf(usage);

    /// <inheritdoc cref="CostOf(UsageDetails?, DateTimeOffset, ServiceTier)"/>
    internal decimal? CostOf(UsageDetails? usage, CallCircumstances call) => CostOf(usage, call.At, call.Tier);

    /// <summary>Returns the same in billionths of a USD, rounded; see <see cref="TokenPrices.NanosOf"/>.</summary>
    internal long NanosOf(UsageDetails? usage, CallCircumstances call) => For(usage, call.Tier, call.At).NanosOf(usage);

    private TokenPrices For(UsageDetails? usage, ServiceTier tier, DateTimeOffset at) => For(usage?.InputTokenCount ?? 0, tier, at);
}
