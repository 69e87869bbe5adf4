using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads whole transcriptions.</summary>
[Embedded]
internal static class OpenAITranscriptionReply
{
    public static AttemptFailure? Read(ReadOnlySpan<byte> body, out RoutedTranscription? reply)
    {
        reply = null;
        try
        {
            Utf8JsonReader reader = OpenAIJson.Open(body);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject) return CodecJson.Malformed($"The answer is a {reader.TokenType}, not an object.");
            var transcript = new OpenAITranscript();
            transcript.Read(ref reader);
            reader.Read(); // Past the object there may be nothing: the reader throws on anything but white space.
            if (transcript.Error is { } error) return error;
            if (transcript.Text is not { } text) return OpenAIErrors.ReadWithout(body, "text");
            reply = transcript.ToTranscription(text);
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return OpenAIJson.Malformed(body, e); // InvalidOperationException: invalid UTF-8 inside a string.
        }
    }
}
