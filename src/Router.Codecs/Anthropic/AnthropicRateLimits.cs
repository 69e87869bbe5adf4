using System;
using System.Collections.Generic;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>The <c>anthropic-ratelimit-*</c> headers: for each limit, what remains and when it is whole again (RFC 3339).</summary>
[Embedded]
internal static class AnthropicRateLimits
{
    private const string Prefix = "anthropic-ratelimit-";

    private static readonly string[] Limits = ["requests", "tokens", "input-tokens", "output-tokens"];

    /// <summary>What is left of the limit on requests, and of the tightest of those on tokens.</summary>
    public static RateLimitHeaders Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        CodecRateLimit requests = default;
        CodecRateLimit tokens = default;
        CodecRateLimit input = default;
        CodecRateLimit output = default;
        foreach (KeyValuePair<string, HeaderStringValues> header in headers.NonValidated)
        {
            if (!header.Key.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) continue;
            ReadOnlySpan<char> name = header.Key.AsSpan(Prefix.Length);
            int dash = name.LastIndexOf('-');
            if (dash < 0) continue;
            ReadOnlySpan<char> unit = name[..dash];
            ReadOnlySpan<char> part = name[(dash + 1)..];
            if (unit.Equals("requests", StringComparison.OrdinalIgnoreCase)) requests.Note(part, header.Value);
            else if (unit.Equals("tokens", StringComparison.OrdinalIgnoreCase)) tokens.Note(part, header.Value);
            else if (unit.Equals("input-tokens", StringComparison.OrdinalIgnoreCase)) input.Note(part, header.Value);
            else if (unit.Equals("output-tokens", StringComparison.OrdinalIgnoreCase)) output.Note(part, header.Value);
        }

        if (input.Headroom < tokens.Headroom) tokens = input;
        if (output.Headroom < tokens.Headroom) tokens = output;
        return new RateLimitHeaders(ToReading(requests, now), ToReading(tokens, now));
    }

    /// <summary>How long until every limit that is used up is whole again; null where none is, or none says when.</summary>
    public static TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now)
    {
        TimeSpan? longest = null;
        foreach (string limit in Limits)
        {
            if (Value(headers, $"anthropic-ratelimit-{limit}-remaining") is not "0") continue;
            string? reset = Value(headers, $"anthropic-ratelimit-{limit}-reset");
            if (ParseReset(reset, now) is { } wait && wait > TimeSpan.Zero && (longest is null || wait > longest)) longest = wait;
        }

        return longest;
    }

    private static RateLimitReading ToReading(in CodecRateLimit limit, DateTimeOffset now) => new(limit.Limit, limit.Remaining, ParseReset(limit.Reset, now));

    private static TimeSpan? ParseReset(ReadOnlySpan<char> text, DateTimeOffset now) => AnthropicTime.ParseRfc3339(text.Trim()) - now;

    private static string? Value(HttpResponseHeaders headers, string name)
    {
        if (!headers.TryGetValues(name, out IEnumerable<string>? values)) return null;
        foreach (string value in values) return value.Trim();
        return null;
    }
}
