using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes requests to speak a text. https://platform.openai.com/docs/api-reference/audio/createSpeech</summary>
[Embedded]
internal static class OpenAISpeechRequest
{
    // What the router decides, so that answers can be read.
    private const string Wave = "wav";

    private static readonly HashSet<string> Ours = ["model", "input", "voice", "response_format", "speed", "instructions", "stream_format"];

    public static AttemptFailure? Write(SpeechRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        SpeechOptions options = request.Options;
        Utf8JsonWriter json = body.StartObject(prefix);
        json.WriteString("input"u8, request.Text);
        if (VoiceOf(options, model) is { } voice) json.WriteString("voice"u8, voice);
        string? format = model.Takes(ModelParameters.SpokenAsWave) ? Wave : options.Format?.ToLowerInvariant();
        if (format is not null) json.WriteString("response_format"u8, format);
        if (options.Format is not null && !options.Format.Equals(format, StringComparison.OrdinalIgnoreCase)) body.Note($"Format: {format} instead of {options.Format}");
        if (options.Speed is { } speed)
        {
            if (!float.IsFinite(speed)) return CodecJson.Unsupported("The speed is infinite or no number, which JSON cannot say.");
            json.WriteNumber("speed"u8, speed);
        }

        if (options.Instructions is { } instructions)
        {
            if (model.Takes(ModelParameters.SpokenInstructions)) json.WriteString("instructions"u8, instructions);
            else body.Note("Instructions: left out");
        }

        if (options.Language is not null) body.Note("Language: left out");
        if (model.Takes(ModelParameters.SpeechEvents)) json.WriteString("stream_format"u8, "sse"u8);
        if (WriteAdditional(json, options, body) is { } unwritten) return unwritten;
        body.EndObject();
        return null;
    }

    // By the provider's name, which is before the slash.
    private static string? VoiceOf(SpeechOptions options, ModelProfile model)
    {
        if (options.Voices is { } voices)
        {
            foreach (KeyValuePair<string, string> voice in voices)
            {
                if (model.Name.Length > voice.Key.Length && model.Name[voice.Key.Length] == '/' && model.Name.StartsWith(voice.Key, StringComparison.OrdinalIgnoreCase)) return voice.Value;
            }
        }

        return options.Voice ?? model.DefaultVoice;
    }

    private static AttemptFailure? WriteAdditional(Utf8JsonWriter json, SpeechOptions options, RequestWriter body)
    {
        if (options.AdditionalProperties is not { } additional) return null;
        foreach (KeyValuePair<string, object?> property in additional)
        {
            if (property.Key.StartsWith("routergen.", StringComparison.OrdinalIgnoreCase)) continue;
            if (Ours.Contains(property.Key))
            {
                body.Note(property.Key + ": left out, since the router decides it");
                continue;
            }

            json.WritePropertyName(property.Key);
            if (!CodecJson.TryWriteValue(json, property.Value)) return CodecJson.UnwrittenProperty(property.Key, property.Value);
        }

        return null;
    }
}
