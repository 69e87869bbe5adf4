using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes requests to write down what is said: forms, with the file behind all fields. https://platform.openai.com/docs/api-reference/audio/createTranscription,
/// https://docs.mistral.ai/api/endpoint/audio/transcriptions
/// </summary>
[Embedded]
internal static class OpenAITranscriptionRequest
{
    // What the router decides, so that answers can be read.
    private static readonly HashSet<string> Ours = ["model", "file", "stream", "response_format", "timestamp_granularities", "timestamp_granularities[]", "language", "prompt", "temperature"];

    public static AttemptFailure? Write(TranscriptionRequest request, RequestWriter body, ModelProfile model)
    {
        TranscribeOptions options = request.Options;
        bool hasSpeakers = model.Takes(ModelParameters.Speakers);

        // Segments with speakers have times too.
        bool isDiarized = options.Diarize || (options.Timestamps is TranscriptTimestamps.Segments && hasSpeakers && !model.Takes(ModelParameters.Timestamps));
        if (isDiarized && !hasSpeakers) return CodecJson.Unsupported($"{model.Name} cannot tell who speaks (Diarize).");
        if (options.Timestamps is not TranscriptTimestamps.None && !isDiarized && !model.Takes(ModelParameters.Timestamps)) return CodecJson.Unsupported($"{model.Name} gives no times ({options.Timestamps}).");
        if (isDiarized && (options.Timestamps & TranscriptTimestamps.Words) != 0) return CodecJson.Unsupported($"{model.Name} gives no times of words beside speakers (Timestamps, Diarize).");

        body.StartForm();
        body.AddField("model", model.Model);
        WriteWishes(options, body, model, isDiarized);
        if (request.IsStreaming && model.Takes(ModelParameters.TranscriptStream)) body.AddField("stream", "true");
        if (model.Has(OpenAIQuirks.MistralTranscripts)) WriteMistralForm(options, body, isDiarized);
        else WriteForm(options, body, isDiarized, isVerbose: options.Timestamps is not TranscriptTimestamps.None || model.Takes(ModelParameters.TranscriptDetails));
        if (WriteAdditional(options, body) is { } unwritten) return unwritten;
        body.AddFile("file", request.File);
        body.EndForm();
        return null;
    }

    private static void WriteWishes(TranscribeOptions options, RequestWriter body, ModelProfile model, bool isDiarized)
    {
        if (options.Language is { } language)
        {
            // https://docs.mistral.ai/capabilities/audio_transcription: the two exclude each other.
            if (model.Has(OpenAIQuirks.MistralTranscripts) && (isDiarized || options.Timestamps is not TranscriptTimestamps.None)) body.Note("Language: left out");
            else body.AddField("language", language);
        }

        if (options.Prompt is { } prompt)
        {
            if (model.Takes(ModelParameters.TranscriptPrompt)) body.AddField("prompt", prompt);
            else body.Note("Prompt: left out");
        }

        if (options.Temperature is { } temperature)
        {
            if (model.Takes(ModelParameters.Sampling)) body.AddField("temperature", temperature.ToString(CultureInfo.InvariantCulture));
            else body.Note("Temperature: left out");
        }
    }

    private static void WriteForm(TranscribeOptions options, RequestWriter body, bool isDiarized, bool isVerbose)
    {
        if (isDiarized)
        {
            body.AddField("response_format", "diarized_json");

            // Demanded for sound of more than half a minute. https://platform.openai.com/docs/guides/speech-to-text#speaker-diarization
            if (options.AdditionalProperties?.ContainsKey("chunking_strategy") is not true) body.AddField("chunking_strategy", "auto");
        }
        else if (isVerbose)
        {
            body.AddField("response_format", "verbose_json");
            WriteGranularities(options, body, "timestamp_granularities[]");
        }
    }

    private static void WriteMistralForm(TranscribeOptions options, RequestWriter body, bool isDiarized)
    {
        WriteGranularities(options, body, "timestamp_granularities");
        if (!isDiarized) return;
        if (options.Timestamps is TranscriptTimestamps.None) body.AddField("timestamp_granularities", "segment");
        body.AddField("diarize", "true");
    }

    private static void WriteGranularities(TranscribeOptions options, RequestWriter body, string name)
    {
        if ((options.Timestamps & TranscriptTimestamps.Segments) != 0) body.AddField(name, "segment");
        if ((options.Timestamps & TranscriptTimestamps.Words) != 0) body.AddField(name, "word");
    }

    private static AttemptFailure? WriteAdditional(TranscribeOptions options, RequestWriter body)
    {
        if (options.AdditionalProperties is not { } additional) return null;
        foreach (KeyValuePair<string, object?> property in additional)
        {
            if (property.Key.StartsWith("routergen.", StringComparison.OrdinalIgnoreCase) || property.Value is null) continue;
            if (property.Key.AsSpan().IndexOfAny('"', '\r', '\n') >= 0) return CodecJson.Unsupported("The name of an additional property has a quotation mark or a line break, which no field of a form has.");
            if (Ours.Contains(property.Key)) body.Note(property.Key + ": left out, since the router decides it");
            else if (!TryAdd(body, property.Key, property.Value)) return CodecJson.UnwrittenProperty(property.Key, property.Value);
        }

        return null;
    }

    private static bool TryAdd(RequestWriter body, string name, object value)
    {
        if (TextOf(value) is { } text)
        {
            body.AddField(name, text);
            return true;
        }

        if (value is not IEnumerable items) return false;
        foreach (object? item in items)
        {
            if (TextOf(item) is not { } one) return false;
            body.AddField(name, one);
        }

        return true;
    }

    private static string? TextOf(object? value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable number and (int or long or float or double or decimal) => number.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
