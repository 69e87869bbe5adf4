using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the body of a request: the turns, then the options that the model takes. The model itself is in the path.</summary>
[Embedded]
internal static class GeminiRequest
{
    /// <summary>Writes the whole body.</summary>
    /// <returns>Null, or what the model cannot do; then the body is not complete.</returns>
    public static AttemptFailure? Write(ChatRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        Utf8JsonWriter json = body.StartObject(prefix);
        ChatOptions? options = request.Options;
        AttemptFailure? failure = CodecHistory.Prepare(request, model, body, GeminiPartWriter.Rules, out IReadOnlyList<ChatMessage> messages)
            ?? new GeminiContentWriter(json, messages, model).Write(options?.Instructions);
        if (failure is null && options is not null) failure = GeminiTools.Write(json, options, model, body);
        failure ??= new GeminiGeneration(json, model, body).Write(options);
        if (failure is null && options?.AdditionalProperties is not null) failure = WriteAdditional(json, options, model, body);
        if (failure is not null) return failure;
        GeminiTiers.Write(json, request, model, body);
        body.EndObject();
        return CodecRaw.Merge(request, body, prefix);
    }

    /// <summary>Writes the additional properties that are members of the request, as they are.</summary>
    private static AttemptFailure? WriteAdditional(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body)
    {
        foreach (KeyValuePair<string, object?> property in options.AdditionalProperties!)
        {
            if (IsTaken(property.Key, options)) continue;
            bool isSent = GeminiTiers.IsSent(property.Key, model) && property.Key is not ("generationConfig" or "systemInstruction"); // Both are written whole already.
            if (!CodecWishes.Grant(body, property.Key, wished: true, taken: isSent && !CodecExtras.IsForeign(property.Key, Dialect.Gemini))) continue;
            json.WritePropertyName(property.Key);
            if (!CodecJson.TryWriteValue(json, property.Value)) return CodecJson.UnwrittenProperty(property.Key, property.Value);
        }

        return null;
    }

    private static bool IsTaken(string name, ChatOptions options) => name switch
    {
        "model" or "contents" or "messages" or "stream" or CodecStrictness.Name or CodecStrictness.OtherName => true,
        "tools" or "toolConfig" => options.Tools is { Count: > 0 },
        "reasoning_effort" => GeminiThinking.IsAsked(options),
        "max_tokens" or "max_completion_tokens" => true, // Taken as the output limit.
        _ => GeminiGeneration.IsMember(name) || name.StartsWith("routergen.", StringComparison.OrdinalIgnoreCase),
    };
}
