using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Embedding models by Bedrock's InvokeModel: the body is that of who made the model. Specialised for one deployment.</summary>
[Embedded]
internal sealed class BedrockEmbeddingsCodec<TDeployment>(TDeployment deployment = default) : EmbeddingCodec
    where TDeployment : struct, IDeploymentConstants
{
    /// <summary>The model, which may be the ARN of an inference profile, is one segment of the path: its colons and slashes are escaped.</summary>
    public override string PathFor(bool streaming) => $"/model/{Uri.EscapeDataString(deployment.Profile.Model)}/invoke";

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(EmbeddingRequest request, RequestWriter body) => IsOfCohere
        ? CohereEmbeddings.Write(request, body, deployment.RequestPrefix, deployment.Profile)
        : TitanEmbeddings.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, EmbeddingVectors vectors) =>
        IsOfCohere ? CohereEmbeddings.Read(body, vectors) : TitanEmbeddings.Read(body, vectors);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => BedrockErrors.Read(statusCode, body);

    private bool IsOfCohere => deployment.Profile.Model.Contains("cohere.", StringComparison.Ordinal);
}
