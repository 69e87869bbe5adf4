using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes requests to go on with a text, and reads the answers. https://docs.ollama.com/api/generate. The server puts the prompt into the model's
/// template, unless the additional property <c>raw</c> is true.
/// </summary>
[Embedded]
internal static class OllamaCompletions
{
    public static AttemptFailure? Write(CompletionRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        Utf8JsonWriter json = body.StartObject(prefix);
        json.WriteString("prompt"u8, request.Prompt);
        json.WriteBoolean("stream"u8, request.IsStreaming); // It streams unless it is told not to.
        if (request.Options is { } options && WriteOptions(json, body, options, model) is { } failure) return failure; // The object is not whole.
        body.EndObject();
        return null;
    }

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, out RoutedCompletion? reply)
    {
        reply = null;
        var read = new OllamaCompletionEvent();
        try
        {
            read.Read(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return CodecJson.Malformed("The answer cannot be read: " + CodecErrors.Trim(e.Message)); // InvalidOperationException: invalid UTF-8 inside a string.
        }

        if (read.HasError) return OllamaErrors.Classify(null, read.Error);
        if (read.Text is null) return CodecJson.Malformed("The answer has no response.");
        reply = new RoutedCompletion(read.Text, read.Usage.ToDetails()) { FinishReason = read.FinishReason, Tokens = read.Tokens ?? [] };
        return null;
    }

    private static AttemptFailure? WriteOptions(Utf8JsonWriter json, RequestWriter body, CompletionOptions options, ModelProfile model)
    {
        if (!string.IsNullOrEmpty(options.Suffix)) json.WriteString("suffix"u8, options.Suffix);
        if (options.LogProbabilities is { } alternatives)
        {
            json.WriteBoolean("logprobs"u8, true);
            if (alternatives > 0) json.WriteNumber("top_logprobs"u8, alternatives);
        }

        json.WriteStartObject("options"u8);
        if (options.MaxOutputTokens is { } most) json.WriteNumber("num_predict"u8, most);
        AttemptFailure? failure = CodecWishes.WriteSampling(json, body, CodecCompletion.SamplingOf(options), model, model.Takes(ModelParameters.Sampling));
        json.WriteEndObject();
        return failure ?? CodecAdditional.Write(json, options.AdditionalProperties, body, [], "model", "prompt", "stream", "suffix", "logprobs", "top_logprobs", "options");
    }
}
