using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>How whole answers are read: forward, whatever bytes they are.</summary>
[Embedded]
internal static class CodecReply
{
    /// <summary>Reads the members of an answer's object.</summary>
    /// <typeparam name="T">What takes them.</typeparam>
    /// <param name="reader">A reader on the object's start, which it leaves on its end.</param>
    /// <param name="results">Takes what the members hold.</param>
    /// <returns>Null, or why the answer is none.</returns>
    public delegate AttemptFailure? MemberReader<T>(ref Utf8JsonReader reader, T results);

    /// <summary>Reads an answer.</summary>
    /// <param name="body">The body, complete.</param>
    /// <param name="results">Takes what the answer holds.</param>
    /// <param name="readMembers">Reads the members of the dialect.</param>
    public static AttemptFailure? Read<T>(ReadOnlySpan<byte> body, T results, MemberReader<T> readMembers)
    {
        try
        {
            var reader = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject) return CodecJson.Malformed($"The answer is a {reader.TokenType}, not an object.");
            if (readMembers(ref reader, results) is { } failure) return failure;
            reader.Read(); // Past the object there may be nothing: the reader throws on anything but white space.
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return CodecJson.Malformed("The answer cannot be read: " + CodecErrors.Trim(e.Message)); // InvalidOperationException: invalid UTF-8 inside a string.
        }
    }
}
