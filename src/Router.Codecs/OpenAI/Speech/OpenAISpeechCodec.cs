using System;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>OpenAI's speech, which many providers and servers speak, specialised for one deployment: sound, or events with pieces of it.</summary>
[Embedded]
internal sealed class OpenAISpeechCodec<TDeployment>(TDeployment deployment = default) : SpeechCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/audio/speech";

    public override ModelProfile Profile => deployment.Profile;

    protected override bool HasEvents => deployment.Profile.Takes(ModelParameters.SpeechEvents);

    public override AttemptFailure? WriteRequest(SpeechRequest request, RequestWriter body) => OpenAISpeechRequest.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override StreamDecoder<SpeechUpdate> StartStream(SpeechRequest request) => HasEvents ? new OpenAISpeechStream(deployment.Profile) : base.StartStream(request);

    public override AttemptFailure ReadText(ReadOnlySpan<byte> body) => OpenAIErrors.ReadWithout(body, "sound");

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OpenAIErrors.Read(statusCode, body);

    public override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.ReadRetryAfter(headers);

    public override RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.Read(headers);
}
