using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Json;

/// <summary>A value that a <see cref="JsonCursor"/> passed over.</summary>
/// <param name="kind">What it is.</param>
/// <param name="span">Where it is, with its quotes or brackets.</param>
/// <param name="hasEscapes">Whether a string has escapes.</param>
internal readonly struct JsonToken(JsonKind kind, TextSpan span, bool hasEscapes = false)
{
    public JsonKind Kind { get; } = kind;

    public TextSpan Span { get; } = span;

    public bool HasEscapes { get; } = hasEscapes;
}
