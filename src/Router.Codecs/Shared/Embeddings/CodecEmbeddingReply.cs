using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>How answers with vectors are read: forward, whatever bytes they are.</summary>
[Embedded]
internal static class CodecEmbeddingReply
{
    /// <summary>Reads the members of an answer's object.</summary>
    /// <param name="reader">A reader on the object's first member, which it leaves behind the object.</param>
    /// <param name="vectors">Takes the vectors.</param>
    /// <returns>Null, or why the answer is none.</returns>
    public delegate AttemptFailure? MemberReader(ref Utf8JsonReader reader, EmbeddingVectors vectors);

    /// <summary>Reads an answer.</summary>
    /// <param name="body">The body, complete.</param>
    /// <param name="vectors">Takes the vectors.</param>
    /// <param name="readMembers">Reads the members of the dialect.</param>
    public static AttemptFailure? Read(ReadOnlySpan<byte> body, EmbeddingVectors vectors, MemberReader readMembers)
    {
        try
        {
            var reader = new Utf8JsonReader(body.StartsWith("\uFEFF"u8) ? body[3..] : body);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject) return CodecJson.Malformed($"The answer is a {reader.TokenType}, not an object.");
            if (readMembers(ref reader, vectors) is { } failure) return failure;
            reader.Read(); // Past the object there may be nothing: the reader throws on anything but white space.
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return CodecJson.Malformed("The answer cannot be read: " + CodecErrors.Trim(e.Message)); // InvalidOperationException: invalid UTF-8 inside a string.
        }
    }

    /// <summary>Returns what was counted of a request; null where nothing was.</summary>
    public static UsageDetails? UsageOf(long? input) => input is null ? null : new UsageDetails { InputTokenCount = input, TotalTokenCount = input };
}
