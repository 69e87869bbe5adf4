using System;
using System.Collections.Generic;
using System.Text;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>
/// What a refusal means: the rows of the dialect, then the words that all dialects share, then the status. The page
/// docs/routing.md shows all of them, and a test holds it to this.
/// </summary>
[Embedded]
internal static class CodecRefusals
{
    /// <summary>Statuses with which a provider refuses what a request holds.</summary>
    private const string OfRequests = "400 406 413 415 422 501";

    /// <summary>What providers say in words, whatever dialect they speak; asked when no row of the dialect matches.</summary>
    public static readonly CodecRefusal[] Words =
    [
        // The request itself. These go first: some of them mention what the model supports.
        new(FailureKind.InvalidRequest)
        {
            Statuses = "400 422",
            Phrases =
            [
                "roles must alternate", "field required", "missing required", "could not parse the json", "is not valid json", "invalid json", "non-empty content", "must be non-empty",
                "must be followed by tool", "must be a response to a prec", "ids were found without",
            ],
        },

        // The window. What exceeds it goes to a larger one.
        new(FailureKind.ContextWindowExceeded)
        {
            Statuses = "400 403 413 422",
            Phrases =
            [
                "context length", "context window", "context limit", "context size", "maximum prompt length", "prompt is too long", "input is too long", "too many tokens",
                "exceeds the maximum number of tokens", "reduce the length of the messages", "range of input length", "input token count", "maximum input length",
            ],
        },

        // This request at this model. It blames nothing: at the worst another deployment refuses the request as well.
        new(FailureKind.Unsupported)
        {
            Statuses = OfRequests,
            Phrases =
            [
                "not support", "n't support", "unsupported", "this model", "selected model", "supports only", "only supports", "only supported", "supports at most", "not allowed for", "not enabled for", "not available for", "not compatible",
                "not permitted", "unrecognized request argument", "unrecognized argument", "unknown parameter", "unknown field", "unknown name", "unexpected keyword", "multimodal", "does not match pattern", "should match pattern",
                "cannot be used with", "cannot both be", "may only be set", "maximum allowed", "maximum number of", "max allowed", "exceeds the maximum", "above maximum value", "too large", "^too many", "^at most",
                "invalid schema for", "--enable-auto-tool-choice", "must be passed back", "thought_signature", "thought signature",
            ],
        },
        new(FailureKind.Unsupported) { Statuses = "404", Phrases = ["does not support", "do not support", "n't support"] },
        new(FailureKind.Unsupported) { Statuses = "500", Phrases = ["input is not supported", "^tool call id was", "requires --jinja"] }, // llama.cpp and other local servers
        new(FailureKind.Unsupported) { Statuses = "403", Phrases = ["^error code: 10"] }, // Cloudflare's firewall, in one line
        new(FailureKind.Unsupported) { Statuses = "400 403 405 406 409 418 422", IsPage = true }, // a firewall's page: something in the request displeased it
    ];

    /// <summary>What a status means where nothing else is known.</summary>
    public static readonly CodecRefusal[] Statuses =
    [
        new(FailureKind.Redirected) { Statuses = "3xx" }, // It is not followed: the key belongs to the deployment's own origin.
        new(FailureKind.AuthenticationFailed) { Statuses = "401 407" },
        new(FailureKind.QuotaExhausted) { Statuses = "402" },
        new(FailureKind.PermissionDenied) { Statuses = "403", Codes = "permission_error permission_denied permission_denied_error" },
        new(FailureKind.ModelNotFound) { Statuses = "404", Codes = "not_found_error NotFoundError not_found" },
        new(FailureKind.Unsupported) { Statuses = "413 414 415 431" }, // how large a body, and of which form, differs from provider to provider
        new(FailureKind.RateLimited) { Statuses = "429" },
        new(FailureKind.Timeout) { Statuses = "408 504 522 524" }, // the last two are Cloudflare's
        new(FailureKind.Overloaded) { Statuses = "409 425 498 503 529" }, // 409, 425: something could not be had in time; 498: no capacity in Groq's flex tier
        new(FailureKind.ServerError) { Statuses = "424 499 5xx" }, // 424: the model behind the API failed; 499: the request broke off behind it

        // What is assumed where the provider said nothing that is known: counted in DeploymentStatus.UnrecognizedRefusals.
        new(FailureKind.PermissionDenied) { Statuses = "403", IsDefault = true },
        new(FailureKind.ModelNotFound) { Statuses = "404 405 410", IsDefault = true }, // 405: the path is there, but it is no chat endpoint; 410: a retired model
        new(FailureKind.InvalidRequest) { Statuses = "4xx", IsDefault = true },
        new(FailureKind.InvalidResponse) { IsDefault = true }, // an error inside a success that says nothing else
    ];

    /// <summary>The status for which a type stands, where an error comes without one, inside a success.</summary>
    private static readonly Dictionary<string, int> StatusOfType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["invalid_request_error"] = 400, ["BadRequestError"] = 400, ["bad_request"] = 400, ["INVALID_ARGUMENT"] = 400, ["FAILED_PRECONDITION"] = 400,
        ["authentication_error"] = 401, ["AuthenticationError"] = 401, ["UNAUTHENTICATED"] = 401,
        ["billing_error"] = 402, ["payment_required"] = 402,
        ["permission_error"] = 403, ["PermissionDeniedError"] = 403, ["PERMISSION_DENIED"] = 403,
        ["not_found_error"] = 404, ["NotFoundError"] = 404, ["NOT_FOUND"] = 404,
        ["request_too_large"] = 413,
        ["rate_limit_error"] = 429, ["RateLimitError"] = 429, ["requests"] = 429, ["tokens"] = 429, ["RESOURCE_EXHAUSTED"] = 429, ["too_many_requests"] = 429,
        ["timeout_error"] = 504, ["timeout"] = 504, ["DEADLINE_EXCEEDED"] = 504,
        ["server_error"] = 500, ["api_error"] = 500, ["internal_error"] = 500, ["internal_server_error"] = 500, ["InternalServerError"] = 500, ["INTERNAL"] = 500,
        ["overloaded_error"] = 529, ["overloaded"] = 529, ["service_unavailable"] = 503, ["ServiceUnavailableError"] = 503, ["UNAVAILABLE"] = 503,
    };

    /// <summary>Returns the status for which a type stands; null where it stands for none.</summary>
    public static int? StatusOf(string? type) => type is not null && StatusOfType.TryGetValue(type, out int status) ? status : null;

    /// <summary>Returns the row that decides.</summary>
    public static CodecRefusal Find(CodecRefusal[] dialect, in CodecRefusalFacts facts) =>
        FindIn(dialect, facts) ?? FindIn(Words, facts) ?? FindIn(Statuses, facts)!;

    private static CodecRefusal? FindIn(CodecRefusal[] rows, in CodecRefusalFacts facts)
    {
        foreach (CodecRefusal row in rows)
        {
            if (row.Matches(facts)) return row;
        }

        return null;
    }

    /// <summary>
    /// Takes out of a message what it quotes, in single or double quotation marks: the names and values in them are the
    /// caller's. An apostrophe within a word is none; what is opened and never closed was cut off.
    /// </summary>
    public static string? Unquoted(string? message)
    {
        if (message is null || message.AsSpan().IndexOfAny('\'', '"') < 0) return message;
        var kept = new StringBuilder(message.Length);
        for (int i = 0; i < message.Length; i++)
        {
            char mark = message[i];
            if (mark is not ('\'' or '"') || (i > 0 && char.IsLetterOrDigit(message[i - 1])))
            {
                kept.Append(mark);
                continue;
            }

            int end = EndOfQuotation(message, i);
            if (end < 0) break;
            i = end;
        }

        return kept.ToString();
    }

    private static int EndOfQuotation(string message, int start)
    {
        for (int i = start + 1; i < message.Length; i++)
        {
            if (message[i] == message[start] && (i + 1 == message.Length || !char.IsLetterOrDigit(message[i + 1]))) return i;
        }

        return -1;
    }

    /// <summary>Whether a body is a page for people.</summary>
    public static bool IsPage(ReadOnlySpan<byte> body)
    {
        body = body.TrimStart("\uFEFF \t\r\n"u8);
        return body.Length > 0 && body[0] == (byte)'<';
    }
}
