using System;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Jina's rerank API, which most providers and servers beside OpenAI's format speak, specialised for one deployment.</summary>
[Embedded]
internal sealed class OpenAIRerankCodec<TDeployment> : RerankCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/rerank";

    public override ModelProfile Profile => TDeployment.Profile;

    public override AttemptFailure? WriteRequest(RerankRequest request, RequestWriter body) =>
        OpenAIRerank.Write(request, body, TDeployment.RequestPrefix, TDeployment.Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, RankedScores scores) => OpenAIRerank.Read(body, scores, TDeployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OpenAIErrors.Read(statusCode, body);

    public override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.ReadRetryAfter(headers);

    public override RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.Read(headers);
}
