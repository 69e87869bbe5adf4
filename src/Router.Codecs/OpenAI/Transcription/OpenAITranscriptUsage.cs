using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>What was counted of a transcription: tokens (OpenAI's newer models), seconds of sound (<c>whisper-1</c>), or both (Mistral).</summary>
[Embedded]
internal struct OpenAITranscriptUsage
{
    private long? _input, _output, _audio;

    /// <summary>Gets how long the sound is; null where that was not counted.</summary>
    public TimeSpan? Heard { get; private set; }

    /// <summary>Steps to a member's value and takes its counts.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "input_tokens"u8) || OpenAIJson.Is(ref reader, "prompt_tokens"u8)) _input = CodecReader.ReadCount(ref reader);
            else if (OpenAIJson.Is(ref reader, "output_tokens"u8) || OpenAIJson.Is(ref reader, "completion_tokens"u8)) _output = CodecReader.ReadCount(ref reader);
            else if (OpenAIJson.Is(ref reader, "seconds"u8) || OpenAIJson.Is(ref reader, "prompt_audio_seconds"u8)) Heard = OpenAITranscript.ReadSeconds(ref reader) ?? Heard;
            else if (OpenAIJson.Is(ref reader, "input_token_details"u8) || OpenAIJson.Is(ref reader, "input_tokens_details"u8)) ReadParts(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    /// <summary>Returns the counts; null where nothing was counted.</summary>
    /// <param name="duration">How long the answer says that the sound is; null where it does not.</param>
    public readonly UsageDetails? ToDetails(TimeSpan? duration)
    {
        TimeSpan? heard = Heard ?? duration;
        if (_input is null && _output is null && heard is null) return null;
        var usage = new UsageDetails { InputTokenCount = _input, OutputTokenCount = _output, TotalTokenCount = _input is { } input ? input + (_output ?? 0) : null };
        if (_audio > 0) (usage.AdditionalCounts ??= [])[UsageCounts.AudioInput] = _audio.Value;
        if (heard is { } time) (usage.AdditionalCounts ??= [])[UsageCounts.MillisecondsHeard] = (long)time.TotalMilliseconds;
        return usage;
    }

    private void ReadParts(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "audio_tokens"u8)) _audio = CodecReader.ReadCount(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }
}
