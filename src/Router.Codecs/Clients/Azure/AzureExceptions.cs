using System;
using System.Collections.Generic;
using System.Linq;
using Azure;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>The exceptions of SDKs on Azure.Core.</summary>
[Embedded]
internal static class AzureExceptions
{
    /// <summary>Reads a refusal; null for what is none, such as a connection that failed.</summary>
    public static AttemptFailure? Read(Exception exception, DateTimeOffset now)
    {
        if (exception is not RequestFailedException { Status: > 0 } refused) return null;
        Response? response = refused.GetRawResponse();
        IEnumerable<KeyValuePair<string, string>> headers = response is null ? [] : response.Headers.Select(static header => new KeyValuePair<string, string>(header.Name, header.Value));
        AttemptFailure failure = ClientRefusals.Read(refused.Status, BodyOf(response), headers, refused.Message, now);
        return failure with { ErrorCode = failure.ErrorCode ?? refused.ErrorCode };
    }

    private static ReadOnlySpan<byte> BodyOf(Response? response)
    {
        try
        {
            return response is null ? default : response.Content.ToMemory().Span;
        }
        catch (InvalidOperationException)
        {
            return default; // It was not kept.
        }
    }
}
