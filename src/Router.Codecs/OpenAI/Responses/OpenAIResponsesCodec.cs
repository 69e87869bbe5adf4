using System;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>OpenAI's Responses, specialised for one deployment.</summary>
[Embedded]
internal sealed class OpenAIResponsesCodec<TDeployment> : ChatCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/responses";

    public override ModelProfile Profile => TDeployment.Profile;

    public override TokenCountCodec Counter => new OpenAITokenCounter(this);

    public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) =>
        OpenAIResponsesRequest.Write(request, body, TDeployment.RequestPrefix, TDeployment.Profile);

    public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => OpenAIResponsesReply.Read(request, TDeployment.Profile, body, out reply);

    public override ChatStreamDecoder StartStream(ChatRequest request) => new OpenAIResponsesStream(request, TDeployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OpenAIErrors.Read(statusCode, body);

    public override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.ReadRetryAfter(headers);

    public override RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.Read(headers);
}
