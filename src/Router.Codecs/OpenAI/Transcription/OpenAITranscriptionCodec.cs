using System;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>OpenAI's transcriptions, which most providers and servers speak, specialised for one deployment.</summary>
[Embedded]
internal sealed class OpenAITranscriptionCodec<TDeployment>(TDeployment deployment = default) : TranscriptionCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/audio/transcriptions";

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(TranscriptionRequest request, RequestWriter body) => OpenAITranscriptionRequest.Write(request, body, deployment.Profile);

    public override AttemptFailure? ReadReply(TranscriptionRequest request, ReadOnlySpan<byte> body, out RoutedTranscription? reply) => OpenAITranscriptionReply.Read(body, out reply);

    public override StreamDecoder<TranscriptionUpdate> StartStream(TranscriptionRequest request) => new OpenAITranscriptionStream();

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OpenAIErrors.Read(statusCode, body);

    public override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.ReadRetryAfter(headers);

    public override RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.Read(headers);
}
