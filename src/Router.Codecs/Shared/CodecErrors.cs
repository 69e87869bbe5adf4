using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What an answer means by its status alone, and how a failure is put into words; the same in each dialect.</summary>
[Embedded]
internal static class CodecErrors
{
    /// <summary>The most of a provider's message that is kept, in characters.</summary>
    internal const int MaxMessageLength = 500;

    /// <summary>What an HTTP status that is not a success means, where the body does not say it better.</summary>
    internal static FailureKind FromStatus(int statusCode) => statusCode switch
    {
        401 or 403 or 407 => FailureKind.AuthenticationFailed,
        402 => FailureKind.QuotaExhausted,
        // 405: the path is there, but it is no chat endpoint. 410: some hosts say it of a retired model.
        404 or 405 or 410 => FailureKind.ModelNotFound,
        408 or 504 => FailureKind.Timeout,
        // 409: the provider could not get hold of something in time. 424: the model behind it failed. Neither is the request's fault.
        409 or 424 => FailureKind.Overloaded,
        429 => FailureKind.RateLimited,
        >= 400 and < 500 => FailureKind.InvalidRequest,
        >= 500 => FailureKind.Overloaded,
        // A redirect is not followed: the key belongs to the deployment's own origin.
        _ => FailureKind.InvalidResponse,
    };

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
