using System;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>OpenAI's embeddings API, which most providers and servers speak, specialised for one deployment.</summary>
[Embedded]
internal sealed class OpenAIEmbeddingsCodec<TDeployment>(TDeployment deployment = default) : EmbeddingCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/embeddings";

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(EmbeddingRequest request, RequestWriter body) =>
        OpenAIEmbeddings.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, EmbeddingVectors vectors) => OpenAIEmbeddings.Read(body, vectors, deployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OpenAIErrors.Read(statusCode, body);

    public override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.ReadRetryAfter(headers);

    public override RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.Read(headers);
}
