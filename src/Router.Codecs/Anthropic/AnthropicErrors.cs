using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What an error means: by its type, where that says enough; by its words, where one type stands for much; else by the status.</summary>
[Embedded]
internal static class AnthropicErrors
{
    /// <summary>Reads the body that came with a status other than 2xx.</summary>
    public static AttemptFailure Read(int statusCode, ReadOnlySpan<byte> body)
    {
        AnthropicError error = default;
        try
        {
            error = ReadBody(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Whatever it is, it is not the API's own error; the status must do.
        }

        // Vertex AI answers in Google's form what Claude itself does not come to see.
        if (error.Type is null && GoogleError.ReadBody(body) is ({ Status: not null } or { Code: not null }) and var google) return google.Classify(GoogleRefusals.Rows, statusCode);
        return Classify(statusCode, error, CodecRefusals.IsPage(body));
    }

    /// <summary>What an error means.</summary>
    /// <param name="statusCode">The status that it came with; null inside an answer that had begun as a success.</param>
    /// <param name="error">The error.</param>
    /// <param name="isPage">Whether the body was a page for people.</param>
    public static AttemptFailure Classify(int? statusCode, in AnthropicError error, bool isPage = false)
    {
        // A type of the API's own is more exact than a status, which a proxy may have set; but one stands for much.
        CodecRefusal row = CodecRefusals.Find(AnthropicRefusals.Rows, new CodecRefusalFacts
        {
            Status = error.Type is "invalid_request_error" ? statusCode ?? 400 : CodecRefusals.StatusOf(error.Type) ?? statusCode,
            Type = error.Type,
            InnerCode = error.DetailCode,
            Words = CodecRefusals.Unquoted(error.Message),
            IsPage = isPage,
        });
        return new AttemptFailure(row.Kind, Describe(statusCode, error))
        {
            Scope = row.Scope,
            StatusCode = statusCode,
            ErrorCode = error.DetailCode ?? error.Type,
            IsUnrecognized = row.IsDefault,
        };
    }

    private static string Describe(int? statusCode, in AnthropicError error)
    {
        if (statusCode is { } status) return CodecErrors.Describe(status, error.Message);
        if (!string.IsNullOrWhiteSpace(error.Message)) return CodecErrors.Trim(error.Message);
        return error.Type is { } type
            ? CodecErrors.Trim($"The provider reported an error of type '{type}' inside its answer.")
            : "The provider reported an error inside its answer.";
    }

    private static AnthropicError ReadBody(ReadOnlySpan<byte> body)
    {
        AnthropicError error = default;
        var reader = new Utf8JsonReader(body);
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject) return error;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("error"u8)) CodecReader.SkipValue(ref reader);
            else if (CodecReader.EntersObject(ref reader)) error = AnthropicError.Read(ref reader);
        }

        return error;
    }
}
