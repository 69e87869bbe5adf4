using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Reads the token counts. Cached tokens are part of the prompt's, reasoning tokens part of the completion's.</summary>
[Embedded]
internal static class OpenAIUsage
{
    /// <summary>Steps to a member's value.</summary>
    /// <returns>Null where it is no object.</returns>
    public static UsageDetails? Read(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return null;
        var usage = new UsageDetails();
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "prompt_tokens"u8))
            {
                usage.InputTokenCount = ReadCount(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "completion_tokens"u8))
            {
                usage.OutputTokenCount = ReadCount(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "total_tokens"u8))
            {
                usage.TotalTokenCount = ReadCount(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "prompt_tokens_details"u8))
            {
                ReadPromptDetails(ref reader, usage);
            }
            else if (OpenAIJson.Is(ref reader, "completion_tokens_details"u8))
            {
                ReadCompletionDetails(ref reader, usage);
            }
            else
            {
                CodecReader.SkipValue(ref reader);
            }
        }

        return usage;
    }

    private static void ReadPromptDetails(ref Utf8JsonReader reader, UsageDetails usage)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "cached_tokens"u8))
            {
                usage.CachedInputTokenCount = ReadCount(ref reader);
            }
            else if (OpenAIJson.Is(ref reader, "cache_write_tokens"u8))
            {
                if (ReadCount(ref reader) is > 0 and { } written) (usage.AdditionalCounts ??= [])[TokenPrices.CacheWriteCount] = written;
            }
            else
            {
                CodecReader.SkipValue(ref reader);
            }
        }
    }

    private static void ReadCompletionDetails(ref Utf8JsonReader reader, UsageDetails usage)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "reasoning_tokens"u8))
            {
                usage.ReasoningTokenCount = ReadCount(ref reader);
            }
            else
            {
                CodecReader.SkipValue(ref reader);
            }
        }
    }

    private static long? ReadCount(ref Utf8JsonReader reader) => OpenAIJson.ReadInt64(ref reader) is >= 0 and { } count ? count : null;
}
