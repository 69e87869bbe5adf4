using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Embedding models at Vertex AI, specialised for one deployment. The older ones answer to <c>predict</c>, those of Gemini from the second on to
/// <c>embedContent</c>.
/// </summary>
[Embedded]
internal sealed class VertexEmbeddingsCodec<TDeployment>(TDeployment deployment = default) : EmbeddingCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => GeminiModel.PathOf(deployment.Profile, IsPredicted ? "predict" : "embedContent");

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(EmbeddingRequest request, RequestWriter body) => IsPredicted
        ? VertexPredictions.Write(request, body, deployment.RequestPrefix, deployment.Profile)
        : VertexContents.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, EmbeddingVectors vectors) => IsPredicted ? VertexPredictions.Read(body, vectors) : VertexContents.Read(body, vectors);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => GeminiErrors.Read(statusCode, body);

    private bool IsPredicted => VertexPredictions.Serves(deployment.Profile.Model);
}
