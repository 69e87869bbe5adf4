using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>
/// The prices that a deployment states, over those that are known of its model. A stated price holds for prompts of any length, each tier, day and
/// hour. The prices of input belong together: where one of input is stated and none of the cache, the cache costs that, too, and so do audio and images.
/// </summary>
internal sealed record PriceOverride(decimal? Input, decimal? Output, decimal? CacheRead, decimal? CacheWrite)
{
    /// <summary>Returns the prices of a deployment; null where one that is needed is neither stated nor known.</summary>
    public ModelPrices? Over(ModelPrices? known)
    {
        if (known is null) return Input is { } input && Output is { } output ? new(Over(new TokenPrices(input, output))) : null;
        TokenPrices standard = Over(known.Standard);
        PriceVariant[] variants = [.. known.Variants.Select(variant => variant with { Prices = Over(variant.Prices) })];
        return new(standard) { Variants = Array.TrueForAll(variants, variant => variant.Prices == standard) ? [] : variants };
    }

    private TokenPrices Over(TokenPrices known) => known with
    {
        Input = Input ?? known.Input,
        Output = Output ?? known.Output,
        CacheRead = CacheRead ?? Input ?? known.CacheRead,
        CacheWrite = CacheWrite ?? Input ?? known.CacheWrite,
        LongCacheWrite = (CacheWrite ?? Input) is null ? known.LongCacheWrite : null,
        AudioInput = Input is null ? known.AudioInput : null,
        ImageInput = Input is null ? known.ImageInput : null,
        AudioOutput = Output is null ? known.AudioOutput : null,
        ImageOutput = Output is null ? known.ImageOutput : null,
        Reasoning = Output is null ? known.Reasoning : null,
    };
}
