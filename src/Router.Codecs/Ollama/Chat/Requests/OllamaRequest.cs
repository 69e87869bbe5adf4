using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the body of a request: the messages, then what the model is told beside them.</summary>
[Embedded]
internal static class OllamaRequest
{
    /// <summary>Writes the whole body.</summary>
    /// <returns>Null, or what the model cannot do; then the body is not complete.</returns>
    public static AttemptFailure? Write(ChatRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        Utf8JsonWriter json = body.StartObject(prefix);
        ChatOptions? options = request.Options;
        json.WriteBoolean("stream"u8, request.IsStreaming); // It streams unless it is told not to.

        AttemptFailure? failure = CodecHistory.Prepare(request, model, body, OllamaMessages.Rules, out IReadOnlyList<ChatMessage> messages)
            ?? OllamaMessages.Write(json, messages, options?.Instructions, model)
            ?? (options is null ? null : WriteTools(json, options, model, body) ?? WriteFormat(json, options, model));
        if (failure is not null) return failure;
        if (options is not null) WriteThink(json, options, model, body);
        failure = OllamaParameters.Write(json, options, model, body);
        if (failure is not null) return failure;
        CodecTiers.LeaveOut(request, model, body); // The API has none.
        body.EndObject();
        return CodecRaw.Merge(request, body, prefix);
    }

    private static AttemptFailure? WriteTools(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body)
    {
        if (options.Tools is not { Count: > 0 } tools) return null;
        bool listed = false;
        foreach (AITool tool in tools)
        {
            if (CodecHostedTools.IsToolSearch(tool))
            {
                body.Note("HostedToolSearchTool: left out");
                continue;
            }

            if (tool is not AIFunctionDeclaration function) return CodecJson.Unsupported($"The tool '{tool.Name}' ({tool.GetType().Name}) is no function, and Ollama's API has no form for it.");
            if (options.ToolMode is NoneChatToolMode) continue; // The API has no such choice, but what is not there is not called.
            if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools.");
            if (options.ToolMode is RequiredChatToolMode) return CodecJson.Unsupported("Ollama's API cannot make a model call a tool.");
            CodecWishes.Grant(body, "strict", (CodecStrictness.Said(function.AdditionalProperties) ?? CodecStrictness.Said(options.AdditionalProperties)) is true, taken: false);
            if (!listed) json.WriteStartArray("tools"u8);
            listed = true;
            CodecSchemas.WriteFunction(json, CodecNames.ToWire(function.Name), function, strict: null);
        }

        if (!listed) return null;
        json.WriteEndArray();
        CodecWishes.Grant(body, "parallel_tool_calls", options.AllowMultipleToolCalls is false, taken: false);
        return null;
    }

    /// <summary>Any JSON, or a schema, to which the server holds what the model writes.</summary>
    private static AttemptFailure? WriteFormat(Utf8JsonWriter json, ChatOptions options, ModelProfile model)
    {
        if (options.ResponseFormat is not ChatResponseFormatJson format) return null;
        if (format.Schema is not { ValueKind: JsonValueKind.Object } schema)
        {
            json.WriteString("format"u8, "json"u8);
            return null;
        }

        if (!model.Can(ModelCapabilities.JsonSchema)) return CodecJson.Unsupported("The model cannot follow a JSON schema.");
        json.WritePropertyName("format"u8);
        schema.WriteTo(json);
        return null;
    }

    /// <summary>How much the model is to think: not at all, or to one of three levels, which a model that knows none takes for a yes.</summary>
    private static void WriteThink(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body)
    {
        const ModelEfforts Levels = ModelEfforts.None | ModelEfforts.Low | ModelEfforts.Medium | ModelEfforts.High;
        ModelEfforts asked = CodecEfforts.AskedBy(options);
        if (asked == 0) return;
        if (!model.Takes(ModelParameters.Reasoning))
        {
            // A model that does not think does what is asked where no thought is.
            if (asked is not ModelEfforts.None) body.Note("reasoning_effort: left out");
            return;
        }

        ModelEfforts effort = CodecEfforts.Fit(body, asked, model.Efforts == 0 ? Levels : model.Efforts);
        if (effort is ModelEfforts.None) json.WriteBoolean("think"u8, false);
        else if (effort != 0) json.WriteString("think"u8, CodecEfforts.NameOf(effort));
    }
}
