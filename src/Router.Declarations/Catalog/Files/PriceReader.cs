using System.Globalization;
using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog.Files;

/// <summary>Reads prices, and the rules by which they change.</summary>
internal sealed class PriceReader
{
    private readonly Dictionary<string, List<PriceRule>> _defined = new(StringComparer.Ordinal);

    /// <summary>Reads the definitions of a file: an object with lists of rules by name.</summary>
    public void ReadDefinitions(CatalogReader reader) => reader.ReadObject(name =>
    {
        _defined.Add(name, reader.ReadList(() => ReadRule(reader)));
        return true;
    });

    /// <summary>Reads rules: the name of a list that the file defines, or a list.</summary>
    public List<PriceRule> ReadRules(CatalogReader reader)
    {
        if (reader.IsList) return reader.ReadList(() => ReadRule(reader));
        string name = reader.ReadText();
        return _defined.TryGetValue(name, out List<PriceRule>? rules) ? rules : throw reader.Wrong($"there are no price rules '{name}' above");
    }

    /// <summary>Reads prices: of tokens in USD per million, of all else in USD for one. A price for the cache that is not stated is the input price.</summary>
    public static TokenPrices ReadPrices(CatalogReader reader)
    {
        var prices = new TokenPrices(0m, 0m);
        var units = new UnitPrices();
        decimal? cacheRead = null, cacheWrite = null;
        reader.ReadObject(property =>
        {
            switch (property)
            {
                case "input": prices = prices with { Input = reader.ReadNumber() }; return true;
                case "output": prices = prices with { Output = reader.ReadNumber() }; return true;
                case "cacheRead": cacheRead = reader.ReadNumber(); return true;
                case "cacheWrite": cacheWrite = reader.ReadNumber(); return true;
                case "longCacheWrite": prices = prices with { LongCacheWrite = reader.ReadNumber() }; return true;
                case "audioInput": prices = prices with { AudioInput = reader.ReadNumber() }; return true;
                case "audioOutput": prices = prices with { AudioOutput = reader.ReadNumber() }; return true;
                case "imageInput": prices = prices with { ImageInput = reader.ReadNumber() }; return true;
                case "imageOutput": prices = prices with { ImageOutput = reader.ReadNumber() }; return true;
                case "reasoning": prices = prices with { Reasoning = reader.ReadNumber() }; return true;
                case "citations": prices = prices with { Citations = reader.ReadNumber() }; return true;
                case "request": units = units with { Request = reader.ReadNumber() }; return true;
                case "search": units = units with { Search = reader.ReadNumber() }; return true;
                case "imageRead": units = units with { ImageRead = reader.ReadNumber() }; return true;
                case "imageMade": units = units with { ImageMade = reader.ReadNumber() }; return true;
                case "megapixelMade": units = units with { MegapixelMade = reader.ReadNumber() }; return true;
                case "secondHeard": units = units with { SecondHeard = reader.ReadNumber() }; return true;
                case "secondSpoken": units = units with { SecondSpoken = reader.ReadNumber() }; return true;
                case "minuteHeard": units = units with { SecondHeard = reader.ReadNumber() / 60m }; return true;
                case "hourHeard": units = units with { SecondHeard = reader.ReadNumber() / 3600m }; return true;
                case "charactersSpoken": units = units with { CharacterSpoken = reader.ReadNumber() / 1_000_000m }; return true;
                default: return false;
            }
        });
        return prices with { CacheRead = cacheRead ?? prices.Input, CacheWrite = cacheWrite ?? prices.Input, Units = units == new UnitPrices() ? null : units };
    }

    /// <summary>
    /// Reads a rule. Its condition is what it states of <c>above</c> (tokens of the prompt), <c>abovePixels</c> and <c>quality</c> (of each image), <c>tier</c>, <c>from</c> (a day, from 00:00 UTC) and
    /// <c>hours</c> with <c>days</c>; then all prices change by <c>times</c>, a number or one for <c>input</c> and one for <c>output</c>, or are <c>prices</c>.
    /// </summary>
    private static PriceRule ReadRule(CatalogReader reader)
    {
        var when = new PriceVariant(new TokenPrices(0m, 0m));
        (decimal Input, decimal Output) times = (1m, 1m);
        TokenPrices? prices = null;
        bool alone = false;
        string? days = null, hours = null;
        reader.ReadObject(property =>
        {
            switch (property)
            {
                case "above": when = when with { AbovePromptTokens = reader.ReadCount() }; return true;
                case "abovePixels": when = when with { AbovePixels = reader.ReadCount() }; return true;
                case "quality": when = when with { ImageQuality = reader.ReadText() }; return true;
                case "tier": when = when with { Tier = ReadTier(reader) }; return true;
                case "from": when = when with { From = ReadDay(reader) }; return true;
                case "days": days = reader.ReadText(); return true;
                case "hours": hours = reader.ReadText(); return true;
                case "times": times = ReadTimes(reader); return true;
                case "prices": prices = ReadPrices(reader); return true;
                case "alone": alone = reader.ReadFlag(); return true;
                default: return false;
            }
        });
        if (hours is not null) when = when with { Hours = ReadHours(reader, days ?? "Sunday-Saturday", hours) };
        return new(when, times.Input, times.Output, prices, alone);
    }

    private static (decimal Input, decimal Output) ReadTimes(CatalogReader reader)
    {
        decimal input = 1m, output = 1m;
        if (reader.IsNumber)
        {
            input = output = reader.ReadNumber();
            return (input, output);
        }

        reader.ReadObject(property =>
        {
            switch (property)
            {
                case "input": input = reader.ReadNumber(); return true;
                case "output": output = reader.ReadNumber(); return true;
                default: return false;
            }
        });
        return (input, output);
    }

    private static ServiceTier ReadTier(CatalogReader reader) =>
        reader.ReadText() is var name && Enum.TryParse(name, ignoreCase: true, out ServiceTier tier) ? tier : throw reader.Wrong($"'{name}' is no service tier");

    private static DateTimeOffset ReadDay(CatalogReader reader) =>
        DateTime.TryParseExact(reader.ReadText(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day)
            ? new DateTimeOffset(day, TimeSpan.Zero)
            : throw reader.Wrong("expected a day, as \"2026-12-31\"");

    private static PriceHours ReadHours(CatalogReader reader, string days, string hours)
    {
        string[] day = days.Split('-');
        string[] hour = hours.Split('-');
        bool isValid = Enum.TryParse(day[0], out DayOfWeek first) & Enum.TryParse(day[day.Length - 1], out DayOfWeek last)
            & TryParseTime(hour[0], out TimeSpan from) & TryParseTime(hour[hour.Length - 1], out TimeSpan to);
        return isValid && hour.Length == 2 ? new(first, last, from, to) : throw reader.Wrong("expected days as \"Monday-Friday\" and hours as \"01:00-04:00\"");
    }

    private static bool TryParseTime(string text, out TimeSpan time) => TimeSpan.TryParseExact(text, "hh\\:mm", CultureInfo.InvariantCulture, out time);
}
