using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Ollama's own embed API, specialised for one deployment.</summary>
[Embedded]
internal sealed class OllamaEmbeddingsCodec<TDeployment>(TDeployment deployment = default) : EmbeddingCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/api/embed";

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(EmbeddingRequest request, RequestWriter body) =>
        OllamaEmbeddings.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, EmbeddingVectors vectors) => OllamaEmbeddings.Read(body, vectors);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => OllamaErrors.Read(statusCode, body);
}
