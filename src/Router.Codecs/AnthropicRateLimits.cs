using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;

namespace RouterGen.Codecs;

/// <summary>The <c>anthropic-ratelimit-*</c> headers: for each limit, what remains and when it is whole again (RFC 3339).</summary>
[Embedded]
internal static class AnthropicRateLimits
{
    private static readonly string[] Limits = ["requests", "tokens", "input-tokens", "output-tokens"];
    private static readonly string[] Rfc3339 = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>How long until every limit that is used up is whole again; null where none is, or none says when.</summary>
    public static TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now)
    {
        TimeSpan? longest = null;
        foreach (string limit in Limits)
        {
            if (Value(headers, $"anthropic-ratelimit-{limit}-remaining") is not "0") continue;
            string? reset = Value(headers, $"anthropic-ratelimit-{limit}-reset");
            if (!DateTimeOffset.TryParseExact(reset, Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)) continue;
            TimeSpan wait = at - now;
            if (wait > TimeSpan.Zero && (longest is null || wait > longest)) longest = wait;
        }

        return longest;
    }

    private static string? Value(HttpResponseHeaders headers, string name)
    {
        if (!headers.TryGetValues(name, out IEnumerable<string>? values)) return null;
        foreach (string value in values) return value.Trim();
        return null;
    }
}
