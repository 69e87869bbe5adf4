using System;
using System.Globalization;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>The object <c>error</c>, as far as it could be read.</summary>
[Embedded]
internal struct GeminiError
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
