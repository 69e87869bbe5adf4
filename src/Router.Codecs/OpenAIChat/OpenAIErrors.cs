using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// What an error means: by its code or type where that says it, then by phrases in the message of a rejected request, then by
/// the status. Tables, so that a new provider's word is one line.
/// </summary>
[Embedded]
internal static class OpenAIErrors
{
    private const StringComparison Ignoring = StringComparison.OrdinalIgnoreCase;

    /// <summary>Codes and types that say what happened whatever the status is; the first that fits counts.</summary>
    private static readonly (string Code, FailureKind Kind)[] Codes =
    [
        ("insufficient_quota", FailureKind.QuotaExhausted),
        ("credit_balance_exhausted", FailureKind.QuotaExhausted),
        ("organization_spend_limit_exceeded", FailureKind.QuotaExhausted),
        ("project_spend_limit_exceeded", FailureKind.QuotaExhausted),
        ("organization_usage_limit_exceeded", FailureKind.QuotaExhausted),
        ("billing_hard_limit_reached", FailureKind.QuotaExhausted),
        ("billing_not_active", FailureKind.QuotaExhausted),
        ("context_length_exceeded", FailureKind.ContextWindowExceeded),
        ("exceed_context_size_error", FailureKind.ContextWindowExceeded), // llama.cpp
        ("content_filter", FailureKind.ContentFiltered),
        ("content_policy_violation", FailureKind.ContentFiltered),
        ("ResponsibleAIPolicyViolation", FailureKind.ContentFiltered), // Azure
        ("data_inspection_failed", FailureKind.ContentFiltered), // Alibaba
        ("model_not_found", FailureKind.ModelNotFound),
        ("DeploymentNotFound", FailureKind.ModelNotFound), // Azure
        ("model_decommissioned", FailureKind.ModelNotFound), // Groq, with status 400
        ("invalid_model", FailureKind.ModelNotFound), // Mistral, with status 400
        ("rate_limit_exceeded", FailureKind.RateLimited),
        ("slow_down", FailureKind.RateLimited),
        ("server_is_overloaded", FailureKind.Overloaded),
        ("invalid_api_key", FailureKind.AuthenticationFailed),
    ];

    /// <summary>Types that are too coarse to overrule a status; for errors that come without one, inside a success.</summary>
    private static readonly (string Type, FailureKind Kind)[] Types =
    [
        ("invalid_request_error", FailureKind.InvalidRequest),
        ("BadRequestError", FailureKind.InvalidRequest), // vLLM
        ("rate_limit_error", FailureKind.RateLimited),
        ("requests", FailureKind.RateLimited),
        ("tokens", FailureKind.RateLimited),
        ("authentication_error", FailureKind.AuthenticationFailed),
        ("permission_error", FailureKind.AuthenticationFailed),
        ("not_found_error", FailureKind.ModelNotFound),
        ("NotFoundError", FailureKind.ModelNotFound), // vLLM
        ("timeout_error", FailureKind.Timeout),
        ("timeout", FailureKind.Timeout),
        ("server_error", FailureKind.Overloaded),
        ("api_error", FailureKind.Overloaded),
        ("internal_error", FailureKind.Overloaded),
        ("internal_server_error", FailureKind.Overloaded),
        ("InternalServerError", FailureKind.Overloaded),
        ("overloaded_error", FailureKind.Overloaded),
        ("service_unavailable", FailureKind.Overloaded),
    ];

    /// <summary>
    /// How servers say that a request is too long, where they have no code for it. Looked for only in what would otherwise be an
    /// invalid request: such a message may quote the caller's own text, so no phrase may be here that blames the deployment.
    /// </summary>
    private static readonly string[] TooLong =
    [
        "context length",
        "context window",
        "context limit",
        "context size",
        "maximum prompt length",
        "prompt is too long",
        "input is too long",
        "too many tokens",
        "exceeds the maximum number of tokens",
        "reduce the length of the messages",
    ];

    /// <summary>How a message starts that rejects the key although the status is 400. Only the start: what follows may be the caller's.</summary>
    private static readonly string[] KeyRejected = ["Incorrect API key provided", "Invalid API key", "API key not valid"];

    /// <summary>Reads the body of an answer that is not a success.</summary>
    public static AttemptFailure Read(int statusCode, ReadOnlySpan<byte> body)
    {
        ErrorBody error = Parse(body);
        string? message = statusCode is >= 300 and < 400 ? null : error.Message ?? PlainText(body);
        return new AttemptFailure(Classify(statusCode, in error), CodecErrors.Describe(statusCode, message))
        {
            StatusCode = statusCode,
            ErrorCode = error.Code ?? error.Type,
            RetryAfter = error.RetryDelay,
        };
    }

    /// <summary>Steps to the value of a member <c>error</c> inside a success or a stream.</summary>
    /// <returns>Null where it holds none.</returns>
    public static AttemptFailure? ReadMember(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null or JsonTokenType.False) return null;
        if (reader.TokenType is JsonTokenType.String && reader.ValueSpan.IsEmpty) return null;
        var error = new ErrorBody();
        ReadValue(ref reader, ref error);
        return InsideSuccess(in error);
    }

    /// <summary>A success that holds neither choices nor a member <c>error</c>: some servers put the error's members there.</summary>
    public static AttemptFailure ReadWithoutChoices(ReadOnlySpan<byte> body)
    {
        ErrorBody error = Parse(body);
        return error.Message is null ? CodecJson.Malformed("The answer has no choices.") : InsideSuccess(in error);
    }

    private static AttemptFailure InsideSuccess(in ErrorBody error)
    {
        // Gateways put the status that they were given into the code.
        int? status = int.TryParse(error.Code, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 400 and < 600 ? number : null;
        string message = string.IsNullOrWhiteSpace(error.Message) ? "The answer is an error." : CodecErrors.Trim(error.Message);
        return new AttemptFailure(Classify(status, in error), message) { StatusCode = status, ErrorCode = error.Code ?? error.Type, RetryAfter = error.RetryDelay };
    }

    private static FailureKind Classify(int? statusCode, in ErrorBody error)
    {
        foreach ((string code, FailureKind kind) in Codes)
        {
            if (code.Equals(error.Code, Ignoring) || code.Equals(error.Type, Ignoring) || code.Equals(error.InnerCode, Ignoring)) return kind;
        }

        if (error.IsModerated) return FailureKind.ContentFiltered;
        FailureKind general = statusCode is { } status ? CodecErrors.FromStatus(status) : FromType(error.Type ?? error.Code);
        if (error.Message is not { } message || general is not (FailureKind.InvalidRequest or FailureKind.InvalidResponse)) return general;
        foreach (string phrase in TooLong)
        {
            if (message.Contains(phrase, Ignoring)) return FailureKind.ContextWindowExceeded;
        }

        foreach (string start in KeyRejected)
        {
            if (message.StartsWith(start, Ignoring)) return FailureKind.AuthenticationFailed;
        }

        return general;
    }

    private static FailureKind FromType(string? type)
    {
        foreach ((string known, FailureKind kind) in Types)
        {
            if (known.Equals(type, Ignoring)) return kind;
        }

        return FailureKind.InvalidResponse;
    }

    private static ErrorBody Parse(ReadOnlySpan<byte> body)
    {
        var error = new ErrorBody();
        try
        {
            Utf8JsonReader reader = OpenAIJson.Open(body);
            reader.Read();
            ReadValue(ref reader, ref error);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or cut off: what could be read of it counts.
        }

        return error;
    }

    /// <summary>Reads an error that the reader stands on: an object with any of the members that servers use, an array of such, or a text.</summary>
    private static void ReadValue(ref Utf8JsonReader reader, ref ErrorBody error)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                error.Message ??= reader.GetString();
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray) ReadValue(ref reader, ref error);
                break;
            case JsonTokenType.StartObject:
                while (OpenAIJson.NextMember(ref reader)) ReadErrorMember(ref reader, ref error);
                break;
        }
    }

    private static void ReadErrorMember(ref Utf8JsonReader reader, ref ErrorBody error)
    {
        if (OpenAIJson.Is(ref reader, "message"u8) || OpenAIJson.Is(ref reader, "detail"u8) || OpenAIJson.Is(ref reader, "msg"u8))
        {
            reader.Read();
            ReadValue(ref reader, ref error);
        }
        else if (OpenAIJson.Is(ref reader, "error"u8) || OpenAIJson.Is(ref reader, "errors"u8))
        {
            reader.Read();
            ReadValue(ref reader, ref error);
        }
        else if (OpenAIJson.Is(ref reader, "code"u8))
        {
            error.Code = ReadScalar(ref reader) ?? error.Code;
        }
        else if (OpenAIJson.Is(ref reader, "type"u8))
        {
            error.Type = ReadScalar(ref reader) ?? error.Type;
        }
        else if (OpenAIJson.Is(ref reader, "details"u8) || OpenAIJson.Is(ref reader, "retryDelay"u8))
        {
            // Google's way to say Retry-After: details: [{"@type": "…RetryInfo", "retryDelay": "46s"}].
            bool isDelay = OpenAIJson.Is(ref reader, "retryDelay"u8);
            reader.Read();
            if (isDelay && reader.TokenType is JsonTokenType.String) error.RetryDelay = OpenAIRateLimits.ParseDuration(reader.GetString());
            else if (!isDelay) ReadValue(ref reader, ref error);
            else reader.Skip();
        }
        else if (OpenAIJson.Is(ref reader, "innererror"u8))
        {
            ReadInnerError(ref reader, ref error);
        }
        else if (OpenAIJson.Is(ref reader, "metadata"u8))
        {
            ReadMetadata(ref reader, ref error);
        }
        else
        {
            CodecReader.SkipValue(ref reader);
        }
    }

    private static void ReadInnerError(ref Utf8JsonReader reader, ref ErrorBody error)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "code"u8))
            {
                error.InnerCode = ReadScalar(ref reader);
            }
            else
            {
                CodecReader.SkipValue(ref reader);
            }
        }
    }

    /// <summary>OpenRouter's way to say that the model's moderation refused: status 403, metadata: {"reasons": ["…"], "flagged_input": "…"}.</summary>
    private static void ReadMetadata(ref Utf8JsonReader reader, ref ErrorBody error)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "flagged_input"u8))
            {
                error.IsModerated |= CodecReader.ReadString(ref reader) is not null;
            }
            else if (OpenAIJson.Is(ref reader, "reasons"u8))
            {
                if (!CodecReader.EntersArray(ref reader)) continue;
                error.IsModerated = true;
                while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray) reader.Skip();
            }
            else
            {
                CodecReader.SkipValue(ref reader);
            }
        }
    }

    private static string? ReadScalar(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String when reader.GetString() is { Length: > 0 } text:
                return text;
            case JsonTokenType.Number:
                return Encoding.ASCII.GetString(reader.ValueSpan);
            default:
                reader.Skip();
                return null;
        }
    }

    /// <summary>A short body that is neither JSON nor a page, such as a proxy's one line.</summary>
    private static string? PlainText(ReadOnlySpan<byte> body)
    {
        body = body.Trim(" \t\r\n"u8);
        bool plain = body.Length is > 0 and <= 200 && body[0] is not ((byte)'<' or (byte)'{' or (byte)'[') && body.IndexOfAnyInRange((byte)0, (byte)31) < 0;
        return plain ? Encoding.UTF8.GetString(body) : null;
    }

    private struct ErrorBody
    {
        public string? Message;
        public string? Code;
        public string? Type;
        public string? InnerCode;
        public bool IsModerated;
        public TimeSpan? RetryDelay;
    }
}
