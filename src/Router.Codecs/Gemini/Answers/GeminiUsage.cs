using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// Token counts. In a stream they come with each chunk, and each is the total so far: a later one replaces the earlier. Thoughts are counted
/// beside the answer, and what the API's own tools found beside the prompt; <see cref="UsageDetails"/> counts both in.
/// </summary>
[Embedded]
internal struct GeminiUsage
{
    private long? _prompt, _candidates, _thoughts, _cached, _tools;
    private long? _audioIn, _imageIn, _audioOut, _imageOut;

    /// <summary>Gets the service tier that answered; null where it was not reported.</summary>
    public string? ServiceTier { get; private set; }

    /// <summary>Steps to the value of <c>usageMetadata</c>; a count that it lacks stays as it was.</summary>
    public void Read(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("promptTokenCount"u8)) _prompt = CodecReader.ReadCount(ref reader) ?? _prompt;
            else if (reader.ValueTextEquals("candidatesTokenCount"u8)) _candidates = CodecReader.ReadCount(ref reader) ?? _candidates;
            else if (reader.ValueTextEquals("thoughtsTokenCount"u8)) _thoughts = CodecReader.ReadCount(ref reader) ?? _thoughts;
            else if (reader.ValueTextEquals("cachedContentTokenCount"u8)) _cached = CodecReader.ReadCount(ref reader) ?? _cached;
            else if (reader.ValueTextEquals("toolUsePromptTokenCount"u8)) _tools = CodecReader.ReadCount(ref reader) ?? _tools;
            else if (reader.ValueTextEquals("promptTokensDetails"u8)) ReadSplit(ref reader, ref _audioIn, ref _imageIn);
            else if (reader.ValueTextEquals("candidatesTokensDetails"u8)) ReadSplit(ref reader, ref _audioOut, ref _imageOut);
            else if (reader.ValueTextEquals("serviceTier"u8)) ServiceTier = CodecReader.ReadString(ref reader)?.ToLowerInvariant() ?? ServiceTier;
            else CodecReader.SkipValue(ref reader);
        }
    }

    /// <summary>The counts; null where none was reported.</summary>
    public readonly UsageDetails? ToDetails()
    {
        if ((_prompt ?? _candidates ?? _thoughts ?? _cached ?? _tools) is null) return null;
        long? input = (_prompt ?? _tools ?? _cached) is null ? null : Math.Max(_prompt ?? 0, _cached ?? 0) + (_tools ?? 0);
        long? output = (_candidates ?? _thoughts) is null ? null : (_candidates ?? 0) + (_thoughts ?? 0);
        var usage = new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = (input ?? 0) + (output ?? 0),
            CachedInputTokenCount = _cached,
            ReasoningTokenCount = _thoughts,
        };
        Add(usage, "InputTokenDetails.ToolUseTokenCount", _tools);
        Add(usage, UsageCounts.AudioInput, _audioIn);
        Add(usage, UsageCounts.ImageInput, _imageIn);
        Add(usage, UsageCounts.AudioOutput, _audioOut);
        Add(usage, UsageCounts.ImageOutput, _imageOut);
        return usage;
    }

    /// <summary>Reads the tokens of each modality.</summary>
    private static void ReadSplit(scoped ref Utf8JsonReader reader, ref long? audio, ref long? image)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        while (CodecReader.NextObject(ref reader))
        {
            string? modality = null;
            long? count = null;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("modality"u8)) modality = CodecReader.ReadString(ref reader);
                else if (reader.ValueTextEquals("tokenCount"u8)) count = CodecReader.ReadCount(ref reader);
                else CodecReader.SkipValue(ref reader);
            }

            if (modality is "AUDIO") audio = count ?? audio;
            else if (modality is "IMAGE") image = count ?? image;
        }
    }

    private static void Add(UsageDetails usage, string name, long? count)
    {
        if (count > 0) (usage.AdditionalCounts ??= [])[name] = count.Value;
    }
}
