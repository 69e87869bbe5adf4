using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes a Chat Completions request: the messages, then the options that the model takes.</summary>
[Embedded]
internal static class OpenAIChatRequest
{
    /// <summary>Writes the whole body.</summary>
    /// <returns>Null, or what the model cannot do; then the body is not complete.</returns>
    public static AttemptFailure? Write(ChatRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        Utf8JsonWriter json = body.StartObject(prefix);
        ChatOptions? options = request.Options;

        AttemptFailure? failure = CodecHistory.Prepare(request, model, body, OpenAIChatParts.Rules, out IReadOnlyList<ChatMessage> messages)
            ?? OpenAIChatMessages.Write(json, messages, options?.Instructions, model);
        if (failure is not null) return failure;

        if (options is not null)
        {
            failure = OpenAIChatTools.Write(json, options, model, body)
                ?? WriteResponseFormat(json, options, model)
                ?? OpenAIParameters.Write(json, options, model, body);
            if (failure is not null) return failure;
        }

        WriteLimit(json, options, model);
        json.WriteBoolean("stream"u8, request.IsStreaming); // Some servers stream unless they are told not to.
        if (request.IsStreaming && model.Has(OpenAIQuirks.StreamUsageOption))
        {
            json.WriteStartObject("stream_options"u8);
            json.WriteBoolean("include_usage"u8, true);
            json.WriteEndObject();
        }

        CodecTiers.Write(json, request, model, body, OpenAITiers.NameOf);
        failure = OpenAIParameters.WriteAdditional(json, options, model, body);
        if (failure is not null) return failure;

        body.EndObject();
        return CodecRaw.Merge(request, body, prefix);
    }

    private static AttemptFailure? WriteResponseFormat(Utf8JsonWriter json, ChatOptions options, ModelProfile model)
    {
        // Plain text is what a model answers with anyway, and not every server knows the word.
        if (options.ResponseFormat is not ChatResponseFormatJson format) return null;

        json.WriteStartObject("response_format"u8);
        if (format.Schema is null)
        {
            json.WriteString("type"u8, "json_object"u8);
            json.WriteEndObject();
            return null;
        }

        if (!model.Can(ModelCapabilities.JsonSchema)) return CodecJson.Unsupported("The model cannot follow a JSON schema.");

        json.WriteString("type"u8, "json_schema"u8);
        json.WriteStartObject("json_schema"u8);
        if (OpenAISchemas.WriteFormat(json, format, format.Schema.Value, options) is { } failure) return failure;
        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }

    private static void WriteLimit(Utf8JsonWriter json, ChatOptions? options, ModelProfile model)
    {
        // The default is not the caller's wish: a limit among the additional properties goes before it.
        bool additional = options?.AdditionalProperties is { } more && (more.ContainsKey("max_tokens") || more.ContainsKey("max_completion_tokens"));
        int limit = options?.MaxOutputTokens ?? (additional ? 0 : model.DefaultMaxOutputTokens);
        if (limit <= 0) return;
        if (model.Has(OpenAIQuirks.MaxCompletionTokens))
        {
            json.WriteNumber("max_completion_tokens"u8, limit);
        }
        else
        {
            json.WriteNumber("max_tokens"u8, limit);
        }
    }
}
