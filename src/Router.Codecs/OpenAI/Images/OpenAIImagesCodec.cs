using System;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>OpenAI's images API, which many providers and servers speak, specialised for one deployment.</summary>
[Embedded]
internal sealed class OpenAIImagesCodec<TDeployment>(TDeployment deployment = default) : ImageCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/images/generations";

    public override string EditPath => "/images/edits";

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(ImageRequest request, RequestWriter body) => OpenAIImageRequest.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ImageRequest request, ReadOnlySpan<byte> body, ImageResults images) => OpenAIImageReply.Read(body, images, deployment.Profile);

    public override StreamDecoder<ImageUpdate> StartStream(ImageRequest request) => new OpenAIImageStream(request.Count, deployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OpenAIErrors.Read(statusCode, body);

    public override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.ReadRetryAfter(headers);

    public override RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.Read(headers);
}
