using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Text;

namespace RouterGen.Generator.Json;

internal sealed class JsonArray(TextSpan span, ImmutableArray<JsonNode> items) : JsonNode(JsonKind.Array, span)
{
    public ImmutableArray<JsonNode> Items { get; } = items;
}
