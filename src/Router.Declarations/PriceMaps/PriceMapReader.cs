using System.Collections.Immutable;
using System.Globalization;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Json;
using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.PriceMaps;

/// <summary>
/// Reads LiteLLM's model_prices_and_context_window.json: an object with an object for each model. The file is large, so it
/// is walked over once, and only what counts is taken out of it.
/// </summary>
internal sealed class PriceMapReader
{
    private const decimal Million = 1_000_000m;
    private const decimal HighestPrice = 1_000_000m;
    private const decimal HighestUnitPrice = 10_000m;

    // An example of the file's own, with words in the place of numbers.
    private const string Specification = "sample_spec";

    // More of them help no reader.
    private const int MostInvalidValues = 20;

    private readonly Dictionary<string, PriceRow> _rows = new(StringComparer.Ordinal);
    private readonly ImmutableArray<InvalidValue>.Builder _invalid = ImmutableArray.CreateBuilder<InvalidValue>();
    private readonly JsonCursor _cursor;

    private PriceMapReader(JsonCursor cursor) => _cursor = cursor;

    public static PriceMapText Read(string text)
    {
        if (text.Length > JsonTree.MaxLength) return new(PriceMap.None, [JsonTree.TooLarge], []);
        var scanner = new JsonScanner(text);
        var reader = new PriceMapReader(new JsonCursor(scanner));
        reader.ReadRoot();

        // Half of a map would mix its prices with the catalog's.
        return new(scanner.HasErrors ? PriceMap.None : new(reader._rows), scanner.Errors, reader._invalid.ToImmutable());
    }

    private void ReadRoot()
    {
        _cursor.Start();
        if (_cursor.Kind is not JsonKind.Object)
        {
            JsonToken root = _cursor.Take();
            if (root.Kind is not JsonKind.Invalid) Report("The price map", root, "an object with an object for each model");
        }
        else
        {
            _cursor.Enter();
            while (_cursor.NextProperty(out string model)) ReadModel(model);
        }

        _cursor.Finish();
    }

    private void ReadModel(string model)
    {
        if (model is Specification || _cursor.Kind is not JsonKind.Object)
        {
            JsonToken value = _cursor.Take();
            if (model is not Specification) Report(model, value, "an object");
            return;
        }

        var draft = new PriceRowDraft();
        _cursor.Enter();
        while (_cursor.NextProperty(out string property))
        {
            switch ((property, _cursor.Kind))
            {
                case ("tiered_pricing", JsonKind.Array): ReadTiers(draft.Rates); break;
                case ("off_peak_pricing", JsonKind.Object): ReadHours(draft.Rates); break;
                case ("search_context_cost_per_query", JsonKind.Object): ReadSearchPrices(draft.Rates); break;
                default: ReadProperty(property, _cursor.Take(), draft); break;
            }
        }

        if (draft.ToRow() is { } row) _rows[model] = row;
    }

    private void ReadProperty(string name, JsonToken value, PriceRowDraft draft)
    {
        if (value.Kind is JsonKind.Null) return;
        switch (name)
        {
            case "litellm_provider": draft.Provider = Text(name, value); break;
            case "mode": draft.Mode = Text(name, value); break;
            case "max_input_tokens": draft.InputLimit = Tokens(name, value); break;
            case "max_output_tokens": draft.OutputLimit = Tokens(name, value); break;
            case "max_tokens": draft.MaxTokens = Tokens(name, value); break;
            case "deprecation_date": draft.Retires = Day(name, value); break;
            case "supports_function_calling": draft.State(ModelCapabilities.Tools, Flag(name, value)); break;
            case "supports_parallel_function_calling": draft.State(ModelParameters.ParallelToolCalls, Flag(name, value)); break;
            case "supports_response_schema": draft.State(ModelCapabilities.JsonSchema, Flag(name, value)); break;
            case "supports_vision": draft.State(ModelCapabilities.Vision, Flag(name, value)); break;
            case "supports_audio_input": draft.State(ModelCapabilities.Audio, Flag(name, value)); break;
            case "supports_pdf_input": draft.State(ModelCapabilities.Documents, Flag(name, value)); break;
            case "supports_reasoning": draft.State(ModelParameters.Reasoning, Flag(name, value)); break;
            default: ReadPrice(name, value, draft.Rates); break;
        }
    }

    private void ReadPrice(string name, JsonToken value, PriceMapRates rates)
    {
        if (PriceMapRates.RateNamed(name) is { } rate) rates.Set(rate, Price(name, value));
        else if (PriceMapRates.UnitNamed(name) is { } unit) rates.Set(unit, UnitPrice(name, value));
    }

    /// <summary>Reads prices by the length of the prompt: an array of objects with a <c>range</c> and rates.</summary>
    private void ReadTiers(PriceMapRates rates)
    {
        _cursor.Enter();
        while (_cursor.NextItem())
        {
            if (_cursor.Kind is not JsonKind.Object)
            {
                Report("tiered_pricing", _cursor.Take(), "an array of objects");
                continue;
            }

            int above = 0;
            List<(PriceMapRate Rate, decimal? Price)> stated = [];
            _cursor.Enter();
            while (_cursor.NextProperty(out string name))
            {
                if (name is "range") above = ReadLowerEnd();
                else if (_cursor.Take() is var value && PriceMapRates.RateNamed(name) is { } rate) stated.Add((rate, Price(name, value)));
            }

            foreach ((PriceMapRate rate, decimal? price) in stated) rates.Set(rate with { AbovePromptTokens = above }, price);
        }
    }

    private int ReadLowerEnd()
    {
        if (_cursor.Kind is not JsonKind.Array)
        {
            Report("range", _cursor.Take(), "an array of two numbers");
            return 0;
        }

        int? first = null;
        _cursor.Enter();
        while (_cursor.NextItem())
        {
            JsonToken end = _cursor.Take();
            first ??= Tokens("range", end);
        }

        return first ?? 0;
    }

    /// <summary>
    /// Reads rates that hold at some hours: https://docs.litellm.ai/docs/proxy/off_peak_pricing. Where more is stated than the hours of each day, the
    /// rates without them hold.
    /// </summary>
    private void ReadHours(PriceMapRates rates)
    {
        List<PriceHours> hours = [];
        Dictionary<PriceComponent, decimal?> stated = [];
        bool isUnderstood = true;
        _cursor.Enter();
        while (_cursor.NextProperty(out string name))
        {
            if (name is "hours_utc")
            {
                hours.AddRange(ReadWindows());
                continue;
            }

            JsonToken value = _cursor.Take();
            if (PriceMapRates.RateNamed(name) is { AbovePromptTokens: 0, Tier: null } rate) stated[rate.Component] = Price(name, value);
            else isUnderstood = false;
        }

        if (isUnderstood) rates.SetHours(hours, stated);
    }

    private IEnumerable<PriceHours> ReadWindows()
    {
        List<JsonToken> windows = [];
        if (_cursor.Kind is JsonKind.Array)
        {
            _cursor.Enter();
            while (_cursor.NextItem()) windows.Add(_cursor.Take());
        }
        else
        {
            windows.Add(_cursor.Take());
        }

        foreach (JsonToken window in windows)
        {
            string[] ends = (_cursor.TextOf(window) ?? "").Split('-');
            if (ends.Length == 2 && TryParseTime(ends[0], out TimeSpan from) && TryParseTime(ends[1], out TimeSpan to)) yield return new(DayOfWeek.Sunday, DayOfWeek.Saturday, from, to);
            else Report("hours_utc", window, "hours in UTC, as \"16:30-00:30\"");
        }
    }

    /// <summary>Reads what a search costs by how much it brings: an object with three prices. The middle one is what models do unless told otherwise.</summary>
    private void ReadSearchPrices(PriceMapRates rates)
    {
        _cursor.Enter();
        while (_cursor.NextProperty(out string name))
        {
            JsonToken value = _cursor.Take();
            if (name is "search_context_size_medium") rates.Set(PriceUnit.Search, UnitPrice(name, value));
            else if (name is "search_context_size_low") rates.Set(PriceUnit.Request, UnitPrice(name, value));
        }
    }

    private static bool TryParseTime(string text, out TimeSpan time) => TimeSpan.TryParseExact(text.Trim(), "hh\\:mm", CultureInfo.InvariantCulture, out time);

    private string? Text(string name, JsonToken value) => _cursor.TextOf(value) is { Length: > 0 } text ? text : Invalid<string>(name, value, "a string");

    private bool? Flag(string name, JsonToken value) => value.Kind is JsonKind.True or JsonKind.False ? value.Kind is JsonKind.True : Invalid(name, value);

    // Exact, and without the zeros at its end that the product has.
    private decimal? Price(string name, JsonToken value) => _cursor.NumberOf(value) is { } price and >= 0 and <= HighestPrice / Million
        ? price * Million / 1.0000000000000000000000000000m
        : InvalidNumber(name, value, "a number that is 0 or greater, in USD per token");

    private decimal? UnitPrice(string name, JsonToken value) => _cursor.NumberOf(value) is { } price and >= 0 and <= HighestUnitPrice
        ? price
        : InvalidNumber(name, value, "a number that is 0 or greater, in USD");

    private int Tokens(string name, JsonToken value) => _cursor.NumberOf(value) is { } number and >= 0 and <= int.MaxValue
        ? (int)number
        : (int)(InvalidNumber(name, value, "a whole number that is 0 or greater") ?? 0);

    private string? Day(string name, JsonToken value) =>
        _cursor.TextOf(value) is { } day && DateTime.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? day
            : Invalid<string>(name, value, "a day, as \"2026-12-31\"");

    private T? Invalid<T>(string name, JsonToken value, string demand)
        where T : class
    {
        Report(name, value, demand);
        return null;
    }

    private bool? Invalid(string name, JsonToken value)
    {
        Report(name, value, "true or false");
        return null;
    }

    private decimal? InvalidNumber(string name, JsonToken value, string demand)
    {
        Report(name, value, demand);
        return null;
    }

    private void Report(string name, JsonToken value, string demand)
    {
        if (!_cursor.IsBroken && _invalid.Count < MostInvalidValues) _invalid.Add(new(name, value.Span, demand));
    }
}
