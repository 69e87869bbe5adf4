using System.Globalization;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.Json;

/// <summary>
/// Walks over a JSON text once and keeps nothing of it: for large files of which little is wanted. The first thing that is
/// wrong ends the walk. Comments and trailing commas are allowed; a name that an object has twice is not noticed.
/// </summary>
internal sealed class JsonCursor(JsonScanner scanner)
{
    private const int MaxDepth = 64;

    private readonly JsonNameCache _names = new();
    private int _depth;

    /// <summary>Whether something was wrong, so that the walk is over.</summary>
    public bool IsBroken => scanner.HasErrors;

    /// <summary>What the value to come is, by its first character.</summary>
    public JsonKind Kind => scanner.Current switch
    {
        '{' => JsonKind.Object,
        '[' => JsonKind.Array,
        '"' => JsonKind.String,
        't' => JsonKind.True,
        'f' => JsonKind.False,
        'n' => JsonKind.Null,
        '-' or (>= '0' and <= '9') => JsonKind.Number,
        _ => JsonKind.Invalid,
    };

    /// <summary>Goes to the text's value.</summary>
    public void Start()
    {
        if (scanner.Current == '\uFEFF') scanner.Take();
        scanner.SkipTrivia();
    }

    /// <summary>Finds nothing behind the text's value.</summary>
    public void Finish()
    {
        if (!IsBroken && !scanner.AtEnd) scanner.Report("expected the end of the file", new SourceSpan(scanner.Position, 1));
    }

    /// <summary>Goes into the object or array to come.</summary>
    public void Enter()
    {
        if (_depth == MaxDepth) scanner.Report($"too deep: at most {MaxDepth} levels are read", new SourceSpan(scanner.Position, 1));
        _depth++;
        scanner.Take();
        scanner.SkipTrivia();
    }

    /// <summary>Goes to the value of the object's next property; false behind the object's end, and when the walk is over.</summary>
    public bool NextProperty(out string name)
    {
        name = "";
        if (IsBroken || Leave('}')) return false;
        if (scanner.Current != '"')
        {
            scanner.ReportMissing(scanner.AtEnd ? "expected '}'" : "expected a property name");
            return false;
        }

        JsonToken token = TakeString();
        scanner.SkipTrivia();
        if (scanner.Current != ':') scanner.ReportMissing("expected ':'");
        if (IsBroken) return false;
        scanner.Take();
        scanner.SkipTrivia();
        name = TextOf(token) ?? "";
        return true;
    }

    /// <summary>Goes to the array's next item; false behind the array's end, and when the walk is over.</summary>
    public bool NextItem() => !IsBroken && !Leave(']');

    /// <summary>Passes over the value to come, whatever is in it.</summary>
    public JsonToken Take()
    {
        int start = scanner.Position;
        JsonKind kind = Kind;
        switch (kind)
        {
            case JsonKind.Object:
                Enter();
                while (NextProperty(out _)) Take();
                return new(kind, SourceSpan.FromBounds(start, scanner.TokenEnd));
            case JsonKind.Array:
                Enter();
                while (NextItem()) Take();
                return new(kind, SourceSpan.FromBounds(start, scanner.TokenEnd));
            case JsonKind.Invalid:
                scanner.ReportMissing("expected a value");
                return new(kind, new SourceSpan(start, 0));
            default:
                JsonToken token = kind is JsonKind.String ? TakeString() : TakeWord(kind);
                EndValue();
                return token;
        }
    }

    /// <summary>The value of a string; null where the token is none. One string is given for what comes again and again.</summary>
    public string? TextOf(JsonToken token)
    {
        if (token.Kind is not JsonKind.String) return null;
        string text = _names.Get(scanner.Slice(SourceSpan.FromBounds(token.Span.Start + 1, token.Span.End - 1)));
        return token.HasEscapes ? JsonEscapes.Unescape(text) : text;
    }

    /// <summary>The value of a number, rounded to what a decimal can hold; null where the token is none, or is beyond that range.</summary>
    public decimal? NumberOf(JsonToken token) =>
        token.Kind is JsonKind.Number && decimal.TryParse(scanner.Slice(token.Span).ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value)
            ? value
            : null;

    private bool Leave(char bracket)
    {
        if (scanner.Current != bracket) return false;
        scanner.Take();
        _depth--;
        EndValue();
        return true;
    }

    private void EndValue()
    {
        scanner.SkipTrivia();
        if (_depth == 0 || IsBroken) return;
        if (scanner.Current == ',')
        {
            scanner.Take();
            scanner.SkipTrivia();
        }
        else if (scanner.Current is not ('}' or ']'))
        {
            scanner.ReportMissing("expected ','");
        }
    }

    private JsonToken TakeString()
    {
        int start = scanner.Position;
        bool isValid = scanner.TakeString(out bool hasEscapes);
        return new(isValid ? JsonKind.String : JsonKind.Invalid, SourceSpan.FromBounds(start, scanner.TokenEnd), hasEscapes);
    }

    private JsonToken TakeWord(JsonKind kind)
    {
        SourceSpan span = scanner.TakeWord();
        ReadOnlySpan<char> word = scanner.Slice(span);
        bool isValid = kind switch
        {
            JsonKind.True => word.SequenceEqual("true".AsSpan()),
            JsonKind.False => word.SequenceEqual("false".AsSpan()),
            JsonKind.Null => word.SequenceEqual("null".AsSpan()),
            _ => JsonNumbers.IsNumber(word),
        };
        if (!isValid) scanner.Report(kind is JsonKind.Number ? "invalid number" : "expected a value; text must be in double quotes", span);
        return new(isValid ? kind : JsonKind.Invalid, span);
    }
}
