using System;
using System.Text;
using Anthropic.Exceptions;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>The exceptions of Anthropic's SDK. It keeps no headers of a refusal, so that it is not known when to come back.</summary>
[Embedded]
internal static class AnthropicExceptions
{
    /// <summary>Reads a refusal, or an error within a stream; null for what is neither, such as a connection that failed.</summary>
    public static AttemptFailure? Read(Exception exception, DateTimeOffset now) => exception switch
    {
        AnthropicApiException refused => AnthropicErrors.Read((int)refused.StatusCode, Encoding.UTF8.GetBytes(refused.ResponseBody ?? "")),
        AnthropicServiceException failed => AnthropicErrors.Classify(null, new AnthropicError(failed.ErrorCode, failed.ApiMessage ?? failed.Message, null)),
        _ => null,
    };
}
