using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes requests to go on with a text, and reads the answers. https://platform.openai.com/docs/api-reference/completions,
/// https://docs.mistral.ai/api/endpoint/fim
/// </summary>
[Embedded]
internal static class OpenAICompletions
{
    public static AttemptFailure? Write(CompletionRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        Utf8JsonWriter json = body.StartObject(prefix);
        json.WriteString("prompt"u8, request.Prompt);
        if (request.IsStreaming)
        {
            json.WriteBoolean("stream"u8, true);
            if (model.Has(OpenAIQuirks.StreamUsageOption))
            {
                json.WriteStartObject("stream_options"u8);
                json.WriteBoolean("include_usage"u8, true);
                json.WriteEndObject();
            }
        }

        if (request.Options is { } options && WriteOptions(json, body, options, model) is { } failure) return failure; // The object is not whole.
        body.EndObject();
        return null;
    }

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, ModelProfile model, out RoutedCompletion? reply)
    {
        reply = null;
        var read = new OpenAICompletionEvent();
        try
        {
            read.Read(OpenAIJson.WithoutMark(body));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return OpenAIJson.Malformed(body, e); // InvalidOperationException: invalid UTF-8 inside a string.
        }

        if ((read.Error ?? OpenAIJson.FailureOf(read.FinishReason)) is { } failure) return failure;
        if (!read.HasChoice) return OpenAIErrors.ReadWithout(body, "choices");
        if (read.Text is null) return CodecJson.Malformed("The answer has no text.");
        reply = new RoutedCompletion(read.Text, read.Usage.ToDetails(model)) { FinishReason = read.FinishReason, Tokens = read.Tokens ?? [] };
        return read.FinishReason == ChatFinishReason.ContentFilter ? new AttemptFailure(FailureKind.ContentFiltered, "The provider's content filter withheld the rest of the answer.") : null;
    }

    private static AttemptFailure? WriteOptions(Utf8JsonWriter json, RequestWriter body, CompletionOptions options, ModelProfile model)
    {
        bool fillsGaps = model.Has(OpenAIQuirks.FillsGaps);
        if (options.LogProbabilities is { } alternatives)
        {
            if (fillsGaps) return CodecJson.Unsupported("Mistral's API for gaps tells no probabilities.");
            json.WriteNumber("logprobs"u8, alternatives);
        }

        if (!string.IsNullOrEmpty(options.Suffix)) json.WriteString("suffix"u8, options.Suffix);
        if (options.MaxOutputTokens is { } most) json.WriteNumber("max_tokens"u8, most);
        return CodecWishes.WriteSampling(
            json, body, CodecCompletion.SamplingOf(options), model, model.Takes(ModelParameters.Sampling), seed: model.Has(OpenAIQuirks.RandomSeed) ? "random_seed" : "seed", hasPenalties: !fillsGaps)
            ?? CodecAdditional.Write(json, options.AdditionalProperties, body, [], "model", "prompt", "stream", "stream_options", "logprobs", "suffix", "max_tokens", "temperature", "top_p", "top_k", "frequency_penalty", "presence_penalty", "seed", "random_seed", "stop", "n");
    }
}
