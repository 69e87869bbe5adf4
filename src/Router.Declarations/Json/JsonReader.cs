using System.Collections.Immutable;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.Json;

/// <summary>
/// JSON's grammar, and how to go on after an error: a missing comma or value is taken as written, what belongs nowhere is
/// skipped, and a bracket that closes an outer value closes the inner ones too.
/// </summary>
internal sealed class JsonReader(JsonScanner scanner, string source)
{
    private const int MaxDepth = 64;
    private const int LongestNameInMessage = 40;

    private readonly JsonNameCache _names = new();
    private int _openArrays;
    private int _openObjects;

    private int Depth => _openArrays + _openObjects;

    public JsonNode ReadDocument()
    {
        if (scanner.Current == '\uFEFF') scanner.Take();
        scanner.SkipTrivia();
        JsonNode root = ReadValue();
        scanner.SkipTrivia();
        if (!scanner.AtEnd) scanner.Report("expected the end of the file", new SourceSpan(scanner.Position, 1));
        return root;
    }

    private JsonNode ReadValue()
    {
        switch (scanner.Current)
        {
            case '{': return Depth < MaxDepth ? ReadObject() : SkipTooDeep();
            case '[': return Depth < MaxDepth ? ReadArray() : SkipTooDeep();
            case '"' or '\'': return ReadString();
            case ',' or ':' or '}' or ']': return MissingValue();
            default: return scanner.AtEnd ? MissingValue() : ReadWord();
        }
    }

    private JsonObject ReadObject()
    {
        int start = scanner.Position;
        var properties = new JsonObject.Builder();
        _openObjects++;
        scanner.Take();
        scanner.SkipTrivia();
        while (!EndsAt('}', scanner.Current == ']' && _openArrays > 0))
        {
            ReadProperty(properties);
            EndItem('}', "expected ',' or '}'");
        }

        _openObjects--;
        return properties.Build(SourceSpan.FromBounds(start, scanner.TokenEnd));
    }

    private JsonArray ReadArray()
    {
        int start = scanner.Position;
        ImmutableArray<JsonNode>.Builder items = ImmutableArray.CreateBuilder<JsonNode>();
        _openArrays++;
        scanner.Take();
        scanner.SkipTrivia();
        while (!EndsAt(']', scanner.Current == '}' && _openObjects > 0))
        {
            if (scanner.Current is '}' or ':') SkipStray("expected a value");
            else items.Add(ReadValue());
            EndItem(']', "expected ',' or ']'");
        }

        _openArrays--;
        return new(SourceSpan.FromBounds(start, scanner.TokenEnd), items.ToImmutable());
    }

    // Takes the bracket that closes an object or array; one of an outer value, or the text's end, closes it too.
    private bool EndsAt(char bracket, bool closesOuter)
    {
        if (scanner.Current == bracket) scanner.Take();
        else if (scanner.AtEnd || closesOuter) scanner.ReportMissing(bracket == '}' ? "expected '}'" : "expected ']'");
        else return false;
        return true;
    }

    private void EndItem(char bracket, string expected)
    {
        scanner.SkipTrivia();
        if (scanner.Current == ',') scanner.Take();
        else if (scanner.Current != bracket) scanner.ReportMissing(expected);
        scanner.SkipTrivia();
    }

    private void ReadProperty(JsonObject.Builder properties)
    {
        const string Expected = "expected a property name";
        switch (scanner.Current)
        {
            case '{' or '[':
                scanner.ReportMissing(Expected);
                ReadValue(); // Belongs to no name, so it cannot be asked for.
                return;
            case ',':
                scanner.ReportMissing(Expected);
                return;
            case ':' or ']':
                SkipStray(Expected);
                return;
        }

        bool isQuoted = scanner.Current == '"';
        string? name = ReadName(out SourceSpan span);
        scanner.SkipTrivia();
        JsonNode? value = scanner.Current == ':' ? ReadPropertyValue() : isQuoted ? Missing("expected ':'") : null;
        if (name is null || value is null || !properties.Add(new(name, span, value))) return;
        string shown = name.Length > LongestNameInMessage ? name.Substring(0, LongestNameInMessage) + "..." : name;
        scanner.Add(JsonErrorKind.DuplicateProperty, $"duplicate property '{shown}'", span);
    }

    // Null where not all of the name can be told.
    private string? ReadName(out SourceSpan span)
    {
        int start = scanner.Position;
        bool isDouble = scanner.Current == '"';
        bool isString = isDouble || scanner.Current == '\'';
        bool isValid = true;
        bool hasEscapes = false;
        if (isString) isValid = scanner.TakeString(out hasEscapes);
        else scanner.TakeWord();
        span = SourceSpan.FromBounds(start, scanner.TokenEnd);
        if (!isDouble) scanner.Report("property name must be in double quotes", span);
        if (!isValid) return null;
        string name = _names.Get(scanner.Slice(isString ? new(start + 1, span.Length - 2) : span));
        return hasEscapes ? JsonEscapes.Unescape(name) : name;
    }

    private JsonNode ReadPropertyValue()
    {
        scanner.Take();
        int colonEnd = scanner.TokenEnd;
        scanner.SkipTrivia();
        if (scanner.Current != '"') return ReadValue();
        JsonNode value = ReadValue();
        scanner.SkipTrivia();
        if (scanner.Current != ':') return value;

        // The string is the name of the next property: the value before it was not written yet.
        scanner.Rewind(value.Span.Start, colonEnd);
        return MissingValue();
    }

    private JsonLiteral ReadString()
    {
        int start = scanner.Position;
        bool isDouble = scanner.Current == '"';
        bool isValid = scanner.TakeString(out bool hasEscapes) && isDouble;
        SourceSpan span = SourceSpan.FromBounds(start, scanner.TokenEnd);
        if (!isDouble) scanner.Report("string must be in double quotes", span);
        return new(isValid ? JsonKind.String : JsonKind.Invalid, span, source, hasEscapes);
    }

    private JsonLiteral ReadWord()
    {
        SourceSpan span = scanner.TakeWord();
        ReadOnlySpan<char> word = scanner.Slice(span);
        JsonKind kind = JsonKind.Invalid;
        if (word[0] is '-' or (>= '0' and <= '9'))
        {
            if (!JsonNumbers.IsNumber(word)) scanner.Report("invalid number", span);
            else if (!JsonNumbers.IsInRange(word)) scanner.Add(JsonErrorKind.NumberOutOfRange, "number out of range", span);
            else kind = JsonKind.Number;
        }
        else if (word.SequenceEqual("true".AsSpan())) kind = JsonKind.True;
        else if (word.SequenceEqual("false".AsSpan())) kind = JsonKind.False;
        else if (word.SequenceEqual("null".AsSpan())) kind = JsonKind.Null;
        else scanner.Report("expected a value; text must be in double quotes", span);
        return new(kind, span, source);
    }

    // Passes over a value with all that is in it, by counting brackets.
    private JsonLiteral SkipTooDeep()
    {
        int start = scanner.Position;
        scanner.Report($"too deep: at most {MaxDepth} levels are read", new SourceSpan(start, 1));
        int depth = 0;
        do
        {
            char c = scanner.Current;
            if (c is '"') scanner.TakeString(out _);
            else scanner.Take();
            depth += c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
            scanner.SkipTrivia();
        }
        while (depth > 0 && !scanner.AtEnd);
        return new(JsonKind.Invalid, SourceSpan.FromBounds(start, scanner.TokenEnd), source);
    }

    private void SkipStray(string message)
    {
        scanner.Report(message, new SourceSpan(scanner.Position, 1));
        scanner.Take();
    }

    private JsonLiteral MissingValue() => Missing("expected a value");

    private JsonLiteral Missing(string message)
    {
        scanner.ReportMissing(message);
        return new(JsonKind.Invalid, new SourceSpan(scanner.TokenEnd, 0), source);
    }
}
