using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>How the places of a ranking are read, which APIs have alike.</summary>
[Embedded]
internal static class CodecRankingReply
{
    /// <summary>Steps to the value of <c>results</c>, in some APIs <c>data</c>, and reads it.</summary>
    /// <returns>Whether it is an array.</returns>
    /// <exception cref="JsonException">It holds something else than documents with their scores.</exception>
    public static bool ReadResults(ref Utf8JsonReader reader, RankedScores scores)
    {
        if (!CodecReader.EntersArray(ref reader)) return false;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject) throw new JsonException($"A result is a {reader.TokenType}.");
            long? index = null;
            double? score = null;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("index"u8)) index = ReadIndex(ref reader);
                else if (reader.ValueTextEquals("relevance_score"u8) || reader.ValueTextEquals("score"u8)) score = ReadScore(ref reader);
                else CodecReader.SkipValue(ref reader);
            }

            if (index is not { } place) throw new JsonException("A result has no index.");
            scores.Add(place, score ?? throw new JsonException("A result has no relevance_score."));
        }

        return true;
    }

    private static long ReadIndex(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out long index) ? index : throw new JsonException($"An index is a {reader.TokenType}.");
    }

    private static double ReadScore(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType is JsonTokenType.Number && reader.TryGetDouble(out double score) ? score : throw new JsonException($"A score is a {reader.TokenType}.");
    }
}
