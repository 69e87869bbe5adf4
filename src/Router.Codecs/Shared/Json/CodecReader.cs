using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>Reads values whose type is not to be relied on: each steps from a member's name to its value, and past it.</summary>
[Embedded]
internal static class CodecReader
{
    // No answer has that many tokens; a sum of such counts cannot overflow.
    private const long LargestCount = 1L << 40;

    /// <summary>Skips the value that follows.</summary>
    public static void SkipValue(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <summary>Whether the value that follows is an object, which the reader then stands in; any other value is skipped.</summary>
    public static bool EntersObject(scoped ref Utf8JsonReader reader) => Enters(ref reader, JsonTokenType.StartObject);

    /// <summary>Whether the value that follows is an array, which the reader then stands in; any other value is skipped.</summary>
    public static bool EntersArray(scoped ref Utf8JsonReader reader) => Enters(ref reader, JsonTokenType.StartArray);

    /// <summary>The string that follows; null, with the value skipped, where it is none.</summary>
    public static string? ReadString(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.String) return reader.GetString();
        reader.Skip();
        return null;
    }

    /// <summary>The count that follows; null, with the value skipped, where it is none. Some servers write it as 12.0.</summary>
    public static long? ReadCount(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Number)
        {
            if (reader.TryGetInt64(out long count)) return count is >= 0 and <= LargestCount ? count : null;
            if (reader.TryGetDouble(out double number) && number is >= 0 and <= LargestCount && number == (long)number) return (long)number;
        }

        reader.Skip();
        return null;
    }

    /// <summary>The bytes of the value that follows, which is skipped.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="json">What it reads, from the start.</param>
    public static ReadOnlySpan<byte> ReadRaw(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    /// <summary>Steps to the next object of an array; false at its end. Elements that are none are skipped.</summary>
    public static bool NextObject(scoped ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.StartObject) return true;
            reader.Skip();
        }

        return false;
    }

    private static bool Enters(scoped ref Utf8JsonReader reader, JsonTokenType start)
    {
        reader.Read();
        if (reader.TokenType == start) return true;
        reader.Skip();
        return false;
    }
}
