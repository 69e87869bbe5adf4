using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>How a failure is put into words; the same in each dialect.</summary>
[Embedded]
internal static class CodecErrors
{
    /// <summary>The most of a provider's message that is kept, in characters.</summary>
    internal const int MaxMessageLength = 500;

    /// <summary>The provider's message, trimmed to <see cref="MaxMessageLength"/>; words for the status where there is none.</summary>
    /// <param name="statusCode">The HTTP status code.</param>
    /// <param name="providerMessage">The message from the body; null or blank where the body has none.</param>
    internal static string Describe(int statusCode, string? providerMessage)
    {
        return string.IsNullOrWhiteSpace(providerMessage)
            ? FormattableString.Invariant($"The provider answered with status {statusCode}: {Words(statusCode)}.")
            : Trim(providerMessage);
    }

    /// <summary>The same for an error that may stand inside an answer, where it has no status.</summary>
    internal static string Describe(int? statusCode, string? providerMessage) =>
        statusCode is { } status ? Describe(status, providerMessage)
        : string.IsNullOrWhiteSpace(providerMessage) ? "The provider reported an error inside its answer."
        : Trim(providerMessage);

    /// <summary>Returns the text of one member of an error's object; null where the body is none, or says it otherwise.</summary>
    /// <param name="body">The body, which may be anything.</param>
    /// <param name="member">The member's name.</param>
    internal static string? ReadMember(ReadOnlySpan<byte> body, ReadOnlySpan<byte> member)
    {
        string? text = null;
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            if (reader.TokenType is not JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals(member)) text = CodecReader.ReadString(ref reader) ?? text;
                else CodecReader.SkipValue(ref reader);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or cut off: what could be read of it counts. InvalidOperationException: invalid UTF-8 inside a string.
        }

        return text;
    }

    /// <summary>What an error means that says so in words alone.</summary>
    /// <param name="rows">The dialect's refusals.</param>
    /// <param name="statusCode">The status that it came with; null inside an answer that had begun as a success.</param>
    /// <param name="message">What it says; null where it says nothing.</param>
    /// <param name="isPage">Whether the body was a page for people.</param>
    internal static AttemptFailure Classify(CodecRefusal[] rows, int? statusCode, string? message, bool isPage)
    {
        CodecRefusal row = CodecRefusals.Find(rows, new CodecRefusalFacts { Status = statusCode, Words = CodecRefusals.Unquoted(message), IsPage = isPage });
        return new AttemptFailure(row.Kind, Describe(statusCode, message)) { Scope = row.Scope, StatusCode = statusCode, IsUnrecognized = row.IsDefault };
    }

    /// <summary>Why a body that was to be an answer cannot be read.</summary>
    internal static AttemptFailure Unreadable(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> start = body.TrimStart(" \t\r\n"u8);
        return CodecJson.Malformed(
            start.IsEmpty ? "The answer is empty."
            : start[0] is (byte)'<' ? "The answer is HTML or XML, not JSON."
            : "The answer is not valid JSON, or was cut.");
    }

    /// <summary>A text from a provider, trimmed to <see cref="MaxMessageLength"/>.</summary>
    internal static string Trim(string message)
    {
        message = message.Trim();
        if (message.Length <= MaxMessageLength) return message;
        int end = MaxMessageLength - 1;
        if (char.IsHighSurrogate(message[end - 1])) end--;
        return string.Concat(message.AsSpan(0, end), "…");
    }

    private static string Words(int statusCode) => statusCode switch
    {
        401 => "the key is missing or wrong",
        402 => "payment is required",
        403 => "the key may not do this",
        404 => "there is no such model or path",
        408 => "the request took too long",
        413 => "the request is too large",
        429 => "too many requests",
        503 or 529 => "it is overloaded",
        504 => "a gateway waited too long",
        >= 300 and < 400 => "the redirect was not followed",
        >= 400 and < 500 => "it rejected the request",
        >= 500 => "it failed",
        _ => "not an answer",
    };
}
