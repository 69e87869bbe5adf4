using Microsoft.Extensions.AI;

namespace RouterGen;

public sealed partial record ModelPrices
{
    /// <summary>Returns what a call costs in USD, exactly.</summary>
    /// <param name="usage">What the provider counted of the call. Of several calls together the prices cannot be told: their prompts differ in length.</param>
    /// <param name="at">When the provider was asked.</param>
    /// <param name="tier">The service tier that served it.</param>
    /// <returns>USD; null where the provider reported neither tokens nor what is paid by the piece.</returns>
    public decimal? CostOf(UsageDetails? usage, DateTimeOffset at, ServiceTier tier = ServiceTier.Standard) => For(usage, tier, at).CostOf(usage);

    /// <inheritdoc cref="CostOf(UsageDetails?, DateTimeOffset, ServiceTier)"/>
    internal decimal? CostOf(UsageDetails? usage, CallCircumstances call) => CostOf(usage, call.At, call.Tier);

    /// <summary>Returns the same in billionths of a USD, rounded; see <see cref="TokenPrices.NanosOf"/>.</summary>
    internal long NanosOf(UsageDetails? usage, CallCircumstances call) => For(usage, call.Tier, call.At).NanosOf(usage);

    private TokenPrices For(UsageDetails? usage, ServiceTier tier, DateTimeOffset at)
    {
        long promptTokens = usage?.InputTokenCount ?? 0;
        if (usage?.AdditionalCounts is { } counts && counts.TryGetValue(UsageCounts.ImagesMade, out long images) && images > 0)
        {
            for (int i = Variants.Count - 1; i >= 0; i--)
            {
                if (Variants[i].Holds(promptTokens, tier, at) && Holds(Variants[i], images, counts)) return Variants[i].Prices;
            }

            return Standard;
        }

        return For(promptTokens, tier, at);
    }

    // Images of one call have one size.
    private static bool Holds(PriceVariant variant, long images, AdditionalPropertiesDictionary<long> counts) =>
        (variant.AbovePixels == 0 || (counts.TryGetValue(UsageCounts.PixelsMade, out long pixels) && pixels / images > variant.AbovePixels))
        && (variant.ImageQuality is null || counts.ContainsKey(UsageCounts.QualityOfImages(variant.ImageQuality)));
}
