using System;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>OpenAI's Responses, specialised for one deployment.</summary>
[Embedded]
internal sealed class OpenAIResponsesCodec<TDeployment>(TDeployment deployment = default) : ChatCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/responses";

    public override ModelProfile Profile => deployment.Profile;

    public override TokenCountCodec Counter => new OpenAITokenCounter(this);

    public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) =>
        OpenAIResponsesRequest.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override Dialect? Passes => Dialect.OpenAIResponses;

    public override AttemptFailure? PassRequest(PassedMembers request, bool streaming, RequestWriter body)
    {
        ReadOnlySpan<byte> include = OpenAIConversation.Encrypts(deployment.Profile) ? request.StateInclude.Span : default;
        CodecPassing.Write(request, streaming, body, deployment.RequestPrefix, deployment.Profile, include);
        return null;
    }

    public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => OpenAIResponsesReply.Read(request, deployment.Profile, body, out reply);

    public override ChatStreamDecoder StartStream(ChatRequest request) => new OpenAIResponsesStream(request, deployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OpenAIErrors.Read(statusCode, body);

    public override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.ReadRetryAfter(headers);

    public override RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.Read(headers);
}
