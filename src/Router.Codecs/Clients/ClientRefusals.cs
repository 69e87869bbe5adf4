using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What a refusal means that an SDK of OpenAI's kind threw: as it would mean it had the router got the answer itself.</summary>
[Embedded]
internal static class ClientRefusals
{
    /// <summary>Reads a refusal.</summary>
    /// <param name="statusCode">The status.</param>
    /// <param name="body">The body, as far as the SDK kept it.</param>
    /// <param name="headers">The headers, as far as the SDK kept them.</param>
    /// <param name="message">What the exception says.</param>
    /// <param name="now">The time, for headers that name an instant.</param>
    public static AttemptFailure Read(int statusCode, ReadOnlySpan<byte> body, IEnumerable<KeyValuePair<string, string>> headers, string message, DateTimeOffset now)
    {
        AttemptFailure failure = OpenAIErrors.Read(statusCode, body.IsEmpty ? Encoding.UTF8.GetBytes(message) : body);
        using var answer = new HttpResponseMessage();
        foreach (KeyValuePair<string, string> header in headers) answer.Headers.TryAddWithoutValidation(header.Key, header.Value);
        TimeSpan? retryAfter = RetryAfter.Read(answer.Headers, now);
        if (retryAfter is null && failure.Kind is FailureKind.RateLimited) retryAfter = OpenAIRateLimits.ReadRetryAfter(answer.Headers);
        return failure with { RetryAfter = retryAfter ?? failure.RetryAfter };
    }
}
