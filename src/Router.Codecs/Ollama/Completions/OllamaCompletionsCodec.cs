using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Ollama's own generate API, specialised for one deployment.</summary>
[Embedded]
internal sealed class OllamaCompletionsCodec<TDeployment>(TDeployment deployment = default) : CompletionCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/api/generate";

    public override StreamFraming Framing => OllamaFraming.Instance;

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(CompletionRequest request, RequestWriter body) =>
        OllamaCompletions.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, out RoutedCompletion? reply) => OllamaCompletions.Read(body, out reply);

    public override StreamDecoder<CompletionUpdate> StartStream() => new OllamaCompletionStream();

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OllamaErrors.Read(statusCode, body);
}
