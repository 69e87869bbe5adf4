using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Writes JSON schemas as the API takes them.</summary>
/// <remarks>
/// A schema that the answer must follow has to close every object with <c>additionalProperties: false</c>, and bounds on
/// numbers, lengths and counts are refused. The schemas that .NET derives from types lack the one and may have the others,
/// and a refusal would end the whole call although another provider takes the schema; so objects are closed here, and bounds
/// become part of the description, where the model still reads them.
/// </remarks>
[Embedded]
internal static class AnthropicSchemas
{
    private static readonly CodecSchemas Strict = new(requireAll: false, described:
    [
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minLength", "maxLength", "minItems", "maxItems", "uniqueItems",
    ]);

    /// <summary>Writes the schema that an answer must follow.</summary>
    public static void WriteStrict(Utf8JsonWriter json, ChatResponseFormatJson format) => Strict.Write(json, format.Schema!.Value);

    /// <summary>Writes the schema that a tool's input must follow.</summary>
    public static void WriteStrict(Utf8JsonWriter json, AIFunctionDeclaration function) => Strict.Write(json, function.JsonSchema, mustBeObject: true);

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
}
