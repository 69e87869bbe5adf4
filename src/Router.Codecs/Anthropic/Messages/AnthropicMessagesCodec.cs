using System;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Anthropic's Messages API. The shell only names the deployment's constants; each deployment costs one copy of it.</summary>
[Embedded]
internal sealed class AnthropicMessagesCodec<TDeployment>(TDeployment deployment = default) : ChatCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/v1/messages";

    public override ModelProfile Profile => deployment.Profile;

    public override TokenCountCodec Counter => new AnthropicTokenCounter(this);

    public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) =>
        AnthropicRequest.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override Dialect? Passes => Dialect.AnthropicMessages;

    public override AttemptFailure? PassRequest(PassedMembers request, bool streaming, RequestWriter body)
    {
        CodecPassing.Write(request, streaming, body, deployment.RequestPrefix, deployment.Profile);
        return null;
    }

    public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => AnthropicReply.Read(request, deployment.Profile, body, out reply);

    public override ChatStreamDecoder StartStream(ChatRequest request) => new AnthropicStream(request, deployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => AnthropicErrors.Read(statusCode, body);

    public override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => AnthropicRateLimits.ReadRetryAfter(headers, now);

    public override RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => AnthropicRateLimits.Read(headers, now);
}
