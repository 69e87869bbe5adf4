using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>What models cost in the regions of a platform, where that is more than elsewhere.</summary>
/// <param name="Elsewhere">The region that has the prices of the catalog.</param>
/// <param name="Times">What prices are multiplied by in each other one.</param>
/// <param name="Except">What the names of models start with that cost the same everywhere.</param>
internal sealed record RegionalPrices(string Elsewhere, decimal Times, string[] Except)
{
    /// <summary>Returns what a model costs in a region.</summary>
    /// <param name="prices">The prices of the catalog; null where they are not known.</param>
    /// <param name="model">The model.</param>
    /// <param name="region">The region; null where it is not stated.</param>
    public ModelPrices? In(string? region, string model, ModelPrices? prices) =>
        prices is null || region is null || region == Elsewhere || Array.Exists(Except, start => model.StartsWith(start, StringComparison.Ordinal)) ? prices : PriceRule.Times(prices, Times);
}
