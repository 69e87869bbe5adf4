using System;
using Microsoft.CodeAnalysis;

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
