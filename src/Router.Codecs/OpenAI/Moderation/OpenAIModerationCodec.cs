using System;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>OpenAI's moderations API, which Mistral and others speak too, specialised for one deployment.</summary>
[Embedded]
internal sealed class OpenAIModerationCodec<TDeployment>(TDeployment deployment = default) : ModerationCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/moderations";

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(ModerationRequest request, RequestWriter body) =>
        OpenAIModeration.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, ModerationJudgements judgements) => OpenAIModeration.Read(body, judgements, deployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OpenAIErrors.Read(statusCode, body);

    public override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.ReadRetryAfter(headers);

    public override RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.Read(headers);
}
