using Declared = RouterGen.Declarations.Model;

namespace RouterGen.Dynamic.Definitions;

/// <summary>What the declarations know of prices, as the runtime has it: two types of the same file, because the compiler's processes cannot load the runtime.</summary>
internal static class PriceCopy
{
    public static ModelPrices Of(Declared.ModelPrices prices) => new(Of(prices.Standard)) { Variants = [.. prices.Variants.Select(Of)] };

    private static PriceVariant Of(Declared.PriceVariant variant) => new(Of(variant.Prices))
    {
        AbovePromptTokens = variant.AbovePromptTokens,
        AbovePixels = variant.AbovePixels,
        ImageQuality = variant.ImageQuality,
        Tier = (ServiceTier?)(int?)variant.Tier,
        From = variant.From,
        Hours = variant.Hours is { } hours ? new PriceHours(hours.FirstDay, hours.LastDay, hours.From, hours.To) : null,
    };

    private static TokenPrices Of(Declared.TokenPrices prices) => new(prices.Input, prices.Output, prices.CacheRead, prices.CacheWrite)
    {
        LongCacheWrite = prices.LongCacheWrite,
        AudioInput = prices.AudioInput,
        AudioOutput = prices.AudioOutput,
        ImageInput = prices.ImageInput,
        ImageOutput = prices.ImageOutput,
        Reasoning = prices.Reasoning,
        Citations = prices.Citations,
        Units = prices.Units is { } units ? Of(units) : null,
    };

    private static UnitPrices Of(Declared.UnitPrices units) => new()
    {
        Request = units.Request,
        Search = units.Search,
        ImageRead = units.ImageRead,
        ImageMade = units.ImageMade,
        MegapixelMade = units.MegapixelMade,
        SecondHeard = units.SecondHeard,
        SecondSpoken = units.SecondSpoken,
        CharacterSpoken = units.CharacterSpoken,
    };
}
