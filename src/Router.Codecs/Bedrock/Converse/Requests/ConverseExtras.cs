using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes what the model itself takes, in the terms of its own API (<c>additionalModelRequestFields</c>): <c>top_k</c>, how much to think,
/// and the caller's additional properties; and of these the few that are the API's own, beside it.
/// </summary>
[Embedded]
internal ref struct ConverseExtras(Utf8JsonWriter json, RequestWriter body, ModelProfile model, ChatOptions? options, in ClaudeThinking thinking, int? topK)
{
    // Members of the API that no option with a type stands for.
    private static readonly string[] OfApi = ["guardrailConfig", "performanceConfig", "promptVariables", "requestMetadata", ConverseTiers.Member, "additionalModelResponseFieldPaths"];

    // Members that the options with a type are written to; a raw representation can change them.
    private static readonly string[] Written =
        ["model", "modelId", "messages", "stream", "system", "inferenceConfig", "toolConfig", "outputConfig", "additionalModelRequestFields", "max_tokens"];

    private readonly ClaudeThinking _thinking = thinking;
    private bool _isOpen;

    public AttemptFailure? Write()
    {
        if (WriteOfApi() is { } failure) return failure;
        WriteOfModel();
        if (options?.AdditionalProperties is { } extras)
        {
            foreach (KeyValuePair<string, object?> extra in extras)
            {
                if (IsPassedOver(extra.Key)) continue;
                if (!CodecWishes.Grant(body, extra.Key, wished: true, taken: !CodecExtras.IsForeign(extra.Key, Dialect.BedrockConverse) && Array.IndexOf(Written, extra.Key) < 0)) continue;
                Open();
                json.WritePropertyName(extra.Key);
                if (!CodecJson.TryWriteValue(json, extra.Value)) return Unwritten(extra.Key);
            }
        }

        if (_isOpen) json.WriteEndObject();
        return null;
    }

    private readonly AttemptFailure? WriteOfApi()
    {
        if (options?.AdditionalProperties is not { } extras) return null;
        foreach (KeyValuePair<string, object?> extra in extras)
        {
            if (Array.IndexOf(OfApi, extra.Key) < 0) continue;
            json.WritePropertyName(extra.Key);
            if (!CodecJson.TryWriteValue(json, extra.Value)) return Unwritten(extra.Key);
        }

        return null;
    }

    private void WriteOfModel()
    {
        if (topK is { } count && model.Has(ConverseQuirks.NestedTopK))
        {
            Open();
            json.WriteStartObject("inferenceConfig"u8);
            json.WriteNumber("topK"u8, count);
            json.WriteEndObject();
        }
        else if (topK is { } plain)
        {
            Open();
            json.WriteNumber("top_k"u8, plain);
        }

        ModelEfforts asked = CodecEfforts.AskedBy(options);
        if (!model.Has(ConverseQuirks.ReasoningEffort) && !model.Has(ConverseQuirks.ReasoningConfig)) WriteThinking();
        else if (asked is not ModelEfforts.NotTaken) WriteEffort(asked);
    }

    private void WriteThinking()
    {
        if (_thinking.Note is { } note) body.Note(note);
        if (_thinking.IsWritten)
        {
            Open();
            _thinking.Write(json);
        }

        if (_thinking.Effort is not { } effort) return;
        Open();
        json.WriteStartObject("output_config"u8);
        json.WriteString("effort"u8, effort);
        json.WriteEndObject();
    }

    /// <summary>The effort of models other than Claude, by the name that each has for it.</summary>
    private void WriteEffort(ModelEfforts asked)
    {
        bool isNova = model.Has(ConverseQuirks.ReasoningConfig);
        ModelEfforts sent = CodecEfforts.Fit(body, asked, model.Takes(ModelParameters.Reasoning) ? model.Efforts : ModelEfforts.NotTaken);
        if (sent is ModelEfforts.NotTaken) return;
        Open();
        if (!isNova)
        {
            json.WriteString("reasoning_effort"u8, CodecEfforts.NameOf(sent));
            return;
        }

        json.WriteStartObject("reasoningConfig"u8);
        json.WriteString("type"u8, sent is ModelEfforts.None ? "disabled"u8 : "enabled"u8);
        if (sent is not ModelEfforts.None) json.WriteString("maxReasoningEffort"u8, CodecEfforts.NameOf(sent));
        json.WriteEndObject();
    }

    /// <summary>
    /// Whether an extra is written elsewhere, or not at all. An option with a type of its own wins over one of the same name, also where
    /// the model does not take it and it was left out: the same call means the same on each deployment.
    /// </summary>
    private readonly bool IsPassedOver(string name) => name switch
    {
        CodecStrictness.Name or CodecStrictness.OtherName or CodecCacheControl.Name or CodecTiers.Name => true,
        "max_tokens" or "model" or "messages" or "stream" => true,
        "reasoning_effort" => CodecEfforts.AskedBy(options) is not ModelEfforts.NotTaken,
        "temperature" => options!.Temperature is not null,
        "top_p" => options!.TopP is not null,
        "top_k" => options!.TopK is not null,
        "stop_sequences" => options!.StopSequences is { Count: > 0 },
        "thinking" => _thinking.IsWritten,
        "output_config" => _thinking.Effort is not null,
        _ => Array.IndexOf(OfApi, name) >= 0 || name.StartsWith("routergen.", StringComparison.OrdinalIgnoreCase),
    };

    private void Open()
    {
        if (!_isOpen) json.WriteStartObject("additionalModelRequestFields"u8);
        _isOpen = true;
    }

    private static AttemptFailure Unwritten(string name) => CodecJson.Unsupported($"The additional property '{name}' is of a type that cannot be written as JSON.");
}
