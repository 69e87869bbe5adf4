using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What an error means: by its status, its type where that is known, and its words.</summary>
[Embedded]
internal static class BedrockErrors
{
    /// <summary>What stands in front of the words of the model's own API.</summary>
    private const string OfModel = "The model returned the following errors:";

    /// <summary>The status for which a type stands, where an error comes without one, inside a stream.</summary>
    private static readonly Dictionary<string, int> StatusOfType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["validationException"] = 400,
        ["serviceQuotaExceededException"] = 400,
        ["accessDeniedException"] = 403,
        ["resourceNotFoundException"] = 404,
        ["modelTimeoutException"] = 408,
        ["modelErrorException"] = 424,
        ["modelStreamErrorException"] = 424,
        ["throttlingException"] = 429,
        ["modelNotReadyException"] = 429,
        ["internalServerException"] = 500,
        ["internalFailure"] = 500,
        ["internalServerError"] = 500,
        ["serviceUnavailableException"] = 503,
        ["serviceUnavailable"] = 503,
    };

    /// <summary>Reads the body that came with a status other than 2xx.</summary>
    public static AttemptFailure Read(int statusCode, ReadOnlySpan<byte> body) => Classify(statusCode, TryRead(body), CodecRefusals.IsPage(body));

    /// <summary>Reads an error inside a stream.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="data">Its payload, or its words.</param>
    public static AttemptFailure ReadInStream(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        BedrockError error = TryRead(data);
        string? words = error.Message ?? (data.IsEmpty || data[0] is (byte)'{' ? null : Encoding.UTF8.GetString(data));
        return Classify(null, new BedrockError(type.IsEmpty ? error.Type : BedrockError.TypeOf(Encoding.UTF8.GetString(type)), words));
    }

    /// <summary>What an error means.</summary>
    /// <param name="statusCode">The status that it came with; null inside an answer that had begun as a success.</param>
    /// <param name="error">The error.</param>
    /// <param name="isPage">Whether the body was a page for people.</param>
    public static AttemptFailure Classify(int? statusCode, in BedrockError error, bool isPage = false)
    {
        CodecRefusal row = CodecRefusals.Find(BedrockRefusals.Rows, new CodecRefusalFacts
        {
            Status = statusCode ?? (error.Type is { } named && StatusOfType.TryGetValue(named, out int status) ? status : null),
            Type = error.Type,
            Words = WordsOf(error.Message),
            IsPage = isPage,
        });
        return new AttemptFailure(row.Kind, Describe(statusCode, error))
        {
            Scope = row.Scope,
            StatusCode = statusCode,
            ErrorCode = error.Type,
            IsUnrecognized = row.IsDefault,
        };
    }

    private static BedrockError TryRead(ReadOnlySpan<byte> body)
    {
        try
        {
            return BedrockError.Read(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return default; // Whatever it is, it is not the API's own error; the status must do.
        }
    }

    /// <summary>The message without what it quotes, with plain apostrophes, and from where the model's own API speaks.</summary>
    private static string? WordsOf(string? message)
    {
        if (message is null) return null;
        string words = CodecRefusals.Unquoted(message)!.Replace('\u2019', '\'').Trim();
        return words.StartsWith(OfModel, StringComparison.OrdinalIgnoreCase) ? words[OfModel.Length..].TrimStart() : words;
    }

    private static string Describe(int? statusCode, in BedrockError error)
    {
        if (statusCode is { } status) return CodecErrors.Describe(status, error.Message);
        if (!string.IsNullOrWhiteSpace(error.Message)) return CodecErrors.Trim(error.Message);
        return error.Type is { } type
            ? CodecErrors.Trim($"The provider reported an error of type '{type}' inside its answer.")
            : "The provider reported an error inside its answer.";
    }
}
