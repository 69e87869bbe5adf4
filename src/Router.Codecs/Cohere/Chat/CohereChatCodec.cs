using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Cohere's Chat API, version 2, specialised for one deployment.</summary>
[Embedded]
internal sealed class CohereChatCodec<TDeployment>(TDeployment deployment = default) : ChatCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => "/chat";

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) =>
        CohereRequest.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => CohereReply.Read(request, deployment.Profile, body, out reply);

    public override ChatStreamDecoder StartStream(ChatRequest request) => new CohereStream(request, deployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => CohereErrors.Read(statusCode, body);
}
