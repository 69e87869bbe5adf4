using System.Globalization;
using RouterGen.Declarations.Model;

namespace RouterGen.Generator.Emit;

/// <summary>Writes what a model costs: as data, and in words.</summary>
internal static class PriceEmitter
{
    /// <summary>Writes the prices of a deployment's definition.</summary>
    public static void Write(SourceWriter writer, ModelPrices prices)
    {
        if (prices.Variants.Count == 0)
        {
            writer.Line($"Prices = new({New(prices.Standard)}),");
            return;
        }

        writer.Line($"Prices = new({New(prices.Standard)})");
        writer.Open();
        writer.Line("Variants =");
        writer.Line("[");
        foreach (PriceVariant variant in prices.Variants) writer.Line($"    new({New(variant.Prices)}) {{ {string.Join(", ", ConditionsOf(variant))} }},");
        writer.Line("],");
        writer.Close("},");
    }

    /// <summary>Returns what the prices depend on, for people; null where they depend on nothing.</summary>
    public static string? Describe(ModelPrices? prices)
    {
        if (prices is null) return null;
        string[] conditions = [.. prices.Variants.SelectMany(Show).Distinct()];
        return conditions.Length == 0 ? null : string.Join(", ", conditions);
    }

    private static IEnumerable<string> Show(PriceVariant variant)
    {
        if (variant.AbovePromptTokens > 0) yield return "> " + variant.AbovePromptTokens.ToString("N0", CultureInfo.InvariantCulture);
        if (variant.ImageQuality is { } quality) yield return quality;
        if (variant.AbovePixels > 0) yield return $"> {variant.AbovePixels.ToString("N0", CultureInfo.InvariantCulture)} pixels";
        if (variant.Tier is { } tier) yield return tier.ToString().ToLowerInvariant();
        if (variant.From is { } from) yield return "from " + from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (variant.Hours is { } hours) yield return $"{Short(hours.FirstDay)}-{Short(hours.LastDay)} {hours.From:hh\\:mm}-{hours.To:hh\\:mm}";
    }

    private static string Short(DayOfWeek day) => day.ToString().Substring(0, 3);

    private static string New(TokenPrices prices)
    {
        (string Name, decimal? Price)[] more =
        [
            (nameof(prices.LongCacheWrite), prices.LongCacheWrite),
            (nameof(prices.AudioInput), prices.AudioInput),
            (nameof(prices.AudioOutput), prices.AudioOutput),
            (nameof(prices.ImageInput), prices.ImageInput),
            (nameof(prices.ImageOutput), prices.ImageOutput),
            (nameof(prices.Reasoning), prices.Reasoning),
            (nameof(prices.Citations), prices.Citations),
        ];
        List<string> stated = Stated(more);
        if (prices.Units is { } units) stated.Add($"Units = new() {{ {string.Join(", ", UnitsOf(units))} }}");
        string four = $"new(Input: {Literal.Of(prices.Input)}, Output: {Literal.Of(prices.Output)}, CacheRead: {Literal.Of(prices.CacheRead)}, CacheWrite: {Literal.Of(prices.CacheWrite)})";
        return stated.Count == 0 ? four : $"{four} {{ {string.Join(", ", stated)} }}";
    }

    private static List<string> UnitsOf(UnitPrices units) => Stated(
        (nameof(units.Request), units.Request),
        (nameof(units.Search), units.Search),
        (nameof(units.ImageRead), units.ImageRead),
        (nameof(units.ImageMade), units.ImageMade),
        (nameof(units.MegapixelMade), units.MegapixelMade),
        (nameof(units.SecondHeard), units.SecondHeard),
        (nameof(units.SecondSpoken), units.SecondSpoken),
        (nameof(units.CharacterSpoken), units.CharacterSpoken));

    private static List<string> Stated(params (string Name, decimal? Price)[] prices) =>
        [.. prices.Where(static price => price.Price is not null).Select(static price => $"{price.Name} = {Literal.Of(price.Price!.Value)}")];

    private static IEnumerable<string> ConditionsOf(PriceVariant variant)
    {
        if (variant.AbovePromptTokens > 0) yield return $"{nameof(variant.AbovePromptTokens)} = {Literal.Of(variant.AbovePromptTokens)}";
        if (variant.AbovePixels > 0) yield return $"{nameof(variant.AbovePixels)} = {Literal.Of(variant.AbovePixels)}";
        if (variant.ImageQuality is { } quality) yield return $"{nameof(variant.ImageQuality)} = {Literal.Of(quality)}";
        if (variant.Tier is { } tier) yield return $"{nameof(variant.Tier)} = {CodeNames.ServiceTier}.{tier}";
        if (variant.From is { } from) yield return $"{nameof(variant.From)} = new({from.Year}, {from.Month}, {from.Day}, {from.Hour}, {from.Minute}, 0, global::System.TimeSpan.Zero)";
        if (variant.Hours is { } hours)
        {
            yield return $"{nameof(variant.Hours)} = new(global::System.DayOfWeek.{hours.FirstDay}, global::System.DayOfWeek.{hours.LastDay}, "
                + $"new({hours.From.Hours}, {hours.From.Minutes}, 0), new({hours.To.Hours}, {hours.To.Minutes}, 0))";
        }
    }
}
