using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Embedding models at Vertex AI, specialised for one deployment. The older ones answer to <c>predict</c>, those of Gemini from the second on to
/// <c>embedContent</c>.
/// </summary>
[Embedded]
internal sealed class VertexEmbeddingsCodec<TDeployment> : EmbeddingCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => GeminiModel.PathOf(TDeployment.Profile, IsPredicted ? "predict" : "embedContent");

    public override ModelProfile Profile => TDeployment.Profile;

    public override AttemptFailure? WriteRequest(EmbeddingRequest request, RequestWriter body) => IsPredicted
        ? VertexPredictions.Write(request, body, TDeployment.RequestPrefix, TDeployment.Profile)
        : VertexContents.Write(request, body, TDeployment.RequestPrefix, TDeployment.Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, EmbeddingVectors vectors) => IsPredicted ? VertexPredictions.Read(body, vectors) : VertexContents.Read(body, vectors);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => GeminiErrors.Read(statusCode, body);

    private static bool IsPredicted => VertexPredictions.Serves(TDeployment.Profile.Model);
}
