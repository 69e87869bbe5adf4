using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Cohere's Embed API, version 2, specialised for one deployment.</summary>
[Embedded]
internal sealed class CohereEmbeddingsCodec<TDeployment>(TDeployment deployment = default) : EmbeddingCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/embed";

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(EmbeddingRequest request, RequestWriter body) =>
        CohereEmbeddings.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, EmbeddingVectors vectors) => CohereEmbeddings.Read(body, vectors);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => CohereErrors.Read(statusCode, body);
}
