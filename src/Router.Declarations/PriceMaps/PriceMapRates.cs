using System.Globalization;
using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.PriceMaps;

/// <summary>What tokens of a kind are billed by.</summary>
internal enum PriceComponent
{
    Input,
    Output,
    CacheRead,
    CacheWrite,
    LongCacheWrite,
    AudioInput,
    AudioOutput,
    ImageInput,
    ImageOutput,
    Reasoning,
    Citations,
}

/// <summary>What is billed by the piece.</summary>
internal enum PriceUnit
{
    Request,
    Search,
    ImageRead,
    ImageMade,
    PixelIn,
    PixelOut,
    SecondHeard,
    SecondSpoken,
    CharacterSpoken,
}

/// <summary>A price that a property of the map states.</summary>
/// <param name="Component">What it is the price of.</param>
/// <param name="AbovePromptTokens">How many tokens a prompt must exceed for it.</param>
/// <param name="Tier">The service tier; null for all.</param>
internal readonly record struct PriceMapRate(PriceComponent Component, int AbovePromptTokens, ServiceTier? Tier);

/// <summary>
/// The prices of a model of the map while they are read. Its properties are made of a kind of token, and what the price depends on:
/// <c>input_cost_per_token_above_272k_tokens_priority</c>. Rates that are not stated are those that depend on less.
/// </summary>
internal sealed class PriceMapRates
{
    // The longer name before the shorter that it begins with.
    private static readonly (string Name, PriceComponent Component)[] Components =
    [
        ("input_cost_per_token", PriceComponent.Input),
        ("output_cost_per_token", PriceComponent.Output),
        ("cache_read_input_token_cost", PriceComponent.CacheRead),
        ("cache_creation_input_token_cost_above_1hr", PriceComponent.LongCacheWrite),
        ("cache_creation_input_token_cost", PriceComponent.CacheWrite),
        ("input_cost_per_audio_token", PriceComponent.AudioInput),
        ("output_cost_per_audio_token", PriceComponent.AudioOutput),
        ("input_cost_per_image_token", PriceComponent.ImageInput),
        ("output_cost_per_image_token", PriceComponent.ImageOutput),
        ("output_cost_per_reasoning_token", PriceComponent.Reasoning),
        ("citation_cost_per_token", PriceComponent.Citations),
    ];

    private static readonly (string Name, PriceUnit Unit)[] UnitNames =
    [
        ("input_cost_per_request", PriceUnit.Request),
        ("input_cost_per_query", PriceUnit.Search),
        ("input_cost_per_image", PriceUnit.ImageRead),
        ("output_cost_per_image", PriceUnit.ImageMade),
        ("input_cost_per_pixel", PriceUnit.PixelIn),
        ("output_cost_per_pixel", PriceUnit.PixelOut),
        ("input_cost_per_second", PriceUnit.SecondHeard),
        ("input_cost_per_audio_per_second", PriceUnit.SecondHeard),
        ("output_cost_per_second", PriceUnit.SecondSpoken),
        ("input_cost_per_character", PriceUnit.CharacterSpoken),
    ];

    private static readonly (string Ending, ServiceTier Tier)[] Tiers = [("_flex", ServiceTier.Flex), ("_batches", ServiceTier.Batch), ("_priority", ServiceTier.Priority)];

    private readonly Dictionary<(int Above, ServiceTier? Tier), Dictionary<PriceComponent, decimal>> _rates = [];
    private readonly Dictionary<PriceUnit, decimal> _units = [];
    private readonly List<(PriceHours Hours, Dictionary<PriceComponent, decimal> Rates)> _hours = [];

    /// <summary>Returns which price a property states; null where it states none of tokens.</summary>
    public static PriceMapRate? RateNamed(string property)
    {
        foreach ((string name, PriceComponent component) in Components)
        {
            if (property.StartsWith(name, StringComparison.Ordinal) && TryParse(property.Substring(name.Length), out int above, out ServiceTier? tier)) return new(component, above, tier);
        }

        return null;
    }

    /// <summary>Returns what a property states the price of; null where it is nothing that is billed by the piece.</summary>
    public static PriceUnit? UnitNamed(string property) =>
        Array.Find(UnitNames, unit => unit.Name == property) is { Name: not null } found ? found.Unit : null;

    public void Set(PriceMapRate rate, decimal? price)
    {
        if (price is not { } stated) return;
        if (!_rates.TryGetValue((rate.AbovePromptTokens, rate.Tier), out Dictionary<PriceComponent, decimal>? rates)) _rates[(rate.AbovePromptTokens, rate.Tier)] = rates = [];
        rates[rate.Component] = stated;
    }

    public void Set(PriceUnit unit, decimal? price)
    {
        if (price is { } stated) _units[unit] = stated;
    }

    public void SetHours(IEnumerable<PriceHours> hours, IEnumerable<KeyValuePair<PriceComponent, decimal?>> rates)
    {
        Dictionary<PriceComponent, decimal> stated = [];
        foreach (KeyValuePair<PriceComponent, decimal?> rate in rates)
        {
            if (rate.Value is { } price) stated[rate.Key] = price;
        }

        foreach (PriceHours window in hours) _hours.Add((window, stated));
    }

    /// <summary>Returns the prices; null where one that is needed is not stated.</summary>
    /// <param name="provider">The provider by LiteLLM's name for it.</param>
    /// <param name="kind">What the model is for. But for chat, what is not stated is not paid: some are paid by the piece, some write nothing.</param>
    public ModelPrices? ToPrices(string provider, CallKind kind)
    {
        Dictionary<PriceComponent, decimal> standard = RatesOf(0, null);
        if (kind is not CallKind.Chat && (standard.Count > 0 || _units.Count > 0))
        {
            if (!standard.ContainsKey(PriceComponent.Input)) standard[PriceComponent.Input] = 0m;
            if (!standard.ContainsKey(PriceComponent.Output)) standard[PriceComponent.Output] = 0m;
        }

        if (!standard.ContainsKey(PriceComponent.Input) || !standard.ContainsKey(PriceComponent.Output)) return null;
        UnitPrices? units = UnitsOf(provider, kind);
        List<PriceVariant> variants = [];

        // A long prompt goes before a tier that has no price of its own for it, as LiteLLM has it.
        foreach ((int above, ServiceTier? tier) in _rates.Keys.OrderBy(key => key.Above).ThenBy(key => key.Tier ?? 0))
        {
            if (above == 0 && tier is null) continue;
            Dictionary<PriceComponent, decimal> less = above == 0 ? standard : Over(standard, RatesOf(0, tier));
            variants.Add(new(Make(Over(less, RatesOf(above, tier)), units)) { AbovePromptTokens = FirstAbove(provider, above), Tier = tier });
        }

        foreach ((PriceHours hours, Dictionary<PriceComponent, decimal> rates) in _hours) variants.Add(new(Make(Over(standard, rates), units)) { Hours = hours });
        return new(Make(standard, units)) { Variants = [.. variants] };
    }

    // xAI's higher price begins at the number of tokens that others let be.
    private static int FirstAbove(string provider, int above) => provider is "xai" && above > 0 ? above - 1 : above;

    private static TokenPrices Make(Dictionary<PriceComponent, decimal> rates, UnitPrices? units)
    {
        decimal input = rates[PriceComponent.Input];
        return new(input, rates[PriceComponent.Output], Of(PriceComponent.CacheRead) ?? input, Of(PriceComponent.CacheWrite) ?? input)
        {
            LongCacheWrite = Of(PriceComponent.LongCacheWrite),
            AudioInput = Of(PriceComponent.AudioInput),
            AudioOutput = Of(PriceComponent.AudioOutput),
            ImageInput = Of(PriceComponent.ImageInput),
            ImageOutput = Of(PriceComponent.ImageOutput),
            Reasoning = Of(PriceComponent.Reasoning),
            Citations = Of(PriceComponent.Citations),
            Units = units,
        };

        decimal? Of(PriceComponent component) => rates.TryGetValue(component, out decimal price) ? price : null;
    }

    // Perplexity searches for each call, and bills the call; others bill the searches that a model makes. What a model costs that makes images stands
    // with its input or its output, for an image or for a pixel of it.
    private UnitPrices? UnitsOf(string provider, CallKind kind)
    {
        bool makesImages = kind is CallKind.Images;
        bool countsTokens = makesImages && RatesOf(0, null).ContainsKey(PriceComponent.ImageOutput); // The price of an image is then that of its tokens.
        decimal? pixel = Of(PriceUnit.PixelIn) is null && Of(PriceUnit.PixelOut) is null ? null : (Of(PriceUnit.PixelIn) ?? 0m) + (Of(PriceUnit.PixelOut) ?? 0m);
        var units = new UnitPrices
        {
            Request = provider is "perplexity" ? Of(PriceUnit.Request) : null,
            Search = provider is "perplexity" ? null : Of(PriceUnit.Search),
            ImageRead = makesImages ? null : Of(PriceUnit.ImageRead),
            ImageMade = countsTokens ? null : Of(PriceUnit.ImageMade) ?? (makesImages ? Of(PriceUnit.ImageRead) : null),
            MegapixelMade = makesImages && !countsTokens ? pixel * 1_000_000m / 1.0000000000000000000000000000m : null,
            SecondHeard = Of(PriceUnit.SecondHeard),
            SecondSpoken = Of(PriceUnit.SecondSpoken),
            CharacterSpoken = Of(PriceUnit.CharacterSpoken),
        };
        return units == new UnitPrices() ? null : units;

        decimal? Of(PriceUnit unit) => _units.TryGetValue(unit, out decimal price) ? price : null;
    }

    private Dictionary<PriceComponent, decimal> RatesOf(int above, ServiceTier? tier) => _rates.TryGetValue((above, tier), out Dictionary<PriceComponent, decimal>? rates) ? rates : [];

    private static Dictionary<PriceComponent, decimal> Over(Dictionary<PriceComponent, decimal> less, Dictionary<PriceComponent, decimal> more)
    {
        var all = new Dictionary<PriceComponent, decimal>(less);
        foreach (KeyValuePair<PriceComponent, decimal> rate in more) all[rate.Key] = rate.Value;
        return all;
    }

    // What follows the name: nothing, or _above_272k_tokens, _priority, or both.
    private static bool TryParse(string rest, out int above, out ServiceTier? tier)
    {
        above = 0;
        tier = null;
        foreach ((string ending, ServiceTier of) in Tiers)
        {
            if (!rest.EndsWith(ending, StringComparison.Ordinal)) continue;
            tier = of;
            rest = rest.Substring(0, rest.Length - ending.Length);
        }

        const string Start = "_above_", End = "k_tokens";
        if (rest.Length == 0) return true;
        if (!rest.StartsWith(Start, StringComparison.Ordinal) || !rest.EndsWith(End, StringComparison.Ordinal) || rest.Length <= Start.Length + End.Length) return false;
        string thousands = rest.Substring(Start.Length, rest.Length - Start.Length - End.Length);
        if (!int.TryParse(thousands, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > 1_000_000) return false;
        above = number * 1000;
        return true;
    }
}
