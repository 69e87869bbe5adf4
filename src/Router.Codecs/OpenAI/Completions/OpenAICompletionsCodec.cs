using System;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>OpenAI's completions API, and Mistral's for gaps in code, specialised for one deployment.</summary>
[Embedded]
internal sealed class OpenAICompletionsCodec<TDeployment>(TDeployment deployment = default) : CompletionCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => deployment.Profile.Has(OpenAIQuirks.FillsGaps) ? "/fim/completions" : "/completions";

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(CompletionRequest request, RequestWriter body) =>
        OpenAICompletions.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, out RoutedCompletion? reply) => OpenAICompletions.Read(body, deployment.Profile, out reply);

    public override StreamDecoder<CompletionUpdate> StartStream() => new OpenAICompletionStream(deployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OpenAIErrors.Read(statusCode, body);

    public override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.ReadRetryAfter(headers);

    public override RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.Read(headers);
}
