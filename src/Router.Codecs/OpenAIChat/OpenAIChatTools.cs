using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes which functions the model may call, and whether it must.</summary>
[Embedded]
internal static class OpenAIChatTools
{
    /// <summary>
    /// Schemas as strict mode demands them: each property required, no others allowed. The API rejects any other with 400.
    /// </summary>
    internal static readonly CodecSchemas StrictSchemas = new(requireAll: true, described: ["default"]);

    public static AttemptFailure? Write(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body)
    {
        // Without tools there is nothing to choose: the API rejects an empty list, and a choice without a list.
        if (options.Tools is not { Count: > 0 } tools) return null;

        bool listed = false;
        foreach (AITool tool in tools)
        {
            if (CodecHostedTools.IsToolSearch(tool)) body.Note("HostedToolSearchTool: left out");
            else if (WriteTool(json, tool, model, ref listed) is { } failure) return failure;
        }

        if (listed) json.WriteEndArray();
        if (OpenAIHostedTools.WriteBeside(json, tools, model) is { } unwritten) return unwritten;
        if (!listed) return null;
        WriteChoice(json, options.ToolMode);
        if (model.Has(ModelTraits.ParallelToolCalls) && options.AllowMultipleToolCalls is { } parallel)
        {
            json.WriteBoolean("parallel_tool_calls"u8, parallel);
        }

        return null;
    }

    /// <summary>Whether the caller asks for strict schemas; null where nothing is said.</summary>
    public static bool? Strict(IReadOnlyDictionary<string, object?>? properties) =>
        properties is not null && properties.TryGetValue("strict", out object? value) && value is bool strict ? strict : null;

    private static AttemptFailure? WriteTool(Utf8JsonWriter json, AITool tool, ModelProfile model, ref bool listed)
    {
        var function = tool as AIFunctionDeclaration;
        if (function is not null && !model.Has(ModelTraits.Tools)) return CodecJson.Unsupported("The model takes no tools.");
        if (function is null && OpenAIHostedTools.Problem(tool, model) is { } problem) return CodecJson.Unsupported(problem);
        string? type = function is null ? OpenAIHostedTools.ListedType(tool, model) : null;
        if (function is null && type is null) return null;
        if (!listed) json.WriteStartArray("tools"u8);
        listed = true;
        if (type is not null) return OpenAIHostedTools.WriteListed(json, type, tool, model);
        WriteFunction(json, function!);
        return null;
    }

    private static void WriteFunction(Utf8JsonWriter json, AIFunctionDeclaration function)
    {
        bool? strict = Strict(function.AdditionalProperties);
        JsonElement schema = function.JsonSchema;

        json.WriteStartObject();
        json.WriteString("type"u8, "function"u8);
        json.WriteStartObject("function"u8);
        json.WriteString("name"u8, function.Name);
        if (function.Description is { Length: > 0 } description) json.WriteString("description"u8, description);
        json.WritePropertyName("parameters"u8);
        if (strict is true)
        {
            StrictSchemas.Write(json, schema, mustBeObject: true);
        }
        else if (schema.ValueKind is JsonValueKind.Object && schema.EnumerateObject().MoveNext())
        {
            schema.WriteTo(json);
        }
        else
        {
            // A function without parameters: "anything" is a JSON schema, but the API wants an object.
            json.WriteRawValue("""{"type":"object","properties":{}}"""u8, skipInputValidation: true);
        }

        if (strict is { } said) json.WriteBoolean("strict"u8, said);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatToolMode? mode)
    {
        switch (mode)
        {
            case NoneChatToolMode:
                json.WriteString("tool_choice"u8, "none"u8);
                break;
            case AutoChatToolMode:
                json.WriteString("tool_choice"u8, "auto"u8);
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                json.WriteStartObject("tool_choice"u8);
                json.WriteString("type"u8, "function"u8);
                json.WriteStartObject("function"u8);
                json.WriteString("name"u8, name);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case RequiredChatToolMode:
                json.WriteString("tool_choice"u8, "required"u8);
                break;
        }
    }
}
