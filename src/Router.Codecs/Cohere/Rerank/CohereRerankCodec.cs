using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Cohere's Rerank API, version 2, specialised for one deployment.</summary>
[Embedded]
internal sealed class CohereRerankCodec<TDeployment>(TDeployment deployment = default) : RerankCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/rerank";

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(RerankRequest request, RequestWriter body) =>
        CohereRerank.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, RankedScores scores) => CohereRerank.Read(body, scores);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => CohereErrors.Read(statusCode, body);
}
