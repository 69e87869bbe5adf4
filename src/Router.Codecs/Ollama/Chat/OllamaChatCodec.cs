using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Ollama's own chat API, specialised for one deployment.</summary>
[Embedded]
internal sealed class OllamaChatCodec<TDeployment>(TDeployment deployment = default) : ChatCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/api/chat";

    public override StreamFraming Framing => OllamaFraming.Instance;

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) =>
        OllamaRequest.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => OllamaReply.Read(request, deployment.Profile, body, out reply);

    public override ChatStreamDecoder StartStream(ChatRequest request) => new OllamaStream(request, deployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OllamaErrors.Read(statusCode, body);
}
