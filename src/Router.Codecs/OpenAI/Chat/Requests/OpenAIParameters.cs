using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the parameters of a request, fitted to what the model takes, alone and in combination.</summary>
[Embedded]
internal static class OpenAIParameters
{
    /// <summary>Writes what the options have properties for.</summary>
    public static AttemptFailure? Write(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body)
    {
        ModelEfforts effort = OpenAIReasoning.Fit(options, model, model.EffortsWithTools, body);
        if (effort != 0) json.WriteString("reasoning_effort"u8, CodecEfforts.NameOf(effort));

        bool sampling = model.Takes(ModelParameters.Sampling) && (effort is ModelEfforts.None || !model.Has(OpenAIQuirks.SamplingWithoutReasoning));
        return CodecWishes.WriteSampling(json, body, options, model, sampling, seed: model.Has(OpenAIQuirks.RandomSeed) ? "random_seed" : "seed");
    }

    /// <summary>Writes the additional properties as they are, except those that have no meaning in this dialect.</summary>
    public static AttemptFailure? WriteAdditional(Utf8JsonWriter json, ChatOptions? options, ModelProfile model, RequestWriter body)
    {
        if (options?.AdditionalProperties is not { } additional) return null;
        foreach (KeyValuePair<string, object?> property in additional)
        {
            if (IsTaken(property.Key, options, model)) continue;
            if (!CodecExtras.Grant(body, property.Key, Dialect.OpenAIChat)) continue;
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
        "model" or "messages" or "stream" or "stream_options" or CodecStrictness.Name or CodecStrictness.OtherName => true,
        "tools" or "tool_choice" or "parallel_tool_calls" => options.Tools is { Count: > 0 },
        "web_search_options" => OpenAIHostedTools.Searches(options.Tools),
        "response_format" => options.ResponseFormat is ChatResponseFormatJson,
        OpenAIReasoning.Effort => model.Takes(ModelParameters.Reasoning) || options.Reasoning?.Effort is not null ? CodecEfforts.AskedBy(options) != 0 : false,
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
