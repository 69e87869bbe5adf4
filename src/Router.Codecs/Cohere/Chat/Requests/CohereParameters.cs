using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the parameters of a request, fitted to what the model takes.</summary>
[Embedded]
internal static class CohereParameters
{
    /// <summary>Writes what the options have properties for.</summary>
    public static AttemptFailure? Write(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body) =>
        CodecWishes.WriteSampling(json, body, options, model, model.Takes(ModelParameters.Sampling), topP: "p", topK: "k", stop: "stop_sequences");

    /// <summary>Writes the additional properties as they are, except those that have no meaning in this dialect: the API refuses what it does not know.</summary>
    public static AttemptFailure? WriteAdditional(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body)
    {
        if (options.AdditionalProperties is not { } additional) return null;
        foreach (KeyValuePair<string, object?> property in additional)
        {
            if (IsTaken(property.Key, options, model)) continue;
            if (!CodecExtras.Grant(body, property.Key, Dialect.CohereChat)) continue;
            json.WritePropertyName(property.Key);
            if (!CodecJson.TryWriteValue(json, property.Value)) return CodecJson.UnwrittenProperty(property.Key, property.Value);
        }

        return null;
    }

    /// <summary>
    /// Whether a name among the additional properties is not to be written. What an option says wins over an additional
    /// property, also where the model does not take it and it was left out: the same call means the same on each deployment.
    /// </summary>
    private static bool IsTaken(string name, ChatOptions options, ModelProfile model) => name switch
    {
        "model" or "messages" or "stream" or CodecStrictness.Name or CodecStrictness.OtherName => true,
        "tools" or "tool_choice" or "strict_tools" => options.Tools is { Count: > 0 },
        "response_format" => options.ResponseFormat is ChatResponseFormatJson,
        "reasoning_effort" => CodecEfforts.AskedBy(options) != 0,
        "thinking" => CohereThinking.IsWritten(options, model),
        "max_tokens" => options.MaxOutputTokens is not null,
        "temperature" => options.Temperature is not null,
        "p" => options.TopP is not null,
        "k" => options.TopK is not null,
        "frequency_penalty" => options.FrequencyPenalty is not null,
        "presence_penalty" => options.PresencePenalty is not null,
        "seed" => options.Seed is not null,
        "stop_sequences" => options.StopSequences is { Count: > 0 },
        _ => name.StartsWith("routergen.", StringComparison.OrdinalIgnoreCase),
    };
}
