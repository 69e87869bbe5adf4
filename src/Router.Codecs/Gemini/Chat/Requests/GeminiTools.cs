using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes which tools there are and which of them may or must be called.</summary>
[Embedded]
internal static class GeminiTools
{
    /// <summary>The part of JSON Schema that the API holds an answer or a call to; it ignores the rest.</summary>
    private static readonly CodecStrictRules Rules = new()
    {
        Taken =
        [
            "type", "properties", "required", "items", "prefixItems", "anyOf", "enum", "$defs", "definitions", "description", "title", "$schema", "$id", "$anchor",
            "minimum", "maximum", "minItems", "maxItems", "propertyOrdering",
        ],
        Described = ["default", "examples", "$comment", "deprecated", "readOnly", "writeOnly"],
        Formats = ["date-time", "date", "time"],
        TakesRecursion = true,
    };

    /// <summary>Returns where and why the API would not hold an answer to all of a schema; null where it would.</summary>
    public static string? MisfitOf(JsonElement schema) => CodecStrictness.MisfitOf(schema, Rules);

    public static AttemptFailure? Write(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body)
    {
        if (options.Tools is not { Count: > 0 } tools) return null;
        (int functions, int hosted) = Count(tools);
        for (int i = 0; i < tools.Count; i++)
        {
            if (CodecHostedTools.IsToolSearch(tools[i])) body.Note("HostedToolSearchTool: left out");
            else if (tools[i] is not AIFunctionDeclaration && GeminiHostedTools.Problem(tools[i], model) is { } problem) return CodecJson.Unsupported(problem);
        }

        if (functions + hosted == 0) return null;
        if (functions > 0 && !model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools.");
        if (options.ToolMode is RequiredChatToolMode && (functions == 0 || !model.Takes(ModelParameters.RequiredToolChoice))) return CodecJson.Unsupported("The model cannot be made to call a tool.");
        bool combined = functions > 0 && hosted > 0;
        if (!model.Has(GeminiQuirks.CombinesTools))
        {
            if (combined) return CodecJson.Unsupported("The model takes functions or the API's own tools, not both in one request.");
            if (options.ResponseFormat is ChatResponseFormatJson) return CodecJson.Unsupported("The model takes no tools beside an answer that must be JSON.");
        }

        bool strict = false;
        json.WriteStartArray("tools"u8);
        if (functions > 0 && WriteFunctions(json, options, ref strict) is { } failure) return failure;
        for (int i = 0; i < tools.Count; i++)
        {
            if (tools[i] is AIFunctionDeclaration || CodecHostedTools.IsToolSearch(tools[i])) continue;
            if (GeminiHostedTools.Write(json, tools[i]) is { } unwritten) return unwritten;
        }

        json.WriteEndArray();
        CodecWishes.Grant(body, "parallel_tool_calls", options.AllowMultipleToolCalls is false, taken: false);
        WriteConfig(json, functions > 0 ? options.ToolMode : null, strict, combined);
        return null;
    }

    private static (int Functions, int Hosted) Count(IList<AITool> tools)
    {
        int functions = 0, hosted = 0;
        for (int i = 0; i < tools.Count; i++)
        {
            if (tools[i] is AIFunctionDeclaration) functions++;
            else if (!CodecHostedTools.IsToolSearch(tools[i])) hosted++;
        }

        return (functions, hosted);
    }

    private static AttemptFailure? WriteFunctions(Utf8JsonWriter json, ChatOptions options, ref bool strict)
    {
        json.WriteStartObject();
        json.WriteStartArray("functionDeclarations"u8);
        for (int i = 0; i < options.Tools!.Count; i++)
        {
            if (options.Tools[i] is not AIFunctionDeclaration function) continue;
            if ((CodecStrictness.Said(function.AdditionalProperties) ?? CodecStrictness.Said(options.AdditionalProperties)) is true)
            {
                if (CodecStrictness.MisfitOfInput(function.JsonSchema, Rules) is { } misfit) return CodecJson.Unsupported($"The schema of the tool '{function.Name}' cannot be strict without a change of its meaning: {misfit}.");
                strict = true;
            }

            WriteFunction(json, function);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return null;
    }

    private static void WriteFunction(Utf8JsonWriter json, AIFunctionDeclaration function)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, GeminiNames.ToWire(function.Name));
        if (function.Description is { Length: > 0 } description) json.WriteString("description"u8, description);
        if (HasParameters(function.JsonSchema))
        {
            json.WritePropertyName("parametersJsonSchema"u8);
            function.JsonSchema.WriteTo(json);
        }

        json.WriteEndObject();
    }

    /// <summary>A function without parameters has no schema here: the API refuses an object without properties.</summary>
    private static bool HasParameters(JsonElement schema)
    {
        if (schema.ValueKind is not JsonValueKind.Object) return false;
        if (schema.TryGetProperty("$ref"u8, out _) || schema.TryGetProperty("anyOf"u8, out _)) return true;
        if (schema.TryGetProperty("additionalProperties"u8, out JsonElement others) && others.ValueKind is not JsonValueKind.False) return true;
        return schema.TryGetProperty("properties"u8, out JsonElement properties) && properties.ValueKind is JsonValueKind.Object && properties.EnumerateObject().MoveNext();
    }

    /// <summary>Calls that must fit their schemas are a mode of their own; one that must be made fits its schema anyway.</summary>
    private static void WriteConfig(Utf8JsonWriter json, ChatToolMode? mode, bool strict, bool combined)
    {
        if (mode is null && !strict && !combined) return;
        json.WriteStartObject("toolConfig"u8);
        if (mode is not null || strict)
        {
            json.WriteStartObject("functionCallingConfig"u8);
            json.WriteString("mode"u8, mode switch { NoneChatToolMode => "NONE"u8, RequiredChatToolMode => "ANY"u8, _ => strict ? "VALIDATED"u8 : "AUTO"u8 });
            if (mode is RequiredChatToolMode { RequiredFunctionName: { } name })
            {
                json.WriteStartArray("allowedFunctionNames"u8);
                json.WriteStringValue(GeminiNames.ToWire(name));
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        if (combined) json.WriteBoolean("includeServerSideToolInvocations"u8, true);
        json.WriteEndObject();
    }
}
