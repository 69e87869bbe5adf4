using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What an error means: by its type, where that says enough; by its words, where one type stands for much; else by the status.</summary>
[Embedded]
internal static class AnthropicErrors
{
    private static readonly (string Phrase, FailureKind Kind)[] Phrases =
    [
        ("prompt is too long", FailureKind.ContextWindowExceeded),
        ("exceed context limit", FailureKind.ContextWindowExceeded),
        ("credit balance is too low", FailureKind.QuotaExhausted),
        ("reached your specified API usage limits", FailureKind.QuotaExhausted),
        ("organization has been disabled", FailureKind.AuthenticationFailed),
        ("content filtering policy", FailureKind.ContentFiltered),
    ];

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

        return Classify(statusCode, error);
    }

    /// <summary>What an error means.</summary>
    /// <param name="statusCode">The status that it came with; null inside an answer that had begun as a success.</param>
    /// <param name="error">The error.</param>
    public static AttemptFailure Classify(int? statusCode, in AnthropicError error)
    {
        FailureKind kind = FailureKind.None;
        if (error.Type is "invalid_request_error" || statusCode is 400 or 413) kind = KindOfPhrase(error.Message);
        if (kind is FailureKind.None) kind = KindOfType(error);
        if (kind is FailureKind.None) kind = statusCode is { } status ? CodecErrors.FromStatus(status) : FailureKind.InvalidResponse;
        return new AttemptFailure(kind, Describe(statusCode, error)) { StatusCode = statusCode, ErrorCode = error.Type };
    }

    private static FailureKind KindOfType(in AnthropicError error) => error.Type switch
    {
        "invalid_request_error" or "request_too_large" => FailureKind.InvalidRequest,
        "authentication_error" or "permission_error" => FailureKind.AuthenticationFailed,
        "billing_error" => FailureKind.QuotaExhausted,
        "not_found_error" => FailureKind.ModelNotFound,
        "rate_limit_error" when error.DetailCode is "enforced_spend_limit_reached" => FailureKind.QuotaExhausted,
        "rate_limit_error" => FailureKind.RateLimited,
        "timeout_error" => FailureKind.Timeout,
        "api_error" or "overloaded_error" => FailureKind.Overloaded,
        _ => FailureKind.None,
    };

    private static FailureKind KindOfPhrase(string? message)
    {
        if (message is null) return FailureKind.None;
        foreach ((string phrase, FailureKind kind) in Phrases)
        {
            if (message.Contains(phrase, StringComparison.OrdinalIgnoreCase)) return kind;
        }

        return FailureKind.None;
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
