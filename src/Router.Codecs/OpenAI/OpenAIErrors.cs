using System;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads errors, wherever servers put their parts; <see cref="OpenAIRefusals"/> says what they mean.</summary>
[Embedded]
internal static class OpenAIErrors
{
    /// <summary>What OpenRouter says where the provider behind it refused; what that one said is beside it.</summary>
    private const string SaidBehind = "Provider returned error";

    /// <summary>Reads the body of an answer that is not a success.</summary>
    public static AttemptFailure Read(int statusCode, ReadOnlySpan<byte> body)
    {
        ErrorBody error = Parse(body);
        string? text = error.Message ?? PlainText(body);
        string? message = statusCode is >= 300 and < 400 ? null : text;
        return Classify(statusCode, statusCode, in error, text, CodecRefusals.IsPage(body)) with { Message = CodecErrors.Describe(statusCode, message) };
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

    /// <summary>A success that holds neither an answer nor a member <c>error</c>: some servers put the error's members there.</summary>
    /// <param name="body">The body, or the data of an event.</param>
    /// <param name="lacking">The member with the answer, which it lacks.</param>
    public static AttemptFailure ReadWithout(ReadOnlySpan<byte> body, string lacking)
    {
        ErrorBody error = Parse(body);
        return error.Message is null ? CodecJson.Malformed($"The answer has no {lacking}.") : InsideSuccess(in error);
    }

    private static AttemptFailure InsideSuccess(in ErrorBody error)
    {
        // Gateways put the status that they were given into the code.
        int? status = int.TryParse(error.Code, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 400 and < 600 ? number : null;
        return Classify(status, status ?? CodecRefusals.StatusOf(error.Type) ?? CodecRefusals.StatusOf(error.Code) ?? CodecRefusals.StatusOf(error.InnerCode), in error, error.Message, isPage: false) with
        {
            Message = string.IsNullOrWhiteSpace(error.Message) ? "The answer is an error." : CodecErrors.Trim(error.Message),
        };
    }

    /// <summary>What an error means.</summary>
    /// <param name="statusCode">The status that it came with, where it came with one.</param>
    /// <param name="meant">That status, or the one that its type stands for.</param>
    /// <param name="error">The error.</param>
    /// <param name="text">What it says.</param>
    /// <param name="isPage">Whether the body was a page for people.</param>
    private static AttemptFailure Classify(int? statusCode, int? meant, in ErrorBody error, string? text, bool isPage)
    {
        var facts = new CodecRefusalFacts
        {
            Status = meant,
            Code = error.Code,
            Type = error.Type,
            InnerCode = error.InnerCode,
            Param = error.Param,
            Words = CodecRefusals.Unquoted(text),
            IsPage = isPage,
        };
        if (error.IsModerated) facts.InnerCode = "content_filter"; // OpenRouter says so in the metadata.
        CodecRefusal row = CodecRefusals.Find(OpenAIRefusals.Rows, facts);
        return new AttemptFailure(row.Kind, "")
        {
            Scope = row.Scope,
            StatusCode = statusCode,
            ErrorCode = error.Code ?? error.Type ?? error.InnerCode,
            RetryAfter = error.RetryDelay ?? (meant is 429 ? OpenAIRateLimits.WaitIn(text) : null),
            IsUnrecognized = row.IsDefault,
        };
    }

    /// <summary>Reads an error, and the one that it holds as text: gateways hand on what the provider behind them said.</summary>
    private static ErrorBody Parse(ReadOnlySpan<byte> body)
    {
        ErrorBody error = ParseOne(body);
        string? inner = error.Message == SaidBehind ? error.Raw : error.Message;
        if (string.IsNullOrWhiteSpace(inner)) return error;
        if (inner.TrimStart()[0] is not ('{' or '['))
        {
            error.Message = inner;
            return error;
        }

        ErrorBody behind = ParseOne(Encoding.UTF8.GetBytes(inner));
        error.Message = behind.Message ?? error.Message;
        error.InnerCode ??= behind.Code ?? behind.Type ?? behind.InnerCode;
        error.Param ??= behind.Param;
        error.RetryDelay ??= behind.RetryDelay;
        return error;
    }

    private static ErrorBody ParseOne(ReadOnlySpan<byte> body)
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
            // Of several, all count: a list of details has one for each.
            string? type = ReadScalar(ref reader);
            error.InnerCode ??= error.Type;
            error.Type = type ?? error.Type;
        }
        else if (OpenAIJson.Is(ref reader, "reason"u8) || OpenAIJson.Is(ref reader, "quotaId"u8))
        {
            // Google's: details: [{"reason": "API_KEY_INVALID"}], details: [{"violations": [{"quotaId": "…PerDay…"}]}].
            error.InnerCode = ReadScalar(ref reader) ?? error.InnerCode;
        }
        else if (OpenAIJson.Is(ref reader, "status"u8))
        {
            // Google's types are there; others put the number there.
            reader.Read();
            if (reader.TokenType is JsonTokenType.String) error.InnerCode ??= reader.GetString();
            else reader.Skip();
        }
        else if (OpenAIJson.Is(ref reader, "param"u8))
        {
            error.Param = ReadScalar(ref reader) ?? error.Param;
        }
        else if (OpenAIJson.Is(ref reader, "loc"u8))
        {
            error.Param ??= ReadLocation(ref reader);
        }
        else if (OpenAIJson.Is(ref reader, "details"u8) || OpenAIJson.Is(ref reader, "violations"u8) || OpenAIJson.Is(ref reader, "retryDelay"u8))
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

    /// <summary>
    /// OpenRouter's way to say that the model's moderation refused (status 403, metadata: {"reasons": ["…"], "flagged_input": "…"}),
    /// and what the provider behind it said (metadata: {"raw": "…"}).
    /// </summary>
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
            else if (OpenAIJson.Is(ref reader, "raw"u8))
            {
                error.Raw = CodecReader.ReadString(ref reader);
            }
            else
            {
                CodecReader.SkipValue(ref reader);
            }
        }
    }

    /// <summary>Where in the request an error is, as validators say it: ["body", "reasoning_effort"].</summary>
    private static string? ReadLocation(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return null;
        string? first = null;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (first is null && reader.TokenType is JsonTokenType.String && !OpenAIJson.Is(ref reader, "body"u8)) first = reader.GetString();
            else reader.Skip();
        }

        return first;
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
        public string? Param;
        public string? Raw;
        public bool IsModerated;
        public TimeSpan? RetryDelay;
    }
}
