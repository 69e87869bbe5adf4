using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the member <c>generationConfig</c>, fitted to what the model takes; no member where it would be empty.</summary>
[Embedded]
internal ref struct GeminiGeneration(Utf8JsonWriter json, ModelProfile model, RequestWriter body)
{
    /// <summary>Members that no option of the framework stands for: they are taken from the additional properties.</summary>
    private static readonly string[] Members =
    [
        "audioTimestamp", "candidateCount", "enableEnhancedCivicAnswers", "frequencyPenalty", "imageConfig", "logprobs", "maxOutputTokens", "mediaResolution",
        "modelSelectionConfig", "presencePenalty", "responseJsonSchema", "responseLogprobs", "responseMimeType", "responseModalities", "responseSchema",
        "routingConfig", "seed", "speechConfig", "stopSequences", "temperature", "thinkingConfig", "topK", "topP",
    ];

    private bool _isOpen;

    /// <summary>Returns whether an additional property is a member of it.</summary>
    public static bool IsMember(string name) => Array.BinarySearch(Members, name, StringComparer.Ordinal) >= 0;

    public AttemptFailure? Write(ChatOptions? options)
    {
        int limit = options?.MaxOutputTokens ?? AdditionalLimit(options) ?? (HasAdditional(options, "maxOutputTokens") ? 0 : model.DefaultMaxOutputTokens);
        if (limit > 0) Start().WriteNumber("maxOutputTokens"u8, limit);
        if (options is not null && (WriteFormat(options) ?? WriteParameters(options)) is { } failure) return failure;
        if (_isOpen) json.WriteEndObject();
        return null;
    }

    private AttemptFailure? WriteParameters(ChatOptions options)
    {
        bool sampling = model.Takes(ModelParameters.Sampling), penalties = model.Takes(ModelParameters.Penalties);
        bool finite = WriteFloat("temperature", options.Temperature, sampling) & WriteFloat("topP", options.TopP, sampling)
            & WriteFloat("presencePenalty", options.PresencePenalty, penalties) & WriteFloat("frequencyPenalty", options.FrequencyPenalty, penalties);
        if (!finite) return CodecJson.Unsupported(CodecWishes.NotFinite);
        if (CodecWishes.Grant(body, "topK", options.TopK is not null, model.Takes(ModelParameters.TopK))) Start().WriteNumber("topK"u8, options.TopK!.Value);
        if (CodecWishes.Grant(body, "seed", options.Seed is not null, model.Takes(ModelParameters.Seed)))
        {
            Start().WriteNumber("seed"u8, unchecked((int)options.Seed!.Value)); // The API's is of 32 bits.
        }

        if (CodecWishes.Grant(body, "stopSequences", options.StopSequences is { Count: > 0 }, model.Takes(ModelParameters.Stop)))
        {
            Start().WriteStartArray("stopSequences"u8);
            foreach (string stop in options.StopSequences!) json.WriteStringValue(stop);
            json.WriteEndArray();
        }

        GeminiThinking thinking = GeminiThinking.Plan(options, model, body);
        if (thinking.IsWritten)
        {
            Start();
            thinking.Write(json);
        }

        return WriteAdditional(options, thinking.IsWritten);
    }

    private AttemptFailure? WriteFormat(ChatOptions options)
    {
        if (options.ResponseFormat is not ChatResponseFormatJson format) return null;
        if (format.Schema is { } wanted)
        {
            if (!model.Can(ModelCapabilities.JsonSchema)) return CodecJson.Unsupported("The model cannot follow a JSON schema.");
            if (CodecStrictness.Said(options.AdditionalProperties) is true && GeminiTools.MisfitOf(wanted) is { } misfit) return CodecJson.Unsupported($"The answer's schema cannot be strict without a change of its meaning: {misfit}.");
        }

        Start().WriteString("responseMimeType"u8, "application/json"u8);
        if (format.Schema is { } schema)
        {
            json.WritePropertyName("responseJsonSchema"u8);
            schema.WriteTo(json);
        }

        return null;
    }

    private AttemptFailure? WriteAdditional(ChatOptions options, bool thinks)
    {
        if (options.AdditionalProperties is not { } additional) return null;
        foreach (KeyValuePair<string, object?> property in additional)
        {
            if (!IsMember(property.Key) || IsTaken(property.Key, options, thinks)) continue;
            Start().WritePropertyName(property.Key);
            if (!CodecJson.TryWriteValue(json, property.Value)) return CodecJson.UnwrittenProperty(property.Key, property.Value);
        }

        return null;
    }

    /// <summary>
    /// Whether a member is not to be taken from the additional properties. What an option says wins, also where the model does not take it and
    /// it was left out: the same call means the same on each deployment.
    /// </summary>
    private static bool IsTaken(string name, ChatOptions options, bool thinks) => name switch
    {
        "maxOutputTokens" => options.MaxOutputTokens is not null || AdditionalLimit(options) is not null,
        "temperature" => options.Temperature is not null,
        "topP" => options.TopP is not null,
        "topK" => options.TopK is not null,
        "seed" => options.Seed is not null,
        "presencePenalty" => options.PresencePenalty is not null,
        "frequencyPenalty" => options.FrequencyPenalty is not null,
        "stopSequences" => options.StopSequences is { Count: > 0 },
        "responseMimeType" or "responseSchema" or "responseJsonSchema" => options.ResponseFormat is ChatResponseFormatJson,
        "thinkingConfig" => thinks || GeminiThinking.IsAsked(options),
        _ => false,
    };

    private bool WriteFloat(string name, float? value, bool taken)
    {
        if (!CodecWishes.Grant(body, name, value is not null, taken)) return true;
        if (!float.IsFinite(value!.Value)) return false;
        Start().WriteNumber(name, value.Value);
        return true;
    }

    private Utf8JsonWriter Start()
    {
        if (!_isOpen) json.WriteStartObject("generationConfig"u8);
        _isOpen = true;
        return json;
    }

    private static bool HasAdditional(ChatOptions? options, string name) => options?.AdditionalProperties?.ContainsKey(name) is true;

    /// <summary>A limit among the additional properties, by its names elsewhere.</summary>
    private static int? AdditionalLimit(ChatOptions? options)
    {
        if (options?.AdditionalProperties is not { } additional) return null;
        if (!additional.TryGetValue("max_tokens", out object? limit) && !additional.TryGetValue("max_completion_tokens", out limit)) return null;
        return limit switch
        {
            int asked => asked,
            JsonElement { ValueKind: JsonValueKind.Number } element when element.TryGetInt32(out int asked) => asked,
            _ => null,
        };
    }
}
