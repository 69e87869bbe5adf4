using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>How answers with rankings are read: forward, whatever bytes they are.</summary>
[Embedded]
internal static class CodecRankingReply
{
    /// <summary>Reads the members of an answer's object.</summary>
    /// <param name="reader">A reader on the object's first member, which it leaves behind the object.</param>
    /// <param name="scores">Takes the scores.</param>
    /// <returns>Null, or why the answer is none.</returns>
    public delegate AttemptFailure? MemberReader(ref Utf8JsonReader reader, RankedScores scores);

    /// <summary>Reads an answer.</summary>
    /// <param name="body">The body, complete.</param>
    /// <param name="scores">Takes the scores.</param>
    /// <param name="readMembers">Reads the members of the dialect.</param>
    public static AttemptFailure? Read(ReadOnlySpan<byte> body, RankedScores scores, MemberReader readMembers)
    {
        try
        {
            var reader = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject) return CodecJson.Malformed($"The answer is a {reader.TokenType}, not an object.");
            if (readMembers(ref reader, scores) is { } failure) return failure;
            reader.Read(); // Past the object there may be nothing: the reader throws on anything but white space.
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return CodecJson.Malformed("The answer cannot be read: " + CodecErrors.Trim(e.Message)); // InvalidOperationException: invalid UTF-8 inside a string.
        }
    }

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
