using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Writes JSON schemas as the API takes them.</summary>
/// <remarks>
/// A schema that the answer must follow has to close every object with <c>additionalProperties: false</c>, and bounds on
/// numbers, lengths and counts are refused. The schemas that .NET derives from types lack the one and may have the others,
/// and a refusal would end the whole call although another provider takes the schema; so objects are closed here, and bounds
/// become part of the description, where the model still reads them. Each schema is turned once and kept as long as its owner.
/// </remarks>
[Embedded]
internal static class AnthropicSchemas
{
    private static readonly string[] Bounds =
    [
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minLength", "maxLength", "minItems", "maxItems", "uniqueItems",
    ];

    private static readonly AIJsonSchemaTransformCache Strict = new(new AIJsonSchemaTransformOptions
    {
        ConvertBooleanSchemas = true,
        DisallowAdditionalProperties = true,
        TransformSchemaNode = static (_, node) => Tighten(node),
    });

    /// <summary>Writes the schema that an answer must follow.</summary>
    public static void WriteStrict(Utf8JsonWriter json, ChatResponseFormatJson format) =>
        (Strict.GetOrCreateTransformedSchema(format) ?? format.Schema!.Value).WriteTo(json);

    /// <summary>Writes the schema that a tool's input must follow.</summary>
    public static void WriteStrict(Utf8JsonWriter json, AIFunctionDeclaration function) =>
        WriteInput(json, Strict.GetOrCreateTransformedSchema(function));

    /// <summary>Writes the schema of a tool's input, which must be that of an object and say so.</summary>
    public static void WriteInput(Utf8JsonWriter json, JsonElement schema)
    {
        if (schema.ValueKind is JsonValueKind.Object && schema.TryGetProperty("type"u8, out _))
        {
            schema.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        json.WriteString("type"u8, "object"u8);
        if (schema.ValueKind is JsonValueKind.Object)
        {
            foreach (JsonProperty member in schema.EnumerateObject()) member.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static JsonNode Tighten(JsonNode node)
    {
        if (node is not JsonObject schema) return node;
        bool isObject = schema.TryGetPropertyValue("type", out JsonNode? type) && type is JsonValue value && value.TryGetValue(out string? name) && name is "object";
        if (isObject && !schema.ContainsKey("additionalProperties")) schema["additionalProperties"] = false;
        DescribeBounds(schema);
        return schema;
    }

    private static void DescribeBounds(JsonObject schema)
    {
        foreach (string bound in Bounds)
        {
            if (!schema.TryGetPropertyValue(bound, out JsonNode? value)) continue;
            schema.Remove(bound);
            string told = $"({bound}: {value?.ToJsonString()})";
            bool described = schema.TryGetPropertyValue("description", out JsonNode? description) && description is JsonValue;
            schema["description"] = described ? $"{description} {told}" : told;
        }
    }
}
