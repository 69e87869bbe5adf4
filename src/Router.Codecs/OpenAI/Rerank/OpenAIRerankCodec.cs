using System;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Jina's rerank API, which most providers and servers beside OpenAI's format speak, specialised for one deployment.</summary>
[Embedded]
internal sealed class OpenAIRerankCodec<TDeployment>(TDeployment deployment = default) : RerankCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/rerank";

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(RerankRequest request, RequestWriter body) =>
        OpenAIRerank.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, RankedScores scores) => OpenAIRerank.Read(body, scores, deployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OpenAIErrors.Read(statusCode, body);

    public override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.ReadRetryAfter(headers);

    public override RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.Read(headers);
}
