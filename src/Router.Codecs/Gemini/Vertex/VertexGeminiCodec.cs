using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Gemini's <c>generateContent</c> at Vertex AI, whose counter of tokens is another one. The shell only names the deployment's constants; each deployment costs one copy of it.</summary>
[Embedded]
internal sealed class VertexGeminiCodec<TDeployment>(TDeployment deployment = default) : ChatCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => GeminiModel.PathOf(deployment.Profile, streaming ? "streamGenerateContent?alt=sse" : "generateContent");

    public override ModelProfile Profile => deployment.Profile;

    public override TokenCountCodec Counter => new VertexTokenCounter(this);

    public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) =>
        GeminiRequest.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => GeminiReply.Read(request, deployment.Profile, body, out reply);

    public override ChatStreamDecoder StartStream(ChatRequest request) => new GeminiStream(request, deployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => GeminiErrors.Read(statusCode, body);
}
