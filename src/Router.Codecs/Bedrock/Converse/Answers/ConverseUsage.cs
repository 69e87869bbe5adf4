using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// Token counts. <c>inputTokens</c> leaves out what the cache had or took; <see cref="UsageDetails"/> counts that in:
/// https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html.
/// </summary>
[Embedded]
internal struct ConverseUsage
{
    private long? _input, _output, _cacheWrites, _cacheReads;
    private long? _detailedWrites, _longWrites; // the cache writes, by how long they are kept

    /// <summary>Reads the object that the reader stands in.</summary>
    public void Read(scoped ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("inputTokens"u8)) _input = CodecReader.ReadCount(ref reader);
            else if (reader.ValueTextEquals("outputTokens"u8)) _output = CodecReader.ReadCount(ref reader);
            else if (reader.ValueTextEquals("cacheWriteInputTokens"u8)) _cacheWrites = CodecReader.ReadCount(ref reader);
            else if (reader.ValueTextEquals("cacheReadInputTokens"u8)) _cacheReads = CodecReader.ReadCount(ref reader);
            else if (reader.ValueTextEquals("cacheDetails"u8)) ReadDetails(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    /// <summary>The counts; null where none was reported.</summary>
    public readonly UsageDetails? ToDetails() => CodecUsage.Of(_input, _output, _cacheWrites ?? _detailedWrites, _longWrites, _cacheReads);

    private void ReadDetails(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject) ReadDetail(ref reader);
            else reader.Skip();
        }
    }

    private void ReadDetail(scoped ref Utf8JsonReader reader)
    {
        long? tokens = null;
        string? kept = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("inputTokens"u8)) tokens = CodecReader.ReadCount(ref reader);
            else if (reader.ValueTextEquals("ttl"u8)) kept = CodecReader.ReadString(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        if (tokens is null) return;
        _detailedWrites = (_detailedWrites ?? 0) + tokens;
        if (kept is "1h") _longWrites = (_longWrites ?? 0) + tokens;
    }
}
