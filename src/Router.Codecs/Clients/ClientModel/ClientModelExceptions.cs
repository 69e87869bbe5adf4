using System;
using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>The exceptions of SDKs on System.ClientModel: those of OpenAI, and of Azure OpenAI.</summary>
[Embedded]
internal static class ClientModelExceptions
{
    /// <summary>Reads a refusal; null for what is none, such as a connection that failed.</summary>
    public static AttemptFailure? Read(Exception exception, DateTimeOffset now)
    {
        if (exception is not ClientResultException { Status: > 0 } refused) return null;
        PipelineResponse? response = refused.GetRawResponse();
        return ClientRefusals.Read(refused.Status, BodyOf(response), response is null ? [] : response.Headers, refused.Message, now);
    }

    private static ReadOnlySpan<byte> BodyOf(PipelineResponse? response)
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
