using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What APIs have in common that count the tokens of a request: they take the members that have tokens, and answer with a number.</summary>
[Embedded]
internal static class CodecCounts
{
    /// <summary>Takes a request out of its body, which is then empty.</summary>
    public static byte[] Take(RequestWriter body)
    {
        byte[] request = body.WrittenMemory.ToArray();
        body.Rewind();
        return request;
    }

    /// <summary>Writes the members of a request that have tokens.</summary>
    /// <param name="json">A writer inside an object.</param>
    /// <param name="request">The request, an object that a codec has written.</param>
    /// <param name="members">The members' names; empty for all.</param>
    public static void WriteMembers(Utf8JsonWriter json, ReadOnlySpan<byte> request, params ReadOnlySpan<string> members)
    {
        var reader = new Utf8JsonReader(request);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            ReadOnlySpan<byte> value = CodecReader.ReadRaw(ref reader, request);
            if (members.Length > 0 && members.IndexOf(name) < 0) continue;
            json.WritePropertyName(name);
            json.WriteRawValue(value, skipInputValidation: true);
        }
    }

    /// <summary>Reads an answer.</summary>
    /// <param name="body">The body, which may be anything.</param>
    /// <param name="member">The member with the number.</param>
    /// <param name="tokens">The number.</param>
    public static AttemptFailure? Read(ReadOnlySpan<byte> body, ReadOnlySpan<byte> member, out long tokens)
    {
        tokens = 0;
        long? count = null;
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            if (reader.TokenType is not JsonTokenType.StartObject) return CodecErrors.Unreadable(body);
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals(member)) count = CodecReader.ReadCount(ref reader);
                else CodecReader.SkipValue(ref reader);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return CodecErrors.Unreadable(body); // InvalidOperationException: invalid UTF-8 inside a string.
        }

        tokens = count ?? 0;
        return count is null ? CodecJson.Malformed("The answer has no number of tokens.") : null;
    }
}
