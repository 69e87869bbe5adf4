using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// Token counts. In a stream they come twice, and each is the total so far: a later one replaces the earlier.
/// <c>input_tokens</c> leaves out what the cache had or took; <see cref="UsageDetails"/> counts that in.
/// </summary>
[Embedded]
internal struct AnthropicUsage
{
    private long? _input;
    private long? _output;
    private long? _cacheWrites;
    private long? _cacheReads;

    /// <summary>Reads the object that the reader stands in; a count that it lacks stays as it was.</summary>
    public void Read(scoped ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("input_tokens"u8)) _input = AnthropicJson.ReadCount(ref reader) ?? _input;
            else if (reader.ValueTextEquals("output_tokens"u8)) _output = AnthropicJson.ReadCount(ref reader) ?? _output;
            else if (reader.ValueTextEquals("cache_creation_input_tokens"u8)) _cacheWrites = AnthropicJson.ReadCount(ref reader) ?? _cacheWrites;
            else if (reader.ValueTextEquals("cache_read_input_tokens"u8)) _cacheReads = AnthropicJson.ReadCount(ref reader) ?? _cacheReads;
            else CodecReader.SkipValue(ref reader);
        }
    }

    /// <summary>Takes over what a later report says.</summary>
    public void Replace(in AnthropicUsage later)
    {
        _input = later._input ?? _input;
        _output = later._output ?? _output;
        _cacheWrites = later._cacheWrites ?? _cacheWrites;
        _cacheReads = later._cacheReads ?? _cacheReads;
    }

    /// <summary>The counts; null where none was reported.</summary>
    public readonly UsageDetails? ToDetails()
    {
        if ((_input ?? _output ?? _cacheWrites ?? _cacheReads) is null) return null;
        long? input = (_input ?? _cacheWrites ?? _cacheReads) is null ? null : (_input ?? 0) + (_cacheWrites ?? 0) + (_cacheReads ?? 0);
        return new UsageDetails
        {
            InputTokenCount = input,
            OutputTokenCount = _output,
            TotalTokenCount = (input ?? 0) + (_output ?? 0),
            CachedInputTokenCount = _cacheReads,
            AdditionalCounts = _cacheWrites > 0 ? new() { [TokenPrices.CacheWriteCount] = _cacheWrites.Value } : null,
        };
    }
}
