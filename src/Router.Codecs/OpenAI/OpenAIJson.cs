using System;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// How answers are read: forward, without a document. Methods take a reader that stands on a value and leave it at the
/// value's end. An optional member of a wrong type counts as absent; an essential one throws <see cref="JsonException"/>,
/// as the reader itself does for bad JSON, and both are caught where reading starts.
/// </summary>
[Embedded]
internal static class OpenAIJson
{
    // No reason of the API's own: some gateways say it of an answer that broke off.
    private static readonly ChatFinishReason StoppedByError = new("error");

    // DeepSeek's: the answer was interrupted for lack of capacity.
    private static readonly ChatFinishReason StoppedByOverload = new("insufficient_system_resource");

    /// <summary>A reader over a whole text; a byte-order mark is skipped.</summary>
    public static Utf8JsonReader Open(ReadOnlySpan<byte> utf8) => new(WithoutMark(utf8));

    /// <summary>A whole text without a byte-order mark.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> utf8) => utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    /// <summary>Steps to the next member of an object, on its name.</summary>
    /// <returns>False at the object's end.</returns>
    public static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType is JsonTokenType.PropertyName;

    /// <summary>Whether the name or string that the reader stands on is this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // Then the comparison with a constant is an instruction or two; there are many for each event.
    public static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> text) =>
        reader.ValueIsEscaped ? reader.ValueTextEquals(text) : reader.ValueSpan.SequenceEqual(text);

    /// <summary>Steps to a member's value, which is usually the same as in the chunk before.</summary>
    /// <returns>The known string where it is that or nothing, so that none is allocated.</returns>
    public static string? ReadRepeatedString(ref Utf8JsonReader reader, string? known)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.String)
        {
            reader.Skip();
            return known;
        }

        // The first event of some servers has these empty.
        return reader.ValueSpan.IsEmpty || (known is not null && reader.ValueTextEquals(known)) ? known : reader.GetString();
    }

    /// <summary>Steps to a member's value: a whole number, or null for anything else.</summary>
    public static long? ReadInt64(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out long number)) return number;
        reader.Skip();
        return null;
    }

    /// <summary>Steps to a member's value: seconds since 1970, or null for anything else.</summary>
    public static DateTimeOffset? ReadTime(ref Utf8JsonReader reader)
    {
        const long LastSecond = 253402300799; // of the year 9999
        return ReadInt64(ref reader) is > 0 and <= LastSecond and { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
    }

    /// <summary>Steps to a member's value: why the model stopped; null where it did not.</summary>
    public static ChatFinishReason? ReadFinishReason(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        if (Is(ref reader, "stop"u8)) return ChatFinishReason.Stop;
        if (Is(ref reader, "length"u8)) return ChatFinishReason.Length;
        if (Is(ref reader, "tool_calls"u8) || Is(ref reader, "function_call"u8)) return ChatFinishReason.ToolCalls;
        if (Is(ref reader, "content_filter"u8)) return ChatFinishReason.ContentFilter;
        string? other = reader.GetString();
        return string.IsNullOrWhiteSpace(other) ? null : new ChatFinishReason(other);
    }

    /// <summary>Returns why a reason to have stopped means that the answer is not one; null where it does not.</summary>
    public static AttemptFailure? FailureOf(ChatFinishReason? reason) =>
        reason == StoppedByError ? CodecJson.Malformed("The provider stopped with an error.")
        : reason == StoppedByOverload ? new AttemptFailure(FailureKind.Overloaded, "The provider interrupted the answer: it is overloaded.") { ErrorCode = StoppedByOverload.Value }
        : null;

    /// <summary>An essential member has a type from which no answer can be made.</summary>
    public static JsonException Unexpected(string member, ref Utf8JsonReader reader) => new($"'{member}' is a {reader.TokenType}.");

    /// <summary>The failure for a text that is no answer, in words that tell what it is instead; never the text itself.</summary>
    public static AttemptFailure Malformed(ReadOnlySpan<byte> utf8, Exception exception)
    {
        ReadOnlySpan<byte> text = utf8.Trim(" \t\r\n"u8);
        if (text.IsEmpty) return CodecJson.Malformed("The answer is empty.");
        if (text[0] is (byte)'<') return CodecJson.Malformed("The answer is a page (HTML or XML), not JSON.");
        return CodecJson.Malformed("The answer cannot be read: " + CodecErrors.Trim(exception.Message));
    }
}
