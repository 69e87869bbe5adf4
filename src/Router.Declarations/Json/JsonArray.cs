using System.Collections.Immutable;
using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.Json;

internal sealed class JsonArray(SourceSpan span, ImmutableArray<JsonNode> items) : JsonNode(JsonKind.Array, span)
{
    public ImmutableArray<JsonNode> Items { get; } = items;
}
