using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes a Responses request: the conversation, then the options that the model takes.</summary>
[Embedded]
internal static class OpenAIResponsesRequest
{
    // "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16": https://github.com/earendil-works/pi/issues/6265
    private const int LeastLimit = 16;

    private const string LimitNote = "max_output_tokens: 16, the least that the API takes";

    /// <summary>Writes the whole body.</summary>
    /// <returns>Null, or what the model cannot do; then the body is not complete.</returns>
    public static AttemptFailure? Write(ChatRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        Utf8JsonWriter json = body.StartObject(prefix);
        ChatOptions? options = request.Options;
        if (options?.Instructions is { Length: > 0 } instructions) json.WriteString("instructions"u8, instructions);

        AttemptFailure? failure = CodecHistory.Prepare(request, model, body, OpenAIResponsesParts.Rules, out IReadOnlyList<ChatMessage> messages)
            ?? new OpenAIResponsesInput(json, model, options).Write(messages);
        if (failure is not null) return failure;

        if (options is not null)
        {
            failure = OpenAIResponsesTools.Write(json, options, model, body) ?? WriteText(json, options, model) ?? WriteParameters(json, options, model, body);
            if (failure is not null) return failure;
        }

        WriteLimit(json, OpenAIResponsesExtras.LimitOf(options) ?? model.DefaultMaxOutputTokens, body);
        OpenAIConversation.Write(json, options, model);
        json.WriteBoolean("stream"u8, request.IsStreaming); // Some servers stream unless they are told not to.
        CodecTiers.Write(json, request, model, body, OpenAITiers.NameOf);
        failure = OpenAIResponsesExtras.Write(json, options, body);
        if (failure is not null) return failure;

        body.EndObject();
        return CodecRaw.Merge(request, body, prefix);
    }

    private static void WriteLimit(Utf8JsonWriter json, int limit, RequestWriter body)
    {
        if (limit <= 0) return;
        if (limit < LeastLimit) body.Note(LimitNote);
        json.WriteNumber("max_output_tokens"u8, Math.Max(limit, LeastLimit));
    }

    /// <summary>Writes the form of the answer, and how long it should be.</summary>
    private static AttemptFailure? WriteText(Utf8JsonWriter json, ChatOptions options, ModelProfile model)
    {
        // Plain text is what a model answers with anyway.
        var format = options.ResponseFormat as ChatResponseFormatJson;
        object? verbosity = OpenAIResponsesExtras.Find(options, OpenAIResponsesExtras.Verbosity);
        if (format is null && verbosity is null) return null;

        json.WriteStartObject("text"u8);
        if (format is not null)
        {
            if (format.Schema is not null && !model.Can(ModelCapabilities.JsonSchema)) return CodecJson.Unsupported("The model cannot follow a JSON schema.");
            json.WriteStartObject("format"u8);
            json.WriteString("type"u8, format.Schema is null ? "json_object"u8 : "json_schema"u8);
            if (format.Schema is { } schema && OpenAISchemas.WriteFormat(json, format, schema, options) is { } failure) return failure;
            json.WriteEndObject();
        }

        if (verbosity is not null)
        {
            json.WritePropertyName("verbosity"u8);
            if (!CodecJson.TryWriteValue(json, verbosity)) return CodecJson.UnwrittenProperty(OpenAIResponsesExtras.Verbosity, verbosity);
        }

        json.WriteEndObject();
        return null;
    }

    private static AttemptFailure? WriteParameters(Utf8JsonWriter json, ChatOptions options, ModelProfile model, RequestWriter body)
    {
        // What Chat Completions refuses beside tools is taken here.
        ModelEfforts effort = OpenAIReasoning.Fit(options, model, withTools: null, body);
        ReasoningOutput? output = options.Reasoning?.Output;
        bool summarized = CodecWishes.Grant(body, "reasoning.summary", output is ReasoningOutput.Summary or ReasoningOutput.Full, model.Takes(ModelParameters.Reasoning));
        if (effort != 0 || summarized)
        {
            json.WriteStartObject(OpenAIResponsesExtras.Reasoning);
            if (effort != 0) json.WriteString("effort"u8, CodecEfforts.NameOf(effort));
            if (summarized) json.WriteString("summary"u8, output is ReasoningOutput.Full ? "detailed"u8 : "auto"u8);
            json.WriteEndObject();
        }

        bool finite = OpenAIReasoning.WriteSampling(json, options, model, effort, body);

        // The API has none of these.
        CodecWishes.Grant(body, "top_k", options.TopK is not null, taken: false);
        CodecWishes.Grant(body, "frequency_penalty", options.FrequencyPenalty is not null, taken: false);
        CodecWishes.Grant(body, "presence_penalty", options.PresencePenalty is not null, taken: false);
        CodecWishes.Grant(body, "seed", options.Seed is not null, taken: false);
        CodecWishes.Grant(body, "stop", options.StopSequences is { Count: > 0 }, taken: false);
        return finite ? null : CodecJson.Unsupported(CodecWishes.NotFinite);
    }
}
