using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// Token counts. In a stream they come several times, and each is the total so far: a later one replaces the earlier.
/// <c>input_tokens</c> leaves out what the cache had or took; <see cref="UsageDetails"/> counts that in.
/// </summary>
[Embedded]
internal struct AnthropicUsage
{
    private long? _input, _output, _cacheWrites, _cacheReads, _thinking;
    private long? _shortWrites, _longWrites; // the cache writes, by how long they are kept
    private long? _searches, _fetches;

    /// <summary>Gets the service tier that answered; null where it was not reported.</summary>
    public string? ServiceTier { get; private set; }

    /// <summary>Reads the object that the reader stands in; a count that it lacks stays as it was.</summary>
    public void Read(scoped ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("input_tokens"u8)) _input = CodecReader.ReadCount(ref reader) ?? _input;
            else if (reader.ValueTextEquals("output_tokens"u8)) _output = CodecReader.ReadCount(ref reader) ?? _output;
            else if (reader.ValueTextEquals("cache_creation_input_tokens"u8)) _cacheWrites = CodecReader.ReadCount(ref reader) ?? _cacheWrites;
            else if (reader.ValueTextEquals("cache_read_input_tokens"u8)) _cacheReads = CodecReader.ReadCount(ref reader) ?? _cacheReads;
            else if (reader.ValueTextEquals("service_tier"u8)) ServiceTier = CodecReader.ReadString(ref reader) ?? ServiceTier;
            else if (reader.ValueTextEquals("output_tokens_details"u8) || reader.ValueTextEquals("cache_creation"u8) || reader.ValueTextEquals("server_tool_use"u8)) ReadSplit(ref reader);
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
        _thinking = later._thinking ?? _thinking;
        _shortWrites = later._shortWrites ?? _shortWrites;
        _longWrites = later._longWrites ?? _longWrites;
        _searches = later._searches ?? _searches;
        _fetches = later._fetches ?? _fetches;
        ServiceTier = later.ServiceTier ?? ServiceTier;
    }

    /// <summary>The counts; null where none was reported.</summary>
    public readonly UsageDetails? ToDetails()
    {
        long? written = _cacheWrites ?? ((_shortWrites ?? _longWrites) is null ? null : (_shortWrites ?? 0) + (_longWrites ?? 0));
        if (CodecUsage.Of(_input, _output, written, _longWrites, _cacheReads) is not { } usage) return null;
        usage.ReasoningTokenCount = _thinking;
        CodecUsage.Add(usage, "web_search_requests", _searches);
        CodecUsage.Add(usage, "web_fetch_requests", _fetches);
        return usage;
    }

    private void ReadSplit(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("thinking_tokens"u8)) _thinking = CodecReader.ReadCount(ref reader) ?? _thinking;
            else if (reader.ValueTextEquals("ephemeral_5m_input_tokens"u8)) _shortWrites = CodecReader.ReadCount(ref reader) ?? _shortWrites;
            else if (reader.ValueTextEquals("ephemeral_1h_input_tokens"u8)) _longWrites = CodecReader.ReadCount(ref reader) ?? _longWrites;
            else if (reader.ValueTextEquals("web_search_requests"u8)) _searches = CodecReader.ReadCount(ref reader) ?? _searches;
            else if (reader.ValueTextEquals("web_fetch_requests"u8)) _fetches = CodecReader.ReadCount(ref reader) ?? _fetches;
            else CodecReader.SkipValue(ref reader);
        }
    }
}
