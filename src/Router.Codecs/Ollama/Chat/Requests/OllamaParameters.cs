using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes the parameters of a request. Most are members of <c>options</c>, where the API also takes those of its model files (<c>num_ctx</c>,
/// <c>repeat_penalty</c>, <c>mirostat</c> …): so an additional property goes there, unless it is one of the few beside it.
/// </summary>
[Embedded]
internal static class OllamaParameters
{
    private const string OptionsMember = "options";

    /// <summary>What stands beside <c>options</c>.</summary>
    private static readonly string[] Beside = ["think", "keep_alive", "format", "truncate", "shift", "logprobs", "top_logprobs"];

    public static AttemptFailure? Write(Utf8JsonWriter json, ChatOptions? options, ModelProfile model, RequestWriter body)
    {
        if (options is not null && WriteBeside(json, options, body) is { } unwritten) return unwritten;
        if (options is null && model.DefaultMaxOutputTokens <= 0) return null;

        json.WriteStartObject(OptionsMember);
        int limit = LimitOf(options, model);
        if (limit > 0) json.WriteNumber("num_predict"u8, limit);
        if (options is not null && (CodecWishes.WriteSampling(json, body, options, model, model.Takes(ModelParameters.Sampling)) ?? WriteAdditional(json, options, body)) is { } failure) return failure;
        json.WriteEndObject();
        return null;
    }

    private static AttemptFailure? WriteBeside(Utf8JsonWriter json, ChatOptions options, RequestWriter body)
    {
        if (options.AdditionalProperties is not { } additional) return null;
        foreach (KeyValuePair<string, object?> property in additional)
        {
            if (Array.IndexOf(Beside, property.Key) < 0 || IsTaken(property.Key, options)) continue;
            json.WritePropertyName(property.Key);
            if (!CodecJson.TryWriteValue(json, property.Value)) return CodecJson.UnwrittenProperty(property.Key, property.Value);
        }

        return null;
    }

    private static AttemptFailure? WriteAdditional(Utf8JsonWriter json, ChatOptions options, RequestWriter body)
    {
        if (options.AdditionalProperties is not { } additional) return null;
        foreach (KeyValuePair<string, object?> property in additional)
        {
            if (property.Key is OptionsMember)
            {
                if (WriteMembers(json, property.Value, options, additional) is { } wrong) return wrong;
                continue;
            }

            if (Array.IndexOf(Beside, property.Key) >= 0 || IsTaken(property.Key, options)) continue;
            if (!CodecExtras.Grant(body, property.Key, Dialect.OllamaChat)) continue;
            json.WritePropertyName(property.Key);
            if (!CodecJson.TryWriteValue(json, property.Value)) return CodecJson.UnwrittenProperty(property.Key, property.Value);
        }

        return null;
    }

    /// <summary>Writes the members of an additional property <c>options</c>, except those that are stated otherwise.</summary>
    private static AttemptFailure? WriteMembers(Utf8JsonWriter json, object? value, ChatOptions options, AdditionalPropertiesDictionary additional)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var written = new Utf8JsonWriter(buffer))
        {
            if (!CodecJson.TryWriteValue(written, value)) return CodecJson.UnwrittenProperty(OptionsMember, value);
        }

        using JsonDocument members = JsonDocument.Parse(buffer.WrittenMemory);
        if (members.RootElement.ValueKind is not JsonValueKind.Object) return CodecJson.Unsupported($"The additional property '{OptionsMember}' is not an object.");
        foreach (JsonProperty member in members.RootElement.EnumerateObject())
        {
            if (!IsTaken(member.Name, options) && !additional.ContainsKey(member.Name)) member.WriteTo(json);
        }

        return null;
    }

    private static int LimitOf(ChatOptions? options, ModelProfile model)
    {
        // The default is not the caller's wish: a limit among the additional properties goes before it.
        bool additional = options?.AdditionalProperties is { } more && more.ContainsKey("num_predict");
        return options?.MaxOutputTokens ?? (additional ? 0 : model.DefaultMaxOutputTokens);
    }

    /// <summary>
    /// Whether a name among the additional properties is not to be written. What an option says wins over an additional
    /// property, also where the model does not take it and it was left out: the same call means the same on each deployment.
    /// </summary>
    private static bool IsTaken(string name, ChatOptions options) => name switch
    {
        "model" or "messages" or "stream" or CodecStrictness.Name or CodecStrictness.OtherName => true,
        "tools" => options.Tools is { Count: > 0 },
        "format" => options.ResponseFormat is ChatResponseFormatJson,
        "reasoning_effort" or "think" => CodecEfforts.AskedBy(options) != 0,
        "num_predict" or "max_tokens" => options.MaxOutputTokens is not null,
        "temperature" => options.Temperature is not null,
        "top_p" => options.TopP is not null,
        "top_k" => options.TopK is not null,
        "frequency_penalty" => options.FrequencyPenalty is not null,
        "presence_penalty" => options.PresencePenalty is not null,
        "seed" => options.Seed is not null,
        "stop" => options.StopSequences is { Count: > 0 },
        _ => name.StartsWith("routergen.", StringComparison.OrdinalIgnoreCase),
    };
}
