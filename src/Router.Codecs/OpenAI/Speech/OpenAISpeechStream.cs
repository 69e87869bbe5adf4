using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Reads speech that comes as events: <c>speech.audio.delta</c> with a piece in Base64, and <c>speech.audio.done</c> with the usage. Sound alone
/// would be a quarter shorter, but would not say what it costs.
/// </summary>
[Embedded]
internal sealed class OpenAISpeechStream(ModelProfile model) : StreamDecoder<SpeechUpdate>
{
    public override StreamSignal Read(ReadOnlySpan<byte> eventType, ReadOnlySpan<byte> data, out SpeechUpdate? update, out AttemptFailure? failure)
    {
        update = null;
        failure = null;
        try
        {
            Utf8JsonReader reader = OpenAIJson.Open(data);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            {
                failure = CodecJson.Malformed($"An event of the stream is a {reader.TokenType}, not an object.");
                return StreamSignal.Failed;
            }

            string? type = null;
            byte[]? audio = null;
            var usage = new OpenAIUsage();
            while (OpenAIJson.NextMember(ref reader))
            {
                if (OpenAIJson.Is(ref reader, "type"u8)) type = CodecReader.ReadString(ref reader);
                else if (OpenAIJson.Is(ref reader, "audio"u8)) audio = ReadAudio(ref reader);
                else if (OpenAIJson.Is(ref reader, "usage"u8)) usage.Read(ref reader);
                else if (OpenAIJson.Is(ref reader, "error"u8)) failure ??= OpenAIErrors.ReadMember(ref reader);
                else CodecReader.SkipValue(ref reader);
            }

            reader.Read();
            if (failure is null && type is "error") failure = OpenAIErrors.ReadWithout(data, "sound");
            if (failure is not null) return StreamSignal.Failed;
            if (type is "speech.audio.done")
            {
                update = new SpeechUpdate(ReadOnlyMemory<byte>.Empty) { Usage = OfSound(usage.ToDetails(model)) };
                return StreamSignal.Completed;
            }

            if (audio is not { Length: > 0 }) return StreamSignal.Continue;
            update = new SpeechUpdate(audio);
            return StreamSignal.Update;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            failure = OpenAIJson.Malformed(data, e);
            return StreamSignal.Failed;
        }
    }

    // All that such a model writes is sound.
    private static UsageDetails? OfSound(UsageDetails? usage)
    {
        if (usage?.OutputTokenCount is { } tokens) (usage.AdditionalCounts ??= [])[UsageCounts.AudioOutput] = tokens;
        return usage;
    }

    private static byte[]? ReadAudio(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null) return null;
        if (reader.TokenType is not JsonTokenType.String || !reader.TryGetBytesFromBase64(out byte[]? bytes)) throw new JsonException("'audio' is not Base64.");
        return bytes;
    }
}
