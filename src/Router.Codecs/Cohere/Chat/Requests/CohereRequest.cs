using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the body of a request: the messages, then the options that the model takes.</summary>
[Embedded]
internal static class CohereRequest
{
    /// <summary>Writes the whole body.</summary>
    /// <returns>Null, or what the model cannot do; then the body is not complete.</returns>
    public static AttemptFailure? Write(ChatRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        Utf8JsonWriter json = body.StartObject(prefix);
        ChatOptions? options = request.Options;
        json.WriteBoolean("stream"u8, request.IsStreaming);
        int limit = LimitOf(options, model);
        if (limit > 0) json.WriteNumber("max_tokens"u8, limit);

        AttemptFailure? failure = CodecHistory.Prepare(request, model, body, CohereParts.Rules, out IReadOnlyList<ChatMessage> messages)
            ?? CohereMessages.Write(json, messages, options?.Instructions, model);
        if (failure is null && options is not null)
        {
            failure = CohereTools.Write(json, options, model, body)
                ?? WriteResponseFormat(json, options, model)
                ?? CohereParameters.Write(json, options, model, body);
            if (failure is not null) return failure;
            CohereThinking.Write(json, options, model, body, limit);
            failure = CohereParameters.WriteAdditional(json, options, model, body);
        }

        if (failure is not null) return failure;
        CodecTiers.LeaveOut(request, model, body); // The API has none.
        body.EndObject();
        return CodecRaw.Merge(request, body, prefix);
    }

    private static AttemptFailure? WriteResponseFormat(Utf8JsonWriter json, ChatOptions options, ModelProfile model)
    {
        if (options.ResponseFormat is not ChatResponseFormatJson format) return null;

        // The API refuses a format beside tools; tools that must not be called are not sent beside one.
        if (CohereTools.AreSent(options)) return CodecJson.Unsupported("Cohere's API takes no JSON format for its answer beside tools.");
        json.WriteStartObject("response_format"u8);
        json.WriteString("type"u8, "json_object"u8);
        if (format.Schema is { } schema)
        {
            if (!model.Can(ModelCapabilities.JsonSchema)) return CodecJson.Unsupported("The model cannot follow a JSON schema.");
            string? misfit = CodecStrictness.MisfitOf(schema, CohereTools.StrictRules);
            if (misfit is not null && CodecStrictness.Said(options.AdditionalProperties) is true) return CodecJson.Unsupported($"The answer's schema cannot be strict without a change of its meaning: {misfit}.");
            json.WritePropertyName("json_schema"u8);

            // What would change its meaning goes as it is: the API knows more of JSON Schema than it promises.
            if (misfit is null) CohereTools.StrictSchemas.Write(json, schema);
            else schema.WriteTo(json);
        }

        json.WriteEndObject();
        return null;
    }

    private static int LimitOf(ChatOptions? options, ModelProfile model)
    {
        // The default is not the caller's wish: a limit among the additional properties goes before it.
        bool additional = options?.AdditionalProperties?.ContainsKey("max_tokens") is true;
        return options?.MaxOutputTokens ?? (additional ? 0 : model.DefaultMaxOutputTokens);
    }
}
