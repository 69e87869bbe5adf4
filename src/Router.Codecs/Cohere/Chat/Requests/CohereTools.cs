using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes which functions the model may call, and whether it must.</summary>
/// <remarks>
/// The API can demand a call, not a call of one function: then that function alone is sent. Strictness holds for all functions of a request
/// or for none.
/// </remarks>
[Embedded]
internal static class CohereTools
{
    /// <summary>What structured outputs take: https://docs.cohere.com/docs/structured-outputs.</summary>
    internal static readonly CodecStrictRules StrictRules = new()
    {
        Taken = ["type", "properties", "required", "items", "enum", "const", "$defs", "definitions", "description", "title", "$schema", "$id"],
        Described =
        [
            "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "pattern",
            "default", "examples", "$comment", "deprecated", "readOnly", "writeOnly",
        ],
        Formats = ["date-time", "date", "time", "uuid"],
        RequiresRootObject = true,
    };

    /// <summary>Schemas as structured outputs demand them.</summary>
    internal static readonly CodecSchemas StrictSchemas;

    static CohereTools() => StrictSchemas = new CodecSchemas(StrictRules);

    /// <summary>Returns whether a request has tools: not where none may be called and the answer has a format, which cannot stand beside tools.</summary>
    public static bool AreSent(ChatOptions options)
    {
        if (options is { ToolMode: NoneChatToolMode, ResponseFormat: ChatResponseFormatJson } || options.Tools is not { } tools) return false;
        for (int i = 0; i < tools.Count; i++)
        {
            if (!CodecHostedTools.IsToolSearch(tools[i])) return true;
        }

        return false;
    }

    public static AttemptFailure? Write(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body)
    {
        if (options.Tools is not { Count: > 0 } tools) return null;
        foreach (AITool tool in tools)
        {
            if (CodecHostedTools.IsToolSearch(tool)) body.Note("HostedToolSearchTool: left out");
            else if (tool is not AIFunctionDeclaration) return CodecJson.Unsupported($"The tool '{tool.Name}' ({tool.GetType().Name}) is no function, and Cohere's API has no form for it.");
        }

        if (!AreSent(options)) return null;
        if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools.");
        bool canChoose = model.Takes(ModelParameters.RequiredToolChoice);
        if (options.ToolMode is RequiredChatToolMode && !canChoose) return CodecJson.Unsupported("The model cannot be made to call a tool.");
        if (options.ToolMode is NoneChatToolMode && !canChoose) return null; // What is not there is not called.
        CodecWishes.Grant(body, "parallel_tool_calls", options.AllowMultipleToolCalls is false, taken: false);

        string? only = (options.ToolMode as RequiredChatToolMode)?.RequiredFunctionName;
        bool isStrict = IsStrict(options, only);
        bool any = false;
        json.WriteStartArray("tools"u8);
        foreach (AITool tool in tools)
        {
            if (tool is not AIFunctionDeclaration function || (only is not null && function.Name != only)) continue;
            if (isStrict && ProblemOfStrict(function, options) is { } problem) return CodecJson.Unsupported(problem);
            CodecSchemas.WriteFunction(json, CodecNames.ToIdentifier(function.Name), function, isStrict ? StrictSchemas : null);
            any = true;
        }

        if (!any) return CodecJson.Unsupported($"There is no tool '{only}', which is to be called.");
        json.WriteEndArray();
        if (isStrict) json.WriteBoolean("strict_tools"u8, true);
        if (options.ToolMode is RequiredChatToolMode) json.WriteString("tool_choice"u8, "REQUIRED"u8);
        else if (options.ToolMode is NoneChatToolMode) json.WriteString("tool_choice"u8, "NONE"u8);
        return null;
    }

    private static bool IsStrict(ChatOptions options, string? only)
    {
        foreach (AITool tool in options.Tools!)
        {
            if (tool is AIFunctionDeclaration function && (only is null || function.Name == only) && Said(function, options) is true) return true;
        }

        return false;
    }

    /// <summary>Why a function cannot be sent in a request whose functions are strict; null where it can.</summary>
    private static string? ProblemOfStrict(AIFunctionDeclaration function, ChatOptions options)
    {
        if (Said(function, options) is false) return $"The tool '{function.Name}' is not to be strict, but another one is: Cohere's API has all tools strict or none.";
        if (CodecStrictness.MisfitOfInput(function.JsonSchema, StrictRules) is { } misfit) return $"The schema of the tool '{function.Name}' cannot be strict without a change of its meaning: {misfit}.";
        bool requires = function.JsonSchema.ValueKind is JsonValueKind.Object && function.JsonSchema.TryGetProperty("required"u8, out JsonElement required) && required.ValueKind is JsonValueKind.Array && required.GetArrayLength() > 0;
        return requires ? null : $"The tool '{function.Name}' cannot be strict: Cohere's API demands a required parameter of each strict tool.";
    }

    private static bool? Said(AIFunctionDeclaration function, ChatOptions options) =>
        CodecStrictness.Said(function.AdditionalProperties) ?? CodecStrictness.Said(options.AdditionalProperties);
}
