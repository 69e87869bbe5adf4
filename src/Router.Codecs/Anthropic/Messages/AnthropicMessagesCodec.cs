using System;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Anthropic's Messages API. The shell only names the deployment's constants; each deployment costs one copy of it.</summary>
[Embedded]
internal sealed class AnthropicMessagesCodec<TDeployment> : ChatCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/v1/messages";

    public override ModelProfile Profile => TDeployment.Profile;

    public override TokenCountCodec Counter => new AnthropicTokenCounter(this);

    public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) =>
        AnthropicRequest.Write(request, body, TDeployment.RequestPrefix, TDeployment.Profile);

    public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => AnthropicReply.Read(request, TDeployment.Profile, body, out reply);

    public override ChatStreamDecoder StartStream(ChatRequest request) => new AnthropicStream(request, TDeployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => AnthropicErrors.Read(statusCode, body);

    public override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => AnthropicRateLimits.ReadRetryAfter(headers, now);

    public override RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => AnthropicRateLimits.Read(headers, now);
}
