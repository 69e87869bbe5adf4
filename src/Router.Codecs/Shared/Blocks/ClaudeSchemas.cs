using System;
using System.Buffers;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Writes JSON schemas as the API takes them.</summary>
/// <remarks>
/// A schema that the answer must follow has to close every object with <c>additionalProperties: false</c>, and bounds on
/// numbers, lengths and counts are refused. The schemas that .NET derives from types lack the one and may have the others;
/// so objects are closed here, and bounds become part of the description, where the model still reads them. What would
/// change its meaning by that (a dictionary, a schema that refers to itself) is not held to a schema here.
/// https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
/// </remarks>
[Embedded]
internal static class ClaudeSchemas
{
    private static readonly CodecStrictRules Rules = new()
    {
        Taken = ["type", "properties", "required", "items", "anyOf", "allOf", "enum", "const", "$defs", "definitions", "description", "title", "$schema", "$id", "default", "pattern"],
        Described =
        [
            "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems",
            "examples", "$comment", "deprecated", "readOnly", "writeOnly",
        ],
        Formats = ["date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid"],
    };

    private static readonly CodecSchemas Strict = new(Rules);

    /// <summary>Returns where and why an answer cannot be held to a schema without a change of its meaning; null where it can.</summary>
    public static string? MisfitOf(ChatResponseFormatJson format) => CodecStrictness.MisfitOf(format.Schema!.Value, Rules);

    /// <summary>Returns the same for a tool's input.</summary>
    public static string? MisfitOf(AIFunctionDeclaration function) => CodecStrictness.MisfitOfInput(function.JsonSchema, Rules);

    /// <summary>Writes the schema that an answer must follow.</summary>
    public static void WriteStrict(Utf8JsonWriter json, ChatResponseFormatJson format) => Strict.Write(json, format.Schema!.Value);

    /// <summary>Returns the same as text.</summary>
    public static ReadOnlySpan<byte> ToStrictText(ChatResponseFormatJson format)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) Strict.Write(json, format.Schema!.Value);
        return buffer.WrittenSpan;
    }

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
