using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>What a provider's strict mode takes of JSON Schema. Each dialect has one of these tables.</summary>
[Embedded]
internal sealed class CodecStrictRules
{
    /// <summary>Gets the keywords that are taken as they are.</summary>
    public required string[] Taken { get; init; }

    /// <summary>Gets the keywords that are refused, but that words in the description can say: those that only describe, and bounds.</summary>
    public required string[] Described { get; init; }

    /// <summary>Gets the values of <c>format</c> that are taken; any other is described.</summary>
    public required string[] Formats { get; init; }

    /// <summary>Gets whether each property must be required: one that may be missing has to be nullable then.</summary>
    public bool RequiresAll { get; init; }

    /// <summary>Gets whether each schema must state a type.</summary>
    public bool RequiresTypes { get; init; }

    /// <summary>Gets whether a schema may refer to itself.</summary>
    public bool TakesRecursion { get; init; }

    /// <summary>Gets whether the schema of an answer must be that of an object, without alternatives.</summary>
    public bool RequiresRootObject { get; init; }
}

/// <summary>
/// Finds out whether strict mode can say what a schema says. Strict modes want closed objects and know a part of the
/// keywords; a schema that has to be narrowed to get there (a dictionary that may hold nothing, an optional property that
/// must be made up) means something else, and the answers would be wrong without an error.
/// </summary>
[Embedded]
internal static class CodecStrictness
{
    /// <summary>The additional property that asks for strict schemas, of the options or of a function.</summary>
    public const string Name = "strict";

    /// <summary>The same in earlier versions of the framework's own adapter.</summary>
    public const string OtherName = "strictJsonSchema";

    /// <summary>Returns what a caller says about strictness on options or on a tool; null where nothing.</summary>
    public static bool? Said(IReadOnlyDictionary<string, object?>? properties) =>
        properties is null || !(properties.TryGetValue(Name, out object? value) || properties.TryGetValue(OtherName, out value)) ? null
        : value switch
        {
            bool said => said,
            JsonElement { ValueKind: JsonValueKind.True } => true,
            JsonElement { ValueKind: JsonValueKind.False } => false,
            _ => null,
        };

    /// <summary>Returns where and why strict mode would change the meaning of an answer's schema; null where it would not.</summary>
    public static string? MisfitOf(JsonElement schema, CodecStrictRules rules)
    {
        if (rules.RequiresRootObject && (!IsObject(schema) || schema.TryGetProperty("anyOf"u8, out _))) return "$: not one object";
        return new Walk(rules, schema).Visit(schema, "$");
    }

    /// <summary>Returns the same for the schema of a function's input: one that says nothing is that of a function without parameters.</summary>
    public static string? MisfitOfInput(JsonElement schema, CodecStrictRules rules)
    {
        if (schema.ValueKind is not JsonValueKind.Object) return null;
        if (schema.TryGetProperty("anyOf"u8, out _)) return "$: not one object";
        bool bare = !schema.TryGetProperty("properties"u8, out _) && !schema.TryGetProperty("additionalProperties"u8, out _) && !schema.TryGetProperty("$ref"u8, out _);
        return bare && (IsObject(schema) || !schema.TryGetProperty("type"u8, out _)) ? new Walk(rules, schema).VisitKeywords(schema, "$") : new Walk(rules, schema).Visit(schema, "$");
    }

    private static bool IsObject(JsonElement schema) => schema.ValueKind is JsonValueKind.Object && (Is(schema, "object") || (!schema.TryGetProperty("type"u8, out _) && schema.TryGetProperty("properties"u8, out _)));

    /// <summary>Whether a type is among those that a schema states.</summary>
    private static bool Is(JsonElement schema, string type)
    {
        if (!schema.TryGetProperty("type"u8, out JsonElement stated)) return false;
        if (stated.ValueKind is JsonValueKind.String) return stated.ValueEquals(type);
        if (stated.ValueKind is not JsonValueKind.Array) return false;
        foreach (JsonElement one in stated.EnumerateArray())
        {
            if (one.ValueKind is JsonValueKind.String && one.ValueEquals(type)) return true;
        }

        return false;
    }

    /// <summary>One look through a schema.</summary>
    private sealed class Walk(CodecStrictRules rules, JsonElement root)
    {
        private readonly List<string> _references = []; // those that were followed to get here

        public string? Visit(JsonElement schema, string path)
        {
            if (schema.ValueKind is not JsonValueKind.Object) return schema.ValueKind is JsonValueKind.False ? $"{path}: nothing is allowed" : $"{path}: anything is allowed";
            if (schema.TryGetProperty("$ref"u8, out JsonElement reference)) return VisitReference(schema, reference, path);

            bool isObject = IsObject(schema);
            bool isTyped = schema.TryGetProperty("type"u8, out _) || schema.TryGetProperty("anyOf"u8, out _);
            bool isValued = schema.TryGetProperty("enum"u8, out _) || schema.TryGetProperty("const"u8, out _) || schema.TryGetProperty("allOf"u8, out _);
            if (!isObject && !isTyped && (rules.RequiresTypes || !isValued)) return isValued ? $"{path}: no type is stated" : $"{path}: anything is allowed";
            return VisitKeywords(schema, path)
                ?? (isObject ? VisitObject(schema, path) : null)
                ?? (Is(schema, "array") && !schema.TryGetProperty("items"u8, out _) ? $"{path}: a list of anything" : null);
        }

        /// <summary>Looks at what a schema holds beside the rules for its type.</summary>
        public string? VisitKeywords(JsonElement schema, string path)
        {
            foreach (JsonProperty member in schema.EnumerateObject())
            {
                string place = $"{path}.{member.Name}";
                string? misfit = member.Name switch
                {
                    "additionalProperties" or "format" => null, // looked at elsewhere; a format that is not taken is described
                    _ when Array.IndexOf(rules.Taken, member.Name) < 0 && Array.IndexOf(rules.Described, member.Name) < 0 => $"{place}: not known to strict mode",
                    "properties" or "$defs" or "definitions" => VisitNamed(member.Value, place),
                    "anyOf" or "allOf" => VisitList(member.Value, place),
                    "items" => member.Value.ValueKind is JsonValueKind.Array ? $"{place}: a list of schemas" : Visit(member.Value, place),
                    _ => null,
                };
                if (misfit is not null) return misfit;
            }

            return null;
        }

        private string? VisitObject(JsonElement schema, string path)
        {
            bool hasProperties = schema.TryGetProperty("properties"u8, out JsonElement properties) && properties.ValueKind is JsonValueKind.Object;
            if (schema.TryGetProperty("additionalProperties"u8, out JsonElement others))
            {
                if (others.ValueKind is not JsonValueKind.False) return $"{path}.additionalProperties: an object with members of any name";
            }
            else if (!hasProperties)
            {
                return $"{path}: an object with members of any name";
            }

            if (!rules.RequiresAll || !hasProperties) return null;
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                if (!IsRequired(schema, property.Name) && !IsNullable(property.Value)) return $"{path}.properties.{property.Name}: optional, and not nullable";
            }

            return null;
        }

        private string? VisitReference(JsonElement schema, JsonElement reference, string path)
        {
            string target = reference.ValueKind is JsonValueKind.String ? reference.GetString()! : "";
            if (rules.RequiresTypes)
            {
                foreach (JsonProperty member in schema.EnumerateObject())
                {
                    if (member.Name is not ("$ref" or "$defs" or "definitions")) return $"{path}.{member.Name}: beside a $ref";
                }
            }

            if (schema.TryGetProperty("$defs"u8, out JsonElement definitions) && VisitNamed(definitions, path + ".$defs") is { } misfit) return misfit;
            if (rules.TakesRecursion && target is "#") return null;
            if (_references.Contains(target)) return rules.TakesRecursion ? null : $"{path}: refers to itself ({target})";
            if (Resolve(target) is not { } resolved) return $"{path}: refers to something other than a definition of its own ({target})";
            _references.Add(target);
            misfit = Visit(resolved, $"{path}({target})");
            _references.Remove(target);
            return misfit;
        }

        private string? VisitNamed(JsonElement schemas, string path)
        {
            if (schemas.ValueKind is not JsonValueKind.Object) return null;
            foreach (JsonProperty named in schemas.EnumerateObject())
            {
                if (Visit(named.Value, $"{path}.{named.Name}") is { } misfit) return misfit;
            }

            return null;
        }

        private string? VisitList(JsonElement schemas, string path)
        {
            if (schemas.ValueKind is not JsonValueKind.Array) return null;
            int index = 0;
            foreach (JsonElement schema in schemas.EnumerateArray())
            {
                if (Visit(schema, $"{path}[{index++}]") is { } misfit) return misfit;
            }

            return null;
        }

        private JsonElement? Resolve(string reference)
        {
            string? name = reference.StartsWith("#/$defs/", StringComparison.Ordinal) ? reference["#/$defs/".Length..]
                : reference.StartsWith("#/definitions/", StringComparison.Ordinal) ? reference["#/definitions/".Length..]
                : null;
            if (name is null) return null;
            name = Uri.UnescapeDataString(name).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            return root.TryGetProperty(reference.StartsWith("#/$", StringComparison.Ordinal) ? "$defs" : "definitions", out JsonElement definitions)
                && definitions.ValueKind is JsonValueKind.Object && definitions.TryGetProperty(name, out JsonElement schema) ? schema : null;
        }

        private static bool IsRequired(JsonElement schema, string name)
        {
            if (!schema.TryGetProperty("required"u8, out JsonElement required) || required.ValueKind is not JsonValueKind.Array) return false;
            foreach (JsonElement one in required.EnumerateArray())
            {
                if (one.ValueKind is JsonValueKind.String && one.ValueEquals(name)) return true;
            }

            return false;
        }

        /// <summary>Whether null is a value: then an absent member can be said as null.</summary>
        private static bool IsNullable(JsonElement schema)
        {
            if (schema.ValueKind is not JsonValueKind.Object) return false;
            if (Is(schema, "null")) return true;
            if (!schema.TryGetProperty("anyOf"u8, out JsonElement alternatives) || alternatives.ValueKind is not JsonValueKind.Array) return false;
            foreach (JsonElement alternative in alternatives.EnumerateArray())
            {
                if (alternative.ValueKind is JsonValueKind.Object && Is(alternative, "null")) return true;
            }

            return false;
        }
    }
}
