using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the body of a request: what the options say, around the messages.</summary>
[Embedded]
internal ref struct AnthropicRequest
{
    private readonly ChatOptions? _options;
    private readonly ModelProfile _model;
    private readonly ClaudeThinking _thinking;
    private readonly float? _temperature;
    private readonly float? _topP;
    private readonly int? _topK;
    private readonly ReadOnlySpan<byte> _prefix;
    private readonly bool _isStreamInBody;
    private bool _hasSystem;

    private AnthropicRequest(ChatRequest request, ModelProfile model, ReadOnlySpan<byte> prefix, bool isStreamInBody)
    {
        _prefix = prefix;
        _isStreamInBody = isStreamInBody;
        _options = request.Options;
        _model = model;
        _thinking = ClaudeThinking.Plan(request.Messages, _options, model);

        // While the model thinks, the API refuses temperature and top_k, and a top_p that cuts off much. Beside a
        // temperature the newer models refuse any top_p.
        bool sampling = model.Takes(ModelParameters.Sampling);
        if (sampling && !_thinking.IsOn) _temperature = _options?.Temperature;
        if (sampling && _temperature is null) _topP = _options?.TopP;
        if (_thinking.IsOn && _topP < 0.95f) _topP = null;
        if (model.Takes(ModelParameters.TopK) && !_thinking.IsOn) _topK = _options?.TopK;
    }

    /// <summary>Notes what is left out of the caller's wishes.</summary>
    private readonly void NoteWishes(RequestWriter body)
    {
        if (_options is null) return;
        CodecWishes.Grant(body, "temperature", _options.Temperature is not null, _temperature is not null);
        CodecWishes.Grant(body, "top_p", _options.TopP is not null, _topP is not null);
        CodecWishes.Grant(body, "top_k", _options.TopK is not null, _topK is not null);
        CodecWishes.Grant(body, "frequency_penalty", _options.FrequencyPenalty is not null, taken: false);
        CodecWishes.Grant(body, "presence_penalty", _options.PresencePenalty is not null, taken: false);
        CodecWishes.Grant(body, "seed", _options.Seed is not null, taken: false);
        CodecWishes.Grant(body, "stop", _options.StopSequences is { Count: > 0 }, HasStop);
        if (_thinking.Note is { } note) body.Note(note);
    }

    /// <summary>Writes the body.</summary>
    /// <param name="request">What the caller asks for.</param>
    /// <param name="body">The body.</param>
    /// <param name="prefix">The members that it begins with.</param>
    /// <param name="model">What the model takes.</param>
    /// <param name="isStreamInBody">Whether the body says if the answer is to be streamed; where the path does, a server refuses it in the body.</param>
    public static AttemptFailure? Write(
        ChatRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model, bool isStreamInBody = true)
    {
        if (CodecHistory.Prepare(request, model, body, AnthropicBlockWriter.Rules, out IReadOnlyList<ChatMessage> messages) is { } problem) return problem;
        var prepared = new ChatRequest(messages, request.Options, request.IsStreaming, request.Client);
        var writing = new AnthropicRequest(prepared, model, prefix, isStreamInBody);
        Utf8JsonWriter json = body.StartObject(prefix);
        AttemptFailure? failure = writing.WriteMembers(prepared, json, body);
        if (failure is not null) return failure;
        CodecTiers.Write(json, request, model, body, writing.IsOnPlatform ? CodecTiers.None : TierName);
        writing.NoteWishes(body);
        body.EndObject();
        return CodecRaw.Merge(prepared, body, prefix);
    }

    // Priority is what an organisation has bought of it, and usual service beyond. https://platform.claude.com/docs/en/api/service-tiers
    private static string? TierName(ServiceTier tier) => tier switch
    {
        ServiceTier.Standard => "standard_only",
        ServiceTier.Priority => "auto",
        _ => null,
    };

    private AttemptFailure? WriteMembers(ChatRequest request, Utf8JsonWriter json, RequestWriter body)
    {
        json.WriteNumber("max_tokens"u8, _thinking.MaxTokens);
        if (_isStreamInBody) json.WriteBoolean("stream"u8, request.IsStreaming);

        var messages = new AnthropicMessageWriter(json, _model);
        bool plainJson = _options?.ResponseFormat is ChatResponseFormatJson { Schema: null };
        AttemptFailure? failure = messages.WriteSystem(request.Messages, _options?.Instructions, plainJson ? CodecBlocks.JsonInstruction : null, out _hasSystem);
        failure ??= messages.WriteMessages(request.Messages);
        if (failure is not null) return failure;
        if (_options?.Tools is not { Count: > 0 }) AnthropicPastTools.Write(json, request.Messages);
        if (_options is null) return null;

        failure = WriteSampling(json);
        failure ??= AnthropicTools.Write(json, _options, _model, body);
        if (failure is not null) return failure;
        _thinking.Write(json);
        return WriteOutputConfig(json) ?? WriteExtras(request.Messages, json, body);
    }

    private readonly AttemptFailure? WriteSampling(Utf8JsonWriter json)
    {
        if (_temperature is { } warm && !float.IsFinite(warm) || _topP is { } part && !float.IsFinite(part)) return CodecJson.Unsupported(CodecWishes.NotFinite);
        if (_temperature is { } temperature) json.WriteNumber("temperature"u8, temperature);
        if (_topP is { } topP) json.WriteNumber("top_p"u8, topP);
        if (_topK is { } topK) json.WriteNumber("top_k"u8, topK);
        if (!HasStop) return null;
        json.WriteStartArray("stop_sequences"u8);
        foreach (string stop in _options!.StopSequences!) json.WriteStringValue(stop);
        json.WriteEndArray();
        return null;
    }

    private readonly AttemptFailure? WriteOutputConfig(Utf8JsonWriter json)
    {
        if (!HasOutputConfig) return null;
        json.WriteStartObject("output_config"u8);
        if (_thinking.Effort is { } effort) json.WriteString("effort"u8, effort);
        if (_options!.ResponseFormat is ChatResponseFormatJson { Schema: not null } format)
        {
            if (!_model.Can(ModelCapabilities.JsonSchema)) return CodecJson.Unsupported("The model takes no JSON schema for its answer.");
            if (ClaudeSchemas.MisfitOf(format) is { } misfit) return CodecJson.Unsupported($"The Messages API cannot hold an answer to the schema without a change of its meaning: {misfit}.");
            json.WriteStartObject("format"u8);
            json.WriteString("type"u8, "json_schema"u8);
            json.WritePropertyName("schema"u8);
            ClaudeSchemas.WriteStrict(json, format);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        return null;
    }

    private readonly AttemptFailure? WriteExtras(IReadOnlyList<ChatMessage> messages, Utf8JsonWriter json, RequestWriter body)
    {
        if (_options!.AdditionalProperties is not { } extras) return null;
        foreach (KeyValuePair<string, object?> extra in extras)
        {
            if (extra.Key is CodecStrictness.Name or CodecStrictness.OtherName or CodecCacheControl.Name || IsTaken(extra.Key, messages)) continue;
            if (extra.Key is "reasoning_effort" && _thinking.IsPlanned) continue;
            if (extra.Key is CodecTiers.Name && !CodecWishes.Grant(body, extra.Key, wished: true, taken: !IsOnPlatform)) continue;
            if (!CodecExtras.Grant(body, extra.Key, Dialect.AnthropicMessages)) continue;
            json.WritePropertyName(extra.Key);
            if (!CodecJson.TryWriteValue(json, extra.Value))
            {
                return CodecJson.Unsupported($"The additional property '{extra.Key}' is of a type that cannot be written as JSON.");
            }
        }

        return AnthropicCacheControl.Write(json, CodecCacheControl.Find(extras));
    }

    /// <summary>
    /// Whether an extra is not to be written. An option with a type of its own wins over one of the same name, also where the model does
    /// not take it and it was left out: the same call means the same on each deployment.
    /// </summary>
    private readonly bool IsTaken(string name, IReadOnlyList<ChatMessage> messages) => name switch
    {
        "model" or "messages" or "max_tokens" or "stream" => true,
        "anthropic_version" => IsOnPlatform,
        "anthropic_beta" => _prefix.IndexOf("anthropic_beta"u8) >= 0, // of a platform that has it in the body
        "system" => _hasSystem,
        "temperature" => _options!.Temperature is not null,
        "top_p" => _options!.TopP is not null,
        "top_k" => _options!.TopK is not null,
        "stop_sequences" => _options!.StopSequences is { Count: > 0 },
        "tools" or "tool_choice" => _options!.Tools is { Count: > 0 } || CodecPastTools.Any(messages),
        "mcp_servers" => AnthropicHostedTools.NamesServers(_options!.Tools),
        "thinking" => _thinking.IsWritten,
        "output_config" => HasOutputConfig,
        _ => name.StartsWith("routergen.", StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>Whether another cloud serves the model: it has the version in the body, and tiers, if any, in headers of its own.</summary>
    private readonly bool IsOnPlatform => _prefix.IndexOf("anthropic_version"u8) >= 0;

    private readonly bool HasStop => _model.Takes(ModelParameters.Stop) && _options!.StopSequences is { Count: > 0 };

    private readonly bool HasOutputConfig => _thinking.Effort is not null || _options!.ResponseFormat is ChatResponseFormatJson { Schema: not null };
}
