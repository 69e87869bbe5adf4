using System.Globalization;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.Json;

/// <summary>A string, number, boolean or null, or what stands where a value should. Its text is taken out of the file only when asked for.</summary>
internal sealed class JsonLiteral(JsonKind kind, SourceSpan span, string source, bool hasEscapes = false) : JsonNode(kind, span)
{
    /// <summary>The text as it was written, with quotes and escapes.</summary>
    public string Text => source.Substring(Span.Start, Span.Length);

    /// <summary>The value of a string. A lone surrogate is kept as it is.</summary>
    public bool TryGetString(out string value)
    {
        value = "";
        if (Kind is not JsonKind.String) return false;
        value = source.Substring(Span.Start + 1, Span.Length - 2);
        if (hasEscapes) value = JsonEscapes.Unescape(value);
        return true;
    }

    public bool TryGetBoolean(out bool value)
    {
        value = Kind is JsonKind.True;
        return Kind is JsonKind.True or JsonKind.False;
    }

    /// <summary>The value of a whole number, however it is spelled: <c>1000</c>, <c>1000.0</c> or <c>1e3</c>.</summary>
    public bool TryGetInt32(out int value)
    {
        bool isWhole = TryGetDecimal(out decimal number) && number is >= int.MinValue and <= int.MaxValue && number == decimal.Truncate(number);
        value = isWhole ? (int)number : 0;
        return isWhole;
    }

    /// <summary>The value of a number, rounded to the nearest double.</summary>
    public bool TryGetDouble(out double value)
    {
        value = 0;
        return Kind is JsonKind.Number && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The value of a number, rounded to what a decimal can hold; false beyond its range.</summary>
    public bool TryGetDecimal(out decimal value)
    {
        value = 0;
        return Kind is JsonKind.Number && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }
}
