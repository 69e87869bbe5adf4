using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the additional properties of a request.</summary>
[Embedded]
internal static class OpenAIResponsesExtras
{
    /// <summary>How long the answer should be: a member of its own in Chat Completions, and one of <c>text</c> here.</summary>
    public const string Verbosity = "verbosity";

    /// <summary>The member with the effort and the summary.</summary>
    public const string Reasoning = "reasoning";

    private static readonly string[] LimitNames = ["max_output_tokens", "max_completion_tokens", "max_tokens"];

    /// <summary>Returns the output limit that the caller states, in the options or by any of its names; null where none is stated.</summary>
    public static int? LimitOf(ChatOptions? options)
    {
        if (options?.MaxOutputTokens is { } typed) return typed;
        foreach (string name in LimitNames)
        {
            switch (Find(options, name))
            {
                case int limit: return limit;
                case JsonElement { ValueKind: JsonValueKind.Number } element when element.TryGetInt32(out int limit): return limit;
            }
        }

        return null;
    }

    /// <summary>Returns an additional property; null where there is none.</summary>
    public static object? Find(ChatOptions? options, string name) => options?.AdditionalProperties?.TryGetValue(name, out object? value) is true ? value : null;

    /// <summary>Writes the additional properties as they are, except those that stand elsewhere or have no meaning in this dialect.</summary>
    public static AttemptFailure? Write(Utf8JsonWriter json, ChatOptions? options, RequestWriter body)
    {
        if (options?.AdditionalProperties is not { } additional) return null;
        foreach (KeyValuePair<string, object?> property in additional)
        {
            if (IsTaken(property.Key, options)) continue;
            if (!CodecExtras.Grant(body, property.Key, Dialect.OpenAIResponses)) continue;
            json.WritePropertyName(property.Key);
            if (!CodecJson.TryWriteValue(json, property.Value)) return CodecJson.UnwrittenProperty(property.Key, property.Value);
        }

        return null;
    }

    /// <summary>
    /// Whether a name among the additional properties is not to be written. What an option says wins over an additional
    /// property, also where the model does not take it and it was left out: the same call means the same on each deployment.
    /// </summary>
    private static bool IsTaken(string name, ChatOptions options) => name switch
    {
        "model" or "input" or "messages" or "stream" or "stream_options" or CodecStrictness.Name or CodecStrictness.OtherName => true,
        Verbosity or OpenAIReasoning.Effort => true,
        "instructions" => options.Instructions is { Length: > 0 },
        "tools" or "tool_choice" or "parallel_tool_calls" => options.Tools is { Count: > 0 },
        "text" => options.ResponseFormat is ChatResponseFormatJson || Find(options, Verbosity) is not null,
        Reasoning => options.Reasoning is not null || CodecEfforts.AskedBy(options) != 0,
        "temperature" => options.Temperature is not null,
        "top_p" => options.TopP is not null,
        "frequency_penalty" => options.FrequencyPenalty is not null,
        "presence_penalty" => options.PresencePenalty is not null,
        "seed" or "random_seed" => options.Seed is not null,
        "stop" => options.StopSequences is { Count: > 0 },
        "top_k" => options.TopK is not null,
        _ => Array.IndexOf(LimitNames, name) >= 0 || OpenAIConversation.Writes(name, options) || name.StartsWith("routergen.", StringComparison.OrdinalIgnoreCase),
    };
}
