using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Models that rank by Bedrock's InvokeModel, specialised for one deployment.</summary>
[Embedded]
internal sealed class BedrockRerankCodec<TDeployment>(TDeployment deployment = default) : RerankCodec
    where TDeployment : struct, IDeploymentConstants
{
    /// <summary>The model, which may be an ARN, is one segment of the path: its colons and slashes are escaped.</summary>
    public override string PathFor(bool streaming) => $"/model/{Uri.EscapeDataString(deployment.Profile.Model)}/invoke";

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(RerankRequest request, RequestWriter body) =>
        BedrockRerank.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ReadOnlySpan<byte> body, RankedScores scores) => BedrockRerank.Read(body, scores);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => BedrockErrors.Read(statusCode, body);
}
