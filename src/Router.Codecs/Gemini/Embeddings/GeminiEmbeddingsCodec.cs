using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Gemini's <c>batchEmbedContents</c>, specialised for one deployment.</summary>
[Embedded]
internal sealed class GeminiEmbeddingsCodec<TDeployment>(TDeployment deployment = default) : EmbeddingCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => GeminiModel.PathOf(deployment.Profile, "batchEmbedContents");

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(EmbeddingRequest request, RequestWriter body) =>
        GeminiEmbeddings.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, EmbeddingVectors vectors) => GeminiEmbeddings.Read(body, vectors);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => GeminiErrors.Read(statusCode, body);
}
