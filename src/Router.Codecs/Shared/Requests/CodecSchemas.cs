using System;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// Writes JSON schemas as strict modes demand them. The schemas that .NET derives from types leave objects open and hold
/// keywords that providers refuse; a refusal would end the whole call although another provider takes the schema.
/// </summary>
/// <remarks>
/// It rewrites while it writes, token by token, rather than through the serializer's own schema transformer, which would
/// bring the whole serializer into a Native AOT program (2 MB).
/// </remarks>
/// <param name="rules">What the strict mode takes. A schema must fit it (<see cref="CodecStrictness"/>): nothing is narrowed here.</param>
[Embedded]
internal sealed class CodecSchemas(CodecStrictRules rules)
{
    private readonly bool _requireAll = rules.RequiresAll;

    /// <summary>Writes a schema.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="schema">The schema, as its author wrote it.</param>
    /// <param name="mustBeObject">Whether it is that of a function's input, which must be an object and say so.</param>
    public void Write(Utf8JsonWriter json, JsonElement schema, bool mustBeObject = false)
    {
        if (schema.ValueKind is not JsonValueKind.Object)
        {
            if (mustBeObject) WriteEmptyObject(json);
            else WriteBoolean(json, schema);
            return;
        }

        bool untyped = mustBeObject && !schema.TryGetProperty("type"u8, out _);
        bool isObject = untyped || IsObject(schema);
        string told = Tell(schema);
        json.WriteStartObject();
        if (untyped) json.WriteString("type"u8, "object"u8);
        foreach (JsonProperty member in schema.EnumerateObject())
        {
            if (member.NameEquals("description"u8) && told.Length > 0)
            {
                json.WriteString("description"u8, $"{member.Value} {told}");
                told = "";
            }
            else if (!IsDescribed(member) && !(isObject && _requireAll && IsReplaced(member))) WriteMember(json, member);
        }

        if (isObject) WriteClosed(json, schema);
        if (told.Length > 0) json.WriteString("description"u8, told);
        json.WriteEndObject();
    }

    /// <summary>Writes the schema of a function's input as its author wrote it. For a function without parameters "anything" is a JSON schema, but the APIs want an object.</summary>
    public static void WriteInput(Utf8JsonWriter json, JsonElement schema)
    {
        if (schema.ValueKind is JsonValueKind.Object && schema.EnumerateObject().MoveNext()) schema.WriteTo(json);
        else json.WriteRawValue("""{"type":"object","properties":{}}"""u8, skipInputValidation: true);
    }

    /// <summary>Writes a function in the form that several APIs share: a tool of the type <c>function</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The function's name on the wire.</param>
    /// <param name="function">The function.</param>
    /// <param name="strict">Writes its schema as a strict mode demands; null where it is not strict.</param>
    public static void WriteFunction(Utf8JsonWriter json, string name, AIFunctionDeclaration function, CodecSchemas? strict)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, name);
        if (function.Description is { Length: > 0 } description) json.WriteString("description"u8, description);
        json.WritePropertyName("parameters"u8);
        if (strict is null) WriteInput(json, function.JsonSchema);
        else strict.Write(json, function.JsonSchema, mustBeObject: true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Says in words what the provider refuses to hear as keywords.</summary>
    private string Tell(JsonElement schema)
    {
        var told = new StringBuilder();
        foreach (JsonProperty member in schema.EnumerateObject())
        {
            if (!IsDescribed(member)) continue;
            if (told.Length > 0) told.Append(' ');
            told.Append('(').Append(member.Name).Append(": ").Append(member.Value.GetRawText()).Append(')');
        }

        return told.ToString();
    }

    private bool IsDescribed(JsonProperty member) =>
        Array.IndexOf(rules.Described, member.Name) >= 0
        || (member.NameEquals("format"u8) && (member.Value.ValueKind is not JsonValueKind.String || Array.IndexOf(rules.Formats, member.Value.GetString()) < 0));

    private static bool IsObject(JsonElement schema)
    {
        if (!schema.TryGetProperty("type"u8, out JsonElement type)) return schema.TryGetProperty("properties"u8, out _);
        if (type.ValueKind is not JsonValueKind.Array) return type.ValueKind is JsonValueKind.String && type.ValueEquals("object"u8);
        foreach (JsonElement one in type.EnumerateArray())
        {
            if (one.ValueKind is JsonValueKind.String && one.ValueEquals("object"u8)) return true;
        }

        return false;
    }

    private static bool IsReplaced(JsonProperty member) => member.NameEquals("required"u8) || member.NameEquals("additionalProperties"u8);

    private void WriteEmptyObject(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "object"u8);
        json.WriteStartObject("properties"u8);
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties"u8, false);
        if (_requireAll)
        {
            json.WriteStartArray("required"u8);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>A schema may be a boolean, which strict modes do not know: everything, or nothing.</summary>
    private static void WriteBoolean(Utf8JsonWriter json, JsonElement schema)
    {
        json.WriteStartObject();
        if (schema.ValueKind is JsonValueKind.False)
        {
            json.WriteStartObject("not"u8);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void WriteMember(Utf8JsonWriter json, JsonProperty member)
    {
        json.WritePropertyName(member.Name);
        switch (member.Name)
        {
            case "properties" or "patternProperties" or "$defs" or "definitions" when member.Value.ValueKind is JsonValueKind.Object:
                json.WriteStartObject();
                foreach (JsonProperty named in member.Value.EnumerateObject())
                {
                    json.WritePropertyName(named.Name);
                    Write(json, named.Value);
                }

                json.WriteEndObject();
                break;

            case "items" or "prefixItems" or "anyOf" or "allOf" or "oneOf" when member.Value.ValueKind is JsonValueKind.Array:
                json.WriteStartArray();
                foreach (JsonElement one in member.Value.EnumerateArray()) Write(json, one);
                json.WriteEndArray();
                break;

            case "items" or "contains" or "not" or "additionalProperties" when member.Value.ValueKind is JsonValueKind.Object:
                Write(json, member.Value);
                break;

            default:
                member.Value.WriteTo(json);
                break;
        }
    }

    private void WriteClosed(Utf8JsonWriter json, JsonElement schema)
    {
        if (_requireAll || !schema.TryGetProperty("additionalProperties"u8, out _)) json.WriteBoolean("additionalProperties"u8, false);
        if (!_requireAll || !schema.TryGetProperty("properties"u8, out JsonElement properties) || properties.ValueKind is not JsonValueKind.Object) return;
        json.WriteStartArray("required"u8);
        foreach (JsonProperty property in properties.EnumerateObject()) json.WriteStringValue(property.Name);
        json.WriteEndArray();
    }
}
