using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>How prices change under a condition.</summary>
/// <param name="When">The condition; its prices mean nothing.</param>
/// <param name="InputTimes">What the prices of input change by.</param>
/// <param name="OutputTimes">What the prices of output change by.</param>
/// <param name="Prices">The prices in place of a change; null where they change.</param>
/// <param name="Alone">Whether it is not combined with other rules: of two that hold, the later one counts.</param>
internal sealed record PriceRule(PriceVariant When, decimal InputTimes, decimal OutputTimes, TokenPrices? Prices, bool Alone)
{
    /// <summary>
    /// Returns what a model costs under all rules. Rules for different things (the length of the prompt, the tier, the day, the hour) hold together,
    /// so that there is a variant for each combination: what a rule changes is what the rules before it make. Of rules for the same thing the last that
    /// holds counts.
    /// </summary>
    /// <param name="standard">The prices without rules.</param>
    /// <param name="rules">The rules.</param>
    public static ModelPrices Apply(TokenPrices standard, IEnumerable<PriceRule> rules)
    {
        List<PriceVariant> variants = [];
        List<PriceVariant> combined = [];
        foreach (PriceRule rule in rules)
        {
            PriceVariant variant = rule.When with { Prices = rule.Prices ?? rule.Change(standard) };
            PriceVariant[] together = rule.Alone || rule.Prices is not null ? [] : [.. combined.Where(rule.CombinesWith).Select(rule.Combine)];
            variants.Add(variant);
            variants.AddRange(together);
            if (!rule.Alone) combined.Add(variant);
            combined.AddRange(together);
        }

        return new(standard) { Variants = [.. variants] };
    }

    /// <summary>Returns prices of which each for a token is a multiple.</summary>
    public static ModelPrices Times(ModelPrices prices, decimal times)
    {
        var rule = new PriceRule(new PriceVariant(prices.Standard), times, times, null, Alone: true);
        return new(rule.Change(prices.Standard)) { Variants = [.. prices.Variants.Select(variant => variant with { Prices = rule.Change(variant.Prices) })] };
    }

    /// <summary>Returns prices of tokens that are all changed by one factor.</summary>
    public static TokenPrices Times(TokenPrices prices, decimal factor) => new PriceRule(new(prices), factor, factor, null, false).Change(prices);

    private bool CombinesWith(PriceVariant other) =>
        (When.AbovePromptTokens == 0 || other.AbovePromptTokens == 0)
        && (When.AbovePixels == 0 || other.AbovePixels == 0)
        && (When.ImageQuality is null || other.ImageQuality is null)
        && (When.Tier is null || other.Tier is null)
        && (When.From is null || other.From is null)
        && (When.Hours is null || other.Hours is null);

    private PriceVariant Combine(PriceVariant other) => new(Change(other.Prices))
    {
        AbovePromptTokens = Math.Max(When.AbovePromptTokens, other.AbovePromptTokens),
        AbovePixels = Math.Max(When.AbovePixels, other.AbovePixels),
        ImageQuality = When.ImageQuality ?? other.ImageQuality,
        Tier = When.Tier ?? other.Tier,
        From = When.From ?? other.From,
        Hours = When.Hours ?? other.Hours,
    };

    private TokenPrices Change(TokenPrices prices) => prices with
    {
        Input = Plain(prices.Input * InputTimes),
        Output = Plain(prices.Output * OutputTimes),
        CacheRead = Plain(prices.CacheRead * InputTimes),
        CacheWrite = Plain(prices.CacheWrite * InputTimes),
        LongCacheWrite = Plain(prices.LongCacheWrite * InputTimes),
        AudioInput = Plain(prices.AudioInput * InputTimes),
        AudioOutput = Plain(prices.AudioOutput * OutputTimes),
        ImageInput = Plain(prices.ImageInput * InputTimes),
        ImageOutput = Plain(prices.ImageOutput * OutputTimes),
        Reasoning = Plain(prices.Reasoning * OutputTimes),
    };

    // Without the zeros at its end that a product has.
    private static decimal Plain(decimal price) => price / 1.0000000000000000000000000000m;

    private static decimal? Plain(decimal? price) => price is { } stated ? Plain(stated) : null;
}
