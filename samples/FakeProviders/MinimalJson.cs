using System.Text.Json;
using System.Text.Json.Nodes;

namespace RouterGen.FakeProviders;

/// <summary>The smallest value that a JSON schema of the kind that models are given allows.</summary>
internal static class MinimalJson
{
    private const int MaxDepth = 16; // a schema may refer to itself

    public static JsonNode For(JsonElement schema) => Value(schema, schema, 0) ?? new JsonObject();

    private static JsonNode? Value(JsonElement schema, JsonElement root, int depth)
    {
        if (depth > MaxDepth) return null;
        if (schema.FindString("$ref") is { } reference) return Resolve(reference, root) is { } target ? Value(target, root, depth + 1) : null;
        if (schema.Find("const") is { } constant) return JsonNode.Parse(constant.GetRawText());
        foreach (JsonElement choice in schema.FindArray("enum")) return JsonNode.Parse(choice.GetRawText());
        foreach (JsonElement choice in schema.FindArray("anyOf")) return Value(choice, root, depth + 1);
        switch (TypeOf(schema))
        {
            case "string": return "";
            case "number" or "integer": return schema.Find("minimum") is { } minimum ? JsonNode.Parse(minimum.GetRawText()) : 0;
            case "boolean": return false;
            case "null": return null;
            case "array": return new JsonArray();
        }

        var value = new JsonObject();
        foreach (JsonElement name in schema.FindArray("required"))
        {
            string property = name.GetString() ?? "";
            value[property] = schema.Find("properties")?.Find(property) is { } type ? Value(type, root, depth + 1) : null;
        }

        return value;
    }

    private static string? TypeOf(JsonElement schema)
    {
        if (schema.FindString("type") is { } type) return type;
        foreach (JsonElement first in schema.FindArray("type")) return first.GetString();
        return null;
    }

    private static JsonElement? Resolve(string reference, JsonElement root)
    {
        if (!reference.StartsWith('#')) return null;
        JsonElement? found = root;
        foreach (string step in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries)) found = found?.Find(step);
        return found;
    }
}
