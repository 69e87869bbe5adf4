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
        while (_cursor.NextProperty(out string property)) ReadProperty(property, _cursor.Take(), draft);
        if (draft.ToRow() is { } row) _rows[model] = row;
    }

    private void ReadProperty(string name, JsonToken value, PriceRowDraft draft)
    {
        if (value.Kind is JsonKind.Null) return;
        switch (name)
        {
            case "litellm_provider": draft.Provider = Text(name, value); break;
            case "mode": draft.Mode = Text(name, value); break;
            case "input_cost_per_token": draft.Input = Price(name, value); break;
            case "output_cost_per_token": draft.Output = Price(name, value); break;
            case "cache_read_input_token_cost": draft.CacheRead = Price(name, value); break;
            case "cache_creation_input_token_cost": draft.CacheWrite = Price(name, value); break;
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
        }
    }

    private string? Text(string name, JsonToken value) => _cursor.TextOf(value) is { Length: > 0 } text ? text : Invalid<string>(name, value, "a string");

    private bool? Flag(string name, JsonToken value) => value.Kind is JsonKind.True or JsonKind.False ? value.Kind is JsonKind.True : Invalid(name, value);

    // Exact, and without the zeros at its end that the product has.
    private decimal? Price(string name, JsonToken value) => _cursor.NumberOf(value) is { } price and >= 0 and <= HighestPrice / Million
        ? price * Million / 1.0000000000000000000000000000m
        : InvalidNumber(name, value, "a number that is 0 or greater, in USD per token");

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
