using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// The token counts of an answer, wherever the server reports them: in <c>usage</c>, <c>x_groq.usage</c> or <c>choices[].usage</c>. The last
/// report counts. <see cref="CountOf"/> is the table of the names; <see cref="ToDetails"/> makes the counts agree with each other.
/// </summary>
[Embedded]
internal struct OpenAIUsage
{
    private const string InputDetails = "InputTokenDetails."; // the keys of the official adapter, Microsoft.Extensions.AI.OpenAI
    private const string OutputDetails = "OutputTokenDetails.";

    private long? _input, _output, _total, _cached, _written, _reasoning, _missed;
    private Dictionary<string, long>? _more;
    private bool _cacheIsBeside; // cached tokens have the names that Anthropic counts beside the input

    private enum UsageCount
    {
        None,
        Input,
        Output,
        Total,
        Cached,
        Written,
        Missed,
        Reasoning,
        CachedBeside,
        WrittenBeside,
        InputAudio,
        InputImage,
        OutputAudio,
        OutputImage,
        Accepted,
        Rejected,
        Citations,
        Searches,
        Sources,
        ToolUse,
    }

    private enum UsagePlace
    {
        Usage,
        InputDetails,
        OutputDetails,
    }

    /// <summary>Steps to a member's value and takes its counts, unless it has none.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        var report = new OpenAIUsage();
        report.ReadMembers(ref reader, UsagePlace.Usage);
        if (report.IsMore(this)) this = report;
    }

    /// <summary>Returns the counts as <see cref="UsageDetails"/> defines them; null where none was reported.</summary>
    /// <remarks>
    /// Cached and written tokens are part of the input, reasoning tokens part of the output, and the total is the sum of both. Where a server
    /// contradicts itself: a total that is larger than its parts shows output that was not counted (xAI's reasoning, Gemini's thoughts), or
    /// of cached tokens beside the input; else the parts count, and more cached tokens than input are cut.
    /// </remarks>
    public readonly UsageDetails? ToDetails(ModelProfile model)
    {
        if (!IsReported) return null;
        OpenAIUsage sum = this;
        sum.CorrectInput();
        sum.CorrectOutput(model.Has(OpenAIQuirks.ReasoningBesideOutput));
        var usage = new UsageDetails
        {
            InputTokenCount = sum._input,
            OutputTokenCount = sum._output,
            TotalTokenCount = sum._input is { } input && sum._output is { } output ? input + output : sum._total,
            CachedInputTokenCount = sum._cached,
            ReasoningTokenCount = sum._reasoning,
        };
        if (sum._written > 0) (usage.AdditionalCounts ??= [])[UsageCounts.CacheWrites] = sum._written.Value;
        if (_more is null) return usage;
        foreach ((string name, long count) in _more) (usage.AdditionalCounts ??= [])[name] = count;
        return usage;
    }

    /// <summary>Returns the counts of a call that writes nothing, so that all tokens are input: some providers report their total alone (Voyage).</summary>
    public readonly UsageDetails? ToInputDetails(ModelProfile model)
    {
        OpenAIUsage read = this;
        read._input ??= _output is null or 0 ? _total : null;
        return read.ToDetails(model);
    }

    /// <summary>Gets whether any count was reported.</summary>
    public readonly bool IsReported => (_input ?? _output ?? _total ?? _cached ?? _written ?? _reasoning ?? _missed) is not null;

    /// <summary>Whether a report says more than an earlier one: some servers end with one in which all counts are zero or missing.</summary>
    private readonly bool IsMore(in OpenAIUsage earlier) =>
        IsReported && (!earlier.IsReported || _input > 0 || _output > 0 || _total > 0 || _reasoning > 0 || _missed > 0);

    private void CorrectInput()
    {
        if (_input is null && _missed is { } missed) _input = missed + (_cached ?? 0);
        if (_input is null && _total is { } total && _output is { } output && total >= output) _input = total - output;
        long ofCache = (_cached ?? 0) + (_written ?? 0);
        if (ofCache == 0) return;
        bool totalCountsBoth = _total is { } sum && sum == (_input ?? 0) + ofCache + (_output ?? 0);
        bool totalCountsInput = _total is { } plain && plain == (_input ?? 0) + (_output ?? 0);
        if (_input is null || totalCountsBoth || (_cacheIsBeside && !totalCountsInput))
        {
            _input = (_input ?? 0) + ofCache;
            return;
        }

        if (_cached > _input) _cached = _input;
        if (_written > _input - (_cached ?? 0)) _written = _input - (_cached ?? 0);
    }

    private void CorrectOutput(bool reasoningIsBeside)
    {
        if (_total is { } total)
        {
            // A reasoning that is beside is part of the difference.
            if (_input is { } input && total > input + (_output ?? 0)) _output = total - input;
        }
        else if (reasoningIsBeside && _reasoning is { } reasoning)
        {
            _output = (_output ?? 0) + reasoning;
        }

        // More than there is in all cannot be a part of it, whatever the total says (Perplexity's deep research).
        if (_reasoning > (_output ?? 0)) _output = (_output ?? 0) + _reasoning;
    }

    private void ReadMembers(ref Utf8JsonReader reader, UsagePlace place)
    {
        while (OpenAIJson.NextMember(ref reader))
        {
            if (place is UsagePlace.Usage && (OpenAIJson.Is(ref reader, "prompt_tokens_details"u8) || OpenAIJson.Is(ref reader, "input_tokens_details"u8)))
            {
                if (CodecReader.EntersObject(ref reader)) ReadMembers(ref reader, UsagePlace.InputDetails);
            }
            else if (place is UsagePlace.Usage && (OpenAIJson.Is(ref reader, "completion_tokens_details"u8) || OpenAIJson.Is(ref reader, "output_tokens_details"u8)))
            {
                if (CodecReader.EntersObject(ref reader)) ReadMembers(ref reader, UsagePlace.OutputDetails);
            }
            else
            {
                UsageCount count = CountOf(ref reader, place);
                if (CodecReader.ReadCount(ref reader) is { } tokens) Take(count, tokens);
            }
        }
    }

    private void Take(UsageCount count, long tokens)
    {
        switch (count)
        {
            case UsageCount.Input: _input = tokens; break;
            case UsageCount.Output: _output = tokens; break;
            case UsageCount.Total: _total = tokens; break;
            case UsageCount.Cached: _cached = tokens; break;
            case UsageCount.Written: _written = tokens; break;
            case UsageCount.CachedBeside: (_cached, _cacheIsBeside) = (tokens, true); break;
            case UsageCount.WrittenBeside: (_written, _cacheIsBeside) = (tokens, true); break;
            case UsageCount.Missed: _missed = tokens; break;
            case UsageCount.Reasoning: _reasoning = tokens; break;
            default:
                if (tokens > 0 && NameOf(count) is { } name) (_more ??= [])[name] = tokens;
                break;
        }
    }

    /// <summary>The table: which count a member of the usage, or of its details, is.</summary>
    private static UsageCount CountOf(ref Utf8JsonReader reader, UsagePlace place) => place switch
    {
        UsagePlace.InputDetails =>
            OpenAIJson.Is(ref reader, "cached_tokens"u8) ? UsageCount.Cached
            : OpenAIJson.Is(ref reader, "cache_write_tokens"u8) ? UsageCount.Written                 // OpenAI, OpenRouter
            : OpenAIJson.Is(ref reader, "cache_creation_tokens"u8) ? UsageCount.Written              // LiteLLM
            : OpenAIJson.Is(ref reader, "cache_creation_input_tokens"u8) ? UsageCount.Written        // Alibaba
            : OpenAIJson.Is(ref reader, "audio_tokens"u8) ? UsageCount.InputAudio
            : OpenAIJson.Is(ref reader, "image_tokens"u8) ? UsageCount.InputImage
            : OpenAIJson.Is(ref reader, "tool_use_prompt_tokens"u8) ? UsageCount.ToolUse
            : UsageCount.None,
        UsagePlace.OutputDetails =>
            OpenAIJson.Is(ref reader, "reasoning_tokens"u8) ? UsageCount.Reasoning
            : OpenAIJson.Is(ref reader, "audio_tokens"u8) ? UsageCount.OutputAudio
            : OpenAIJson.Is(ref reader, "image_tokens"u8) ? UsageCount.OutputImage
            : OpenAIJson.Is(ref reader, "accepted_prediction_tokens"u8) ? UsageCount.Accepted
            : OpenAIJson.Is(ref reader, "rejected_prediction_tokens"u8) ? UsageCount.Rejected
            : UsageCount.None,
        _ =>
            OpenAIJson.Is(ref reader, "prompt_tokens"u8) ? UsageCount.Input
            : OpenAIJson.Is(ref reader, "completion_tokens"u8) ? UsageCount.Output
            : OpenAIJson.Is(ref reader, "total_tokens"u8) ? UsageCount.Total
            : OpenAIJson.Is(ref reader, "input_tokens"u8) ? UsageCount.Input                         // the Responses API, Anthropic
            : OpenAIJson.Is(ref reader, "output_tokens"u8) ? UsageCount.Output
            : OpenAIJson.Is(ref reader, "cached_tokens"u8) ? UsageCount.Cached                       // Moonshot
            : OpenAIJson.Is(ref reader, "prompt_cache_hit_tokens"u8) ? UsageCount.Cached             // DeepSeek
            : OpenAIJson.Is(ref reader, "prompt_cache_miss_tokens"u8) ? UsageCount.Missed
            : OpenAIJson.Is(ref reader, "cache_read_input_tokens"u8) ? UsageCount.CachedBeside       // servers that pass Anthropic's counts on
            : OpenAIJson.Is(ref reader, "cache_creation_input_tokens"u8) ? UsageCount.WrittenBeside
            : OpenAIJson.Is(ref reader, "reasoning_tokens"u8) ? UsageCount.Reasoning                 // Perplexity
            : OpenAIJson.Is(ref reader, "citation_tokens"u8) ? UsageCount.Citations
            : OpenAIJson.Is(ref reader, "num_search_queries"u8) ? UsageCount.Searches
            : OpenAIJson.Is(ref reader, "num_sources_used"u8) ? UsageCount.Sources                   // xAI
            : OpenAIJson.Is(ref reader, "tool_use_prompt_tokens"u8) ? UsageCount.ToolUse
            : UsageCount.None,
    };

    private static string? NameOf(UsageCount count) => count switch
    {
        UsageCount.InputAudio => InputDetails + "AudioTokenCount",
        UsageCount.InputImage => InputDetails + "ImageTokenCount",
        UsageCount.OutputAudio => OutputDetails + "AudioTokenCount",
        UsageCount.OutputImage => OutputDetails + "ImageTokenCount",
        UsageCount.Accepted => OutputDetails + "AcceptedPredictionTokenCount",
        UsageCount.Rejected => OutputDetails + "RejectedPredictionTokenCount",
        UsageCount.ToolUse => InputDetails + "ToolUseTokenCount",
        UsageCount.Citations => "citation_tokens",
        UsageCount.Searches => "num_search_queries",
        UsageCount.Sources => "num_sources_used",
        _ => null,
    };
}
