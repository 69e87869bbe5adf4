using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes which tools there are and which of them may or must be called.</summary>
[Embedded]
internal static class AnthropicTools
{
    public static AttemptFailure? Write(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body)
    {
        if (options.Tools is not { Count: > 0 } tools) return null;
        if (tools is [var only] && CodecHostedTools.IsToolSearch(only))
        {
            body.Note("HostedToolSearchTool: left out");
            return null;
        }

        if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools.");

        // The models that follow a schema in their answers are those that follow one in a tool's input.
        bool canBeStrict = model.Can(ModelCapabilities.JsonSchema);
        json.WriteStartArray("tools"u8);
        foreach (AITool tool in tools)
        {
            if (CodecHostedTools.IsToolSearch(tool))
            {
                body.Note("HostedToolSearchTool: left out");
                continue;
            }

            if (tool is not AIFunctionDeclaration function)
            {
                if (AnthropicHostedTools.Problem(tool, model) is { } problem) return CodecJson.Unsupported(problem);
                if (AnthropicHostedTools.Write(json, tool) is { } unwritten) return unwritten;
                continue;
            }

            bool strict = (CodecStrictness.Said(function.AdditionalProperties) ?? CodecStrictness.Said(options.AdditionalProperties)) is true;
            strict = CodecWishes.Grant(body, "strict", strict, canBeStrict);
            if (strict && ClaudeSchemas.MisfitOf(function) is { } misfit)
            {
                return CodecJson.Unsupported($"The schema of the tool '{function.Name}' cannot be strict without a change of its meaning: {misfit}.");
            }

            if (WriteTool(json, function, strict) is { } failure) return failure;
        }

        json.WriteEndArray();
        AnthropicHostedTools.WriteServers(json, tools, body);
        if (options.ToolMode is RequiredChatToolMode && !model.Takes(ModelParameters.RequiredToolChoice)) return CodecJson.Unsupported("The model cannot be made to call a tool.");
        CodecWishes.Grant(body, "parallel_tool_calls", options.AllowMultipleToolCalls is false, model.Takes(ModelParameters.ParallelToolCalls));
        WriteChoice(json, options, model);
        return null;
    }

    private static AttemptFailure? WriteTool(Utf8JsonWriter json, AIFunctionDeclaration function, bool strict)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, CodecNames.ToWire(function.Name));
        if (function.Description is { Length: > 0 } description) json.WriteString("description"u8, description);
        json.WritePropertyName("input_schema"u8);
        if (strict)
        {
            ClaudeSchemas.WriteStrict(json, function);
            json.WriteBoolean("strict"u8, true);
        }
        else
        {
            ClaudeSchemas.WriteInput(json, function.JsonSchema);
        }

        AttemptFailure? failure = AnthropicCacheControl.Write(json, CodecCacheControl.Find(function.AdditionalProperties));
        json.WriteEndObject();
        return failure;
    }

    private static void WriteChoice(Utf8JsonWriter json, ChatOptions options, ModelProfile model)
    {
        bool single = options.AllowMultipleToolCalls is false && model.Takes(ModelParameters.ParallelToolCalls);
        if (options.ToolMode is null && !single) return;

        json.WriteStartObject("tool_choice"u8);
        switch (options.ToolMode)
        {
            case NoneChatToolMode:
                json.WriteString("type"u8, "none"u8);
                single = false; // Nothing to call; the API refuses the flag here.
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                json.WriteString("type"u8, "tool"u8);
                json.WriteString("name"u8, CodecNames.ToWire(name));
                break;
            case RequiredChatToolMode:
                json.WriteString("type"u8, "any"u8);
                break;
            default:
                json.WriteString("type"u8, "auto"u8);
                break;
        }

        if (single) json.WriteBoolean("disable_parallel_tool_use"u8, true);
        json.WriteEndObject();
    }
}
