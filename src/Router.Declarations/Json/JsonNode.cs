using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.Json;

/// <summary>A value in a JSON text.</summary>
/// <param name="kind">What it is.</param>
/// <param name="span">Where it is, with its quotes or brackets.</param>
internal abstract class JsonNode(JsonKind kind, SourceSpan span)
{
    public JsonKind Kind { get; } = kind;

    public SourceSpan Span { get; } = span;
}
