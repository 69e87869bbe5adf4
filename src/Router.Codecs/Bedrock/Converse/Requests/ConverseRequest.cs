using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the body of a request: what the options say, around the messages. The model and whether to stream are in the path.</summary>
[Embedded]
internal readonly ref struct ConverseRequest
{
    private readonly ChatOptions? _options;
    private readonly ModelProfile _model;
    private readonly ClaudeThinking _thinking;
    private readonly int? _maxTokens;
    private readonly float? _temperature;
    private readonly float? _topP;
    private readonly int? _topK;

    private ConverseRequest(ChatRequest request, ModelProfile model)
    {
        _options = request.Options;
        _model = model;
        _thinking = ClaudeThinking.Plan(request.Messages, _options, model);

        // The API demands no limit: one is sent that was asked for or declared, or that has to hold a budget of thoughts.
        bool isLimited = _thinking.HasBudget || model.DefaultMaxOutputTokens > 0 || ClaudeThinking.AskedMaxTokens(_options) is not null;
        if (isLimited) _maxTokens = _thinking.MaxTokens;

        // While Claude thinks, it refuses a temperature and top_k, and a top_p that cuts off much.
        bool sampling = model.Takes(ModelParameters.Sampling);
        if (sampling && !_thinking.IsOn) _temperature = _options?.Temperature;
        if (sampling && !(_temperature is not null && model.Has(ConverseQuirks.OneSampler))) _topP = _options?.TopP;
        if (_thinking.IsOn && _topP < 0.95f) _topP = null;
        if (model.Takes(ModelParameters.TopK) && !_thinking.IsOn) _topK = _options?.TopK;
    }

    private bool HasStop => _model.Takes(ModelParameters.Stop) && _options?.StopSequences is { Count: > 0 };

    public static AttemptFailure? Write(ChatRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        if (CodecHistory.Prepare(request, model, body, ConverseBlockWriter.RulesFor(model), out IReadOnlyList<ChatMessage> messages) is { } problem) return problem;
        var prepared = new ChatRequest(messages, request.Options, request.IsStreaming, request.Client);
        var writing = new ConverseRequest(prepared, model);
        Utf8JsonWriter json = body.StartObject(prefix);
        if (writing.WriteMembers(prepared, json, body) is { } failure) return failure;
        ConverseTiers.Write(json, request, model, body);
        writing.NoteWishes(body);
        body.EndObject();
        return CodecRaw.Merge(prepared, body, prefix);
    }

    /// <summary>Notes what is left out of the caller's wishes.</summary>
    private void NoteWishes(RequestWriter body)
    {
        if (_options is null) return;
        CodecWishes.Grant(body, "temperature", _options.Temperature is not null, _temperature is not null);
        CodecWishes.Grant(body, "top_p", _options.TopP is not null, _topP is not null);
        CodecWishes.Grant(body, "top_k", _options.TopK is not null, _topK is not null);
        CodecWishes.Grant(body, "frequency_penalty", _options.FrequencyPenalty is not null, taken: false);
        CodecWishes.Grant(body, "presence_penalty", _options.PresencePenalty is not null, taken: false);
        CodecWishes.Grant(body, "seed", _options.Seed is not null, taken: false);
        CodecWishes.Grant(body, "stop", _options.StopSequences is { Count: > 0 }, HasStop);
    }

    private AttemptFailure? WriteMembers(ChatRequest request, Utf8JsonWriter json, RequestWriter body)
    {
        var messages = new ConverseMessageWriter(json, _model, body);
        AttemptFailure? failure = messages.WriteMessages(request.Messages, CodecCacheControl.Find(_options?.AdditionalProperties));
        failure ??= messages.WriteSystem(request.Messages, _options?.Instructions, AdditionsFor(request.Messages, body));
        failure ??= WriteInference(json);
        failure ??= ConverseTools.Write(json, request.Messages, _options, _model, body);
        failure ??= WriteOutput(json);
        return failure ?? new ConverseExtras(json, body, _model, _options, _thinking, _topK).Write();
    }

    /// <summary>What the API has no member for, in words that the model follows.</summary>
    private List<string>? AdditionsFor(IReadOnlyList<ChatMessage> messages, RequestWriter body)
    {
        List<string>? additions = null;
        if (_options?.ResponseFormat is ChatResponseFormatJson { Schema: null }) (additions ??= []).Add(CodecBlocks.JsonInstruction);
        if (!ConverseTools.NeedsWords(messages, _options)) return additions;
        (additions ??= []).Add(ConverseTools.CallNone);
        body.Note("tool_choice: said in words, since the API has no none");
        return additions;
    }

    private AttemptFailure? WriteInference(Utf8JsonWriter json)
    {
        if (_temperature is { } warm && !float.IsFinite(warm) || _topP is { } part && !float.IsFinite(part)) return CodecJson.Unsupported("A sampling parameter is infinite or no number, which JSON cannot say.");
        if (_maxTokens is null && _temperature is null && _topP is null && !HasStop) return null;
        json.WriteStartObject("inferenceConfig"u8);
        if (_maxTokens is { } maxTokens) json.WriteNumber("maxTokens"u8, maxTokens);
        if (_temperature is { } temperature) json.WriteNumber("temperature"u8, temperature);
        if (_topP is { } topP) json.WriteNumber("topP"u8, topP);
        if (HasStop)
        {
            json.WriteStartArray("stopSequences"u8);
            foreach (string stop in _options!.StopSequences!) json.WriteStringValue(stop);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        return null;
    }

    private AttemptFailure? WriteOutput(Utf8JsonWriter json)
    {
        if (_options?.ResponseFormat is not ChatResponseFormatJson { Schema: not null } format) return null;
        if (!_model.Can(ModelCapabilities.JsonSchema)) return CodecJson.Unsupported("The model takes no JSON schema for its answer.");
        if (ClaudeSchemas.MisfitOf(format) is { } misfit) return CodecJson.Unsupported($"The Converse API cannot hold an answer to the schema without a change of its meaning: {misfit}.");
        json.WriteStartObject("outputConfig"u8);
        json.WriteStartObject("textFormat"u8);
        json.WriteString("type"u8, "json_schema"u8);
        json.WriteStartObject("structure"u8);
        json.WriteStartObject("jsonSchema"u8);
        json.WriteString("name"u8, CodecNames.ToWire(format.SchemaName is { Length: > 0 } name ? name : "answer"));
        if (!string.IsNullOrWhiteSpace(format.SchemaDescription)) json.WriteString("description"u8, format.SchemaDescription);
        json.WriteString("schema"u8, ClaudeSchemas.ToStrictText(format)); // The API wants the schema as a text.
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }
}
