using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes the member <c>toolConfig</c>: which tools there are, and which of them may or must be called. The API cannot say that none may be
/// called: then there are no tools, unless the conversation has called some, which must be declared; and words say it.
/// </summary>
[Embedded]
internal static class ConverseTools
{
    /// <summary>The system text of a request in which no tool may be called, although tools have to be declared.</summary>
    public const string CallNone = "Call no tool. Answer with what is known.";

    /// <summary>Returns whether the request has to say in words that no tool may be called.</summary>
    public static bool NeedsWords(IReadOnlyList<ChatMessage> messages, ChatOptions? options) => MayCallNone(options) && CodecPastTools.Any(messages);

    public static AttemptFailure? Write(Utf8JsonWriter json, IReadOnlyList<ChatMessage> messages, ChatOptions? options, ModelProfile model, RequestWriter body)
    {
        bool past = CodecPastTools.Any(messages);
        bool isDeclared = HasTools(options, body);
        if (!past && (!isDeclared || MayCallNone(options))) return null;
        if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools.");

        json.WriteStartObject("toolConfig"u8);
        json.WriteStartArray("tools"u8);
        if (isDeclared)
        {
            if (WriteTools(json, options!, model, body) is { } failure) return failure;
        }
        else
        {
            foreach (string name in CodecPastTools.Names(messages)) WritePast(json, name);
        }

        json.WriteEndArray();
        if (isDeclared && options!.ToolMode is RequiredChatToolMode required)
        {
            if (!model.Takes(ModelParameters.RequiredToolChoice)) return CodecJson.Unsupported("The model cannot be made to call a tool.");
            WriteChoice(json, required);
        }

        json.WriteEndObject();
        if (isDeclared) CodecWishes.Grant(body, "parallel_tool_calls", options!.AllowMultipleToolCalls is false, taken: false);
        return null;
    }

    private static bool MayCallNone(ChatOptions? options) => options?.Tools is not { Count: > 0 } || options.ToolMode is NoneChatToolMode;

    /// <summary>Whether there is a tool to declare; one that is left out is noted.</summary>
    private static bool HasTools(ChatOptions? options, RequestWriter body)
    {
        bool any = false;
        for (int i = 0; i < options?.Tools?.Count; i++)
        {
            bool isSearch = CodecHostedTools.IsToolSearch(options.Tools[i]);
            if (isSearch) body.Note("HostedToolSearchTool: left out");
            any |= !isSearch;
        }

        return any;
    }

    private static AttemptFailure? WriteTools(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body)
    {
        // The models that follow a schema in their answers are those that follow one in a tool's input.
        bool canBeStrict = model.Can(ModelCapabilities.JsonSchema);
        foreach (AITool tool in options.Tools!)
        {
            if (CodecHostedTools.IsToolSearch(tool)) continue;
            if (tool is not AIFunctionDeclaration function) return CodecJson.Unsupported($"The tool '{tool.Name}' ({tool.GetType().Name}) is no function, and the Converse API has no form for it.");

            bool strict = (CodecStrictness.Said(function.AdditionalProperties) ?? CodecStrictness.Said(options.AdditionalProperties)) is true;
            strict = CodecWishes.Grant(body, "strict", strict, canBeStrict);
            if (strict && ClaudeSchemas.MisfitOf(function) is { } misfit)
            {
                return CodecJson.Unsupported($"The schema of the tool '{function.Name}' cannot be strict without a change of its meaning: {misfit}.");
            }

            WriteTool(json, function, strict);
            ConverseCachePoint.Write(json, CodecCacheControl.Find(function.AdditionalProperties), model, ConverseQuirks.ToolCachePoints, body);
        }

        return null;
    }

    private static void WriteTool(Utf8JsonWriter json, AIFunctionDeclaration function, bool strict)
    {
        StartTool(json, function.Name);
        if (!string.IsNullOrWhiteSpace(function.Description)) json.WriteString("description"u8, function.Description);
        json.WriteStartObject("inputSchema"u8);
        json.WritePropertyName("json"u8);
        if (strict) ClaudeSchemas.WriteStrict(json, function);
        else ClaudeSchemas.WriteInput(json, function.JsonSchema);
        json.WriteEndObject();
        if (strict) json.WriteBoolean("strict"u8, true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A tool of which only the name is known, open as to its input.</summary>
    private static void WritePast(Utf8JsonWriter json, string name)
    {
        StartTool(json, name);
        json.WriteStartObject("inputSchema"u8);
        json.WriteStartObject("json"u8);
        json.WriteString("type"u8, "object"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void StartTool(Utf8JsonWriter json, string name)
    {
        json.WriteStartObject();
        json.WriteStartObject("toolSpec"u8);
        json.WriteString("name"u8, CodecNames.ToWire(name));
    }

    private static void WriteChoice(Utf8JsonWriter json, RequiredChatToolMode required)
    {
        json.WriteStartObject("toolChoice"u8);
        json.WriteStartObject(required.RequiredFunctionName is null ? "any"u8 : "tool"u8);
        if (required.RequiredFunctionName is { } name) json.WriteString("name"u8, CodecNames.ToWire(name));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
