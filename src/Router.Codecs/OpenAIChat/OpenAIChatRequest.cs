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
    public static AttemptFailure? Write(in ChatRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        Utf8JsonWriter json = body.StartObject(prefix);
        ChatOptions? options = request.Options;

        AttemptFailure? failure = CodecHistory.Prepare(request.Messages, model, body, OpenAIChatParts.Rules, out IReadOnlyList<ChatMessage> messages)
            ?? OpenAIChatMessages.Write(json, messages, options?.Instructions, model);
        if (failure is not null) return failure;

        if (options is not null)
        {
            failure = OpenAIChatTools.Write(json, options, model, body)
                ?? WriteResponseFormat(json, options, model)
                ?? WriteParameters(json, options, model);
            if (failure is not null) return failure;
        }

        WriteLimit(json, options, model);
        if (request.Stream)
        {
            json.WriteBoolean("stream"u8, true);
            if (model.Has(ModelTraits.StreamUsageOption))
            {
                json.WriteStartObject("stream_options"u8);
                json.WriteBoolean("include_usage"u8, true);
                json.WriteEndObject();
            }
        }

        failure = WriteAdditional(json, options);
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

        if (!model.Has(ModelTraits.JsonSchema)) return CodecJson.Unsupported("The model cannot follow a JSON schema.");

        bool strict = OpenAIChatTools.Strict(options.AdditionalProperties) ?? true;
        json.WriteString("type"u8, "json_schema"u8);
        json.WriteStartObject("json_schema"u8);
        json.WriteString("name"u8, CodecLabels.Fit(format.SchemaName) ?? "response");
        if (format.SchemaDescription is { } description) json.WriteString("description"u8, description);
        json.WritePropertyName("schema"u8);
        if (strict) OpenAIChatTools.StrictSchemas.Write(json, format.Schema.Value);
        else format.Schema.Value.WriteTo(json);
        json.WriteBoolean("strict"u8, strict);
        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }

    private static AttemptFailure? WriteParameters(Utf8JsonWriter json, ChatOptions options, ModelProfile model)
    {
        if (model.Has(ModelTraits.ReasoningEffort) && options.Reasoning?.Effort is { } effort)
        {
            json.WriteString("reasoning_effort"u8, effort switch
            {
                ReasoningEffort.None => "none"u8,
                ReasoningEffort.Low => "low"u8,
                ReasoningEffort.High => "high"u8,
                ReasoningEffort.ExtraHigh => "xhigh"u8,
                _ => "medium"u8,
            });
        }

        bool finite = true;
        if (model.Has(ModelTraits.Sampling))
        {
            finite &= WriteFloat(json, "temperature"u8, options.Temperature);
            finite &= WriteFloat(json, "top_p"u8, options.TopP);
        }

        if (model.Has(ModelTraits.TopK) && options.TopK is { } topK) json.WriteNumber("top_k"u8, topK);
        if (model.Has(ModelTraits.Penalties))
        {
            finite &= WriteFloat(json, "frequency_penalty"u8, options.FrequencyPenalty);
            finite &= WriteFloat(json, "presence_penalty"u8, options.PresencePenalty);
        }

        if (model.Has(ModelTraits.Seed) && options.Seed is { } seed)
        {
            json.WriteNumber(model.Has(ModelTraits.RandomSeed) ? "random_seed"u8 : "seed"u8, seed);
        }

        if (model.Has(ModelTraits.Stop) && options.StopSequences is { Count: > 0 } stops)
        {
            json.WriteStartArray("stop"u8);
            foreach (string stop in stops) json.WriteStringValue(stop);
            json.WriteEndArray();
        }

        return finite ? null : CodecJson.Unsupported("A sampling parameter is infinite or no number, which JSON cannot say.");
    }

    private static bool WriteFloat(Utf8JsonWriter json, ReadOnlySpan<byte> name, float? value)
    {
        if (value is null) return true;
        if (!float.IsFinite(value.Value)) return false;
        json.WriteNumber(name, value.Value);
        return true;
    }

    private static void WriteLimit(Utf8JsonWriter json, ChatOptions? options, ModelProfile model)
    {
        // The default is nobody's wish: a limit among the additional properties goes before it.
        bool additional = options?.AdditionalProperties is { } more && (more.ContainsKey("max_tokens") || more.ContainsKey("max_completion_tokens"));
        int limit = options?.MaxOutputTokens ?? (additional ? 0 : model.DefaultMaxOutputTokens);
        if (limit <= 0) return;
        if (model.Has(ModelTraits.MaxCompletionTokens))
        {
            json.WriteNumber("max_completion_tokens"u8, limit);
        }
        else
        {
            json.WriteNumber("max_tokens"u8, limit);
        }
    }

    private static AttemptFailure? WriteAdditional(Utf8JsonWriter json, ChatOptions? options)
    {
        if (options?.AdditionalProperties is not { } additional) return null;
        foreach (KeyValuePair<string, object?> property in additional)
        {
            if (IsTaken(property.Key, options)) continue;
            json.WritePropertyName(property.Key);
            if (!CodecJson.TryWriteValue(json, property.Value))
            {
                return CodecJson.Unsupported($"The additional property '{property.Key}' is of a type ({property.Value?.GetType()}) that cannot be written as JSON.");
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a name among the additional properties is not to be written. What an option says wins over an additional
    /// property, also where the model does not take it and it was left out: the same call means the same on each deployment.
    /// </summary>
    private static bool IsTaken(string name, ChatOptions options) => name switch
    {
        "model" or "messages" or "stream" or "stream_options" or "strict" => true,
        "tools" or "tool_choice" or "parallel_tool_calls" => options.Tools is { Count: > 0 },
        "response_format" => options.ResponseFormat is ChatResponseFormatJson,
        "reasoning_effort" => options.Reasoning?.Effort is not null,
        "max_tokens" or "max_completion_tokens" => options.MaxOutputTokens is not null,
        "temperature" => options.Temperature is not null,
        "top_p" => options.TopP is not null,
        "top_k" => options.TopK is not null,
        "frequency_penalty" => options.FrequencyPenalty is not null,
        "presence_penalty" => options.PresencePenalty is not null,
        "seed" or "random_seed" => options.Seed is not null,
        "stop" => options.StopSequences is { Count: > 0 },
        _ => name.StartsWith("routergen.", StringComparison.OrdinalIgnoreCase),
    };
}
