using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What an error means: by the reason that its details name, by its words, else by its status.</summary>
[Embedded]
internal static class GeminiErrors
{
    /// <summary>Reads the body that came with a status other than 2xx: an error, or an array with one, which streams that are no server-sent events send.</summary>
    public static AttemptFailure Read(int statusCode, ReadOnlySpan<byte> body)
    {
        var error = new GeminiError();
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartArray) reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject) ReadBody(ref reader, ref error);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Whatever it is, it is not the API's own error, or was cut; the status, and what could be read, must do.
        }

        return Classify(statusCode, error, CodecRefusals.IsPage(body));
    }

    /// <summary>What an error means.</summary>
    /// <param name="statusCode">The status that it came with; null inside an answer that had begun as a success.</param>
    /// <param name="error">The error.</param>
    /// <param name="isPage">Whether the body was a page for people.</param>
    public static AttemptFailure Classify(int? statusCode, in GeminiError error, bool isPage = false)
    {
        CodecRefusal row = CodecRefusals.Find(GeminiRefusals.Rows, new CodecRefusalFacts
        {
            Status = statusCode ?? error.Code ?? CodecRefusals.StatusOf(error.Status),
            Type = error.Status,
            InnerCode = error.Reason,
            Words = CodecRefusals.Unquoted(error.Message),
            IsPage = isPage,
        });
        return new AttemptFailure(row.Kind, CodecErrors.Describe(statusCode, statusCode is >= 300 and < 400 ? null : error.Message))
        {
            Scope = row.Scope,
            StatusCode = statusCode,
            ErrorCode = error.Reason ?? error.Status,
            RetryAfter = error.RetryDelay,
            IsUnrecognized = row.IsDefault,
        };
    }

    private static void ReadBody(scoped ref Utf8JsonReader reader, ref GeminiError error)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("error"u8)) CodecReader.SkipValue(ref reader);
            else if (CodecReader.EntersObject(ref reader)) error.Read(ref reader);
        }
    }
}
