using System.Text;
using RouterGen.Declarations.Json;

namespace RouterGen.Generator.Tests.Json;

/// <summary>Writes what was read, and where, as text to compare: <c>{"a"1..4: 6..7 Number 1} 0..8</c> and the like, one value a line.</summary>
internal static class TreeText
{
    public static JsonTree Parse(string text) => JsonTree.Parse(text);

    public static string Render(JsonTree tree)
    {
        var result = new StringBuilder();
        Append(result, tree.Root, 0);
        return result.ToString();
    }

    public static string[] Errors(JsonTree tree) => [.. tree.Errors.Select(error => $"{error.Span.Start}..{error.Span.End} {error.Message}")];

    private static void Append(StringBuilder result, JsonNode node, int depth)
    {
        result.Append($"{node.Span.Start}..{node.Span.End} {node.Kind}");
        if (node is JsonLiteral { Kind: JsonKind.Number } number) result.Append(' ').Append(number.Text);
        if (node is JsonLiteral literal && literal.TryGetString(out string value)) result.Append(' ').Append(value);
        result.Append('\n');
        depth++;
        if (node is JsonArray array)
        {
            foreach (JsonNode item in array.Items) Append(result.Append(' ', depth * 2), item, depth);
        }

        if (node is JsonObject made)
        {
            foreach (JsonProperty property in made.Properties)
                Append(result.Append(' ', depth * 2).Append($"{property.NameSpan.Start}..{property.NameSpan.End} {property.Name}: "), property.Value, depth);
        }
    }
}
