using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes schemas of functions and answers: what strict mode takes is sent strict, the rest as it is.</summary>
[Embedded]
internal static class OpenAISchemas
{
    /// <summary>What strict mode takes: https://platform.openai.com/docs/guides/structured-outputs#supported-schemas.</summary>
    private static readonly CodecStrictRules Rules = new()
    {
        Taken =
        [
            "type", "properties", "required", "items", "anyOf", "enum", "const", "$defs", "definitions", "description", "title", "$schema", "$id",
            "pattern", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minItems", "maxItems",
        ],
        Described = ["default", "examples", "$comment", "deprecated", "readOnly", "writeOnly"],
        Formats = ["date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"],
        RequiresAll = true,
        RequiresTypes = true,
        TakesRecursion = true,
        RequiresRootObject = true,
    };

    /// <summary>
    /// Schemas as strict mode demands them: each property required, no others allowed. The API rejects any other with 400.
    /// </summary>
    private static readonly CodecSchemas Strict = new(Rules);

    /// <summary>Writes the members of a function: its name, its description, its parameters, and whether they are strict.</summary>
    /// <param name="json">Where to, inside the function's object.</param>
    /// <param name="function">The function.</param>
    /// <param name="options">The options of the request, which may ask for strict schemas.</param>
    /// <param name="unsaid">What to write where nothing is said of strictness; null for nothing.</param>
    public static AttemptFailure? WriteFunction(Utf8JsonWriter json, AIFunctionDeclaration function, ChatOptions options, bool? unsaid)
    {
        bool? strict = CodecStrictness.Said(function.AdditionalProperties) ?? CodecStrictness.Said(options.AdditionalProperties);
        JsonElement schema = function.JsonSchema;
        if (strict is true && CodecStrictness.MisfitOfInput(schema, Rules) is { } misfit)
        {
            return CodecJson.Unsupported($"The schema of the tool '{function.Name}' cannot be strict without a change of its meaning: {misfit}.");
        }

        json.WriteString("name"u8, CodecNames.ToWire(function.Name));
        if (function.Description is { Length: > 0 } description) json.WriteString("description"u8, description);
        json.WritePropertyName("parameters"u8);
        if (strict is true) Strict.Write(json, schema, mustBeObject: true);
        else CodecSchemas.WriteInput(json, schema);
        if ((strict ?? unsaid) is { } said) json.WriteBoolean("strict"u8, said);
        return null;
    }

    /// <summary>Writes the members that describe the answer's schema: its name, its description, the schema, and whether it is strict.</summary>
    /// <param name="json">Where to, inside their object.</param>
    /// <param name="format">The format.</param>
    /// <param name="schema">Its schema.</param>
    /// <param name="options">The options of the request, which may ask for a strict schema.</param>
    public static AttemptFailure? WriteFormat(Utf8JsonWriter json, ChatResponseFormatJson format, JsonElement schema, ChatOptions options)
    {
        bool? said = CodecStrictness.Said(options.AdditionalProperties);
        string? misfit = said is false ? null : CodecStrictness.MisfitOf(schema, Rules);
        if (said is true && misfit is not null) return CodecJson.Unsupported($"The answer's schema cannot be strict without a change of its meaning: {misfit}.");
        bool strict = said ?? misfit is null;
        json.WriteString("name"u8, OpenAILabels.Fit(format.SchemaName) ?? "response");
        if (format.SchemaDescription is { } description) json.WriteString("description"u8, description);
        json.WritePropertyName("schema"u8);
        if (strict) Strict.Write(json, schema);
        else schema.WriteTo(json);
        json.WriteBoolean("strict"u8, strict);
        return null;
    }
}
