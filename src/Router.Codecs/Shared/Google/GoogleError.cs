using System;
using System.Globalization;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>The object <c>error</c> as Google's APIs have it, in whatever dialect they are asked, as far as it could be read.</summary>
[Embedded]
internal struct GoogleError
{
    /// <summary>The HTTP status, which the API repeats; null where it does not.</summary>
    public int? Code { get; private set; }

    /// <summary>The status of Google's RPC system, for example <c>RESOURCE_EXHAUSTED</c>.</summary>
    public string? Status { get; private set; }

    public string? Message { get; private set; }

    /// <summary>What the details name: the reason (<c>ErrorInfo</c>) or the quota that was exceeded (<c>QuotaFailure</c>), of several that of a day.</summary>
    public string? Reason { get; private set; }

    /// <summary>How long to wait (<c>RetryInfo</c>); null where it is not said.</summary>
    public TimeSpan? RetryDelay { get; private set; }

    /// <summary>Reads a body, which may be anything: an error, or an array with one, which streams that are no server-sent events send.</summary>
    public static GoogleError ReadBody(ReadOnlySpan<byte> body)
    {
        var error = new GoogleError();
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartArray) reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject) error.ReadMembers(ref reader);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Whatever it is, it is not the API's own error, or was cut; the status, and what could be read, must do.
        }

        return error;
    }

    private void ReadMembers(scoped ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("error"u8)) CodecReader.SkipValue(ref reader);
            else if (CodecReader.EntersObject(ref reader)) Read(ref reader);
        }
    }

    /// <summary>Says what the error means: by the reason that its details name, by its words, else by its status.</summary>
    /// <param name="rows">The dialect's refusals.</param>
    /// <param name="statusCode">The status that it came with; null inside an answer that had begun as a success.</param>
    /// <param name="isPage">Whether the body was a page for people.</param>
    public readonly AttemptFailure Classify(CodecRefusal[] rows, int? statusCode, bool isPage = false)
    {
        CodecRefusal row = CodecRefusals.Find(rows, new CodecRefusalFacts
        {
            Status = statusCode ?? Code ?? CodecRefusals.StatusOf(Status),
            Type = Status,
            InnerCode = Reason,
            Words = CodecRefusals.Unquoted(Message),
            IsPage = isPage,
        });
        return new AttemptFailure(row.Kind, CodecErrors.Describe(statusCode, statusCode is >= 300 and < 400 ? null : Message))
        {
            Scope = row.Scope,
            StatusCode = statusCode,
            ErrorCode = Reason ?? Status,
            RetryAfter = RetryDelay,
            IsUnrecognized = row.IsDefault,
        };
    }

    /// <summary>Reads the object that the reader stands in.</summary>
    public void Read(scoped ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("code"u8)) Code = CodecReader.ReadCount(ref reader) is { } code and >= 400 and < 600 ? (int)code : Code;
            else if (reader.ValueTextEquals("status"u8)) Status = CodecReader.ReadString(ref reader) ?? Status;
            else if (reader.ValueTextEquals("message"u8)) Message = CodecReader.ReadString(ref reader) ?? Message;
            else if (reader.ValueTextEquals("details"u8)) ReadDetails(ref reader);
            else CodecReader.SkipValue(ref reader);
        }
    }

    /// <summary>Steps to the value of <c>details</c>, or of the <c>violations</c> within.</summary>
    private void ReadDetails(scoped ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        while (CodecReader.NextObject(ref reader))
        {
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("reason"u8) || reader.ValueTextEquals("quotaId"u8)) NoteReason(CodecReader.ReadString(ref reader));
                else if (reader.ValueTextEquals("violations"u8)) ReadDetails(ref reader);
                else if (reader.ValueTextEquals("retryDelay"u8)) RetryDelay = ParseDelay(CodecReader.ReadString(ref reader)) ?? RetryDelay;
                else CodecReader.SkipValue(ref reader);
            }
        }
    }

    /// <summary>Of several quotas the one that lasts longest counts: a minute's ends long before a day's does.</summary>
    private void NoteReason(string? reason)
    {
        if (string.IsNullOrEmpty(reason) || Reason?.Contains("PerDay", StringComparison.OrdinalIgnoreCase) is true) return;
        Reason = reason;
    }

    /// <summary>Reads a duration as Google's JSON has it: seconds, also broken ones, and an <c>s</c>.</summary>
    private static TimeSpan? ParseDelay(ReadOnlySpan<char> text) =>
        text is [.. var seconds, 's'] && double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(value)
            : null;
}
