using System.Globalization;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;

namespace RouterGen.CatalogDiff;

/// <summary>Writes what a price list knows of a model as it stands in a file of the catalog: all but its traits, aliases and source.</summary>
internal static class RowText
{
    public static string Of(ModelRow model)
    {
        List<string> parts = [Property("model", model.Name)];
        if (model.Kind is not CallKind.Chat) parts.Add(Property("kind", CallKindRow.Of(model.Kind).Name));
        if (model.ContextWindow > 0) parts.Add($"\"window\": {model.ContextWindow}");
        if (model.InputLimit > 0) parts.Add($"\"input\": {model.InputLimit}");
        if (model.OutputLimit > 0) parts.Add($"\"output\": {model.OutputLimit}");
        if (model.Prices is { } prices)
        {
            parts.Add($"\"prices\": {Of(prices.Standard)}");
            if (prices.Variants.Count > 0) parts.Add($"\"rules\": [{string.Join(", ", prices.Variants.Select(Of))}]");
        }

        if (model.Retires is { } day) parts.Add(Property("retires", day));
        return $"{{ {string.Join(", ", parts)} }}";
    }

    private static string Of(PriceVariant variant)
    {
        List<string> parts = [];
        if (variant.AbovePromptTokens > 0) parts.Add($"\"above\": {variant.AbovePromptTokens}");
        if (variant.AbovePixels > 0) parts.Add($"\"abovePixels\": {variant.AbovePixels}");
        if (variant.ImageQuality is { } quality) parts.Add(Property("quality", quality));
        if (variant.Tier is { } tier) parts.Add(Property("tier", tier.ToString().ToLowerInvariant()));
        if (variant.From is { } from) parts.Add(Property("from", from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        if (variant.Hours is { } hours)
        {
            parts.Add(Property("days", $"{hours.FirstDay}-{hours.LastDay}"));
            parts.Add(Property("hours", string.Create(CultureInfo.InvariantCulture, $"{hours.From:hh\\:mm}-{hours.To:hh\\:mm}")));
        }

        parts.Add($"\"prices\": {Of(variant.Prices)}");
        return $"{{ {string.Join(", ", parts)} }}";
    }

    private static string Of(TokenPrices prices)
    {
        (string Name, decimal? Price)[] all =
        [
            ("input", prices.Input),
            ("output", prices.Output),
            ("cacheRead", prices.CacheRead == prices.Input ? null : prices.CacheRead),
            ("cacheWrite", prices.CacheWrite == prices.Input ? null : prices.CacheWrite),
            ("longCacheWrite", prices.LongCacheWrite),
            ("audioInput", prices.AudioInput),
            ("audioOutput", prices.AudioOutput),
            ("imageInput", prices.ImageInput),
            ("imageOutput", prices.ImageOutput),
            ("reasoning", prices.Reasoning),
            ("citations", prices.Citations),
            ("request", prices.Units?.Request),
            ("search", prices.Units?.Search),
            ("imageRead", prices.Units?.ImageRead),
            ("imageMade", prices.Units?.ImageMade),
            ("megapixelMade", prices.Units?.MegapixelMade),
            ("secondHeard", prices.Units?.SecondHeard),
            ("secondSpoken", prices.Units?.SecondSpoken),
            ("charactersSpoken", prices.Units?.CharacterSpoken * 1_000_000m),
        ];
        return $"{{ {string.Join(", ", all.Where(price => price.Price is not null).Select(price => string.Create(CultureInfo.InvariantCulture, $"\"{price.Name}\": {price.Price}")))} }}";
    }

    private static string Property(string name, string value) => $"\"{name}\": \"{value}\"";
}
