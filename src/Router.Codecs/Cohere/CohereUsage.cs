using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// Token counts. <c>billed_units</c> is what the prices are for, and is what is reported: <c>tokens</c> counts also what the API puts around
/// a prompt, which costs nothing. It stands in where nothing was billed, and is reported beside the counts where it differs.
/// </summary>
[Embedded]
internal struct CohereUsage
{
    /// <summary>The count of <c>tokens.input_tokens</c> where that is not what is billed.</summary>
    public const string ProcessedInput = "processed_input_tokens";

    /// <summary>The count of <c>tokens.output_tokens</c> where that is not what is billed.</summary>
    public const string ProcessedOutput = "processed_output_tokens";

    private long? _billedInput, _billedOutput, _input, _output, _cached, _searches;

    /// <summary>Steps to the member's value, an object.</summary>
    public void Read(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("billed_units"u8)) ReadCounts(ref reader, ref _billedInput, ref _billedOutput);
            else if (reader.ValueTextEquals("tokens"u8)) ReadCounts(ref reader, ref _input, ref _output);
            else if (reader.ValueTextEquals("cached_tokens"u8)) _cached = CodecReader.ReadCount(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    /// <summary>The counts; null where none was reported.</summary>
    public readonly UsageDetails? ToDetails()
    {
        long? input = _billedInput ?? _input, output = _billedOutput ?? _output;
        if ((input ?? output ?? _searches) is null) return null;
        var usage = new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = (input ?? output) is null ? null : (input ?? 0) + (output ?? 0),

            // Of all that was processed; what is priced cannot be more than what is billed.
            CachedInputTokenCount = _cached is { } cached ? Math.Min(cached, input ?? 0) : null,
        };
        if (_input is { } processed && processed != input) (usage.AdditionalCounts ??= [])[ProcessedInput] = processed;
        if (_output is { } written && written != output) (usage.AdditionalCounts ??= [])[ProcessedOutput] = written;
        if (_searches is > 0 and { } searches) (usage.AdditionalCounts ??= [])[UsageCounts.SearchUnits] = searches;
        return usage;
    }

    private void ReadCounts(scoped ref Utf8JsonReader reader, ref long? input, ref long? output)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("input_tokens"u8)) input = CodecReader.ReadCount(ref reader) ?? input;
            else if (reader.ValueTextEquals("output_tokens"u8)) output = CodecReader.ReadCount(ref reader) ?? output;
            else if (reader.ValueTextEquals("search_units"u8)) _searches = CodecReader.ReadCount(ref reader) ?? _searches;
            else CodecReader.SkipValue(ref reader);
        }
    }
}
