using System;
using System.Net.Http.Headers;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>OpenAI's Chat Completions, the dialect that most providers and servers speak, specialised for one deployment.</summary>
[Embedded]
internal sealed class OpenAIChatCodec<TDeployment>(TDeployment deployment = default) : ChatCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/chat/completions";

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) =>
        OpenAIChatRequest.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override Dialect? Passes => Dialect.OpenAIChat;

    public override AttemptFailure? PassRequest(PassedMembers request, bool streaming, RequestWriter body)
    {
        OpenAIChatPassing.Write(request, streaming, body, deployment.RequestPrefix, deployment.Profile);
        return null;
    }

    public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => OpenAIChatReply.Read(request, deployment.Profile, body, out reply);

    public override ChatStreamDecoder StartStream(ChatRequest request) => new OpenAIChatStream(request, deployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OpenAIErrors.Read(statusCode, body);

    public override TimeSpan? ReadRetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.ReadRetryAfter(headers);

    public override RateLimitHeaders ReadLimits(HttpResponseHeaders headers, DateTimeOffset now) => OpenAIRateLimits.Read(headers);
}
