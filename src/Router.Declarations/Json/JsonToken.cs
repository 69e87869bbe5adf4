using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.Json;

/// <summary>A value that a <see cref="JsonCursor"/> passed over.</summary>
/// <param name="kind">What it is.</param>
/// <param name="span">Where it is, with its quotes or brackets.</param>
/// <param name="hasEscapes">Whether a string has escapes.</param>
internal readonly struct JsonToken(JsonKind kind, SourceSpan span, bool hasEscapes = false)
{
    public JsonKind Kind { get; } = kind;

    public SourceSpan Span { get; } = span;

    public bool HasEscapes { get; } = hasEscapes;
}
