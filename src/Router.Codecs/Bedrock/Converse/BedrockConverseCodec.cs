using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Amazon Bedrock's Converse API. The shell only names the deployment's constants; each deployment costs one copy of it.</summary>
[Embedded]
internal sealed class BedrockConverseCodec<TDeployment>(TDeployment deployment = default) : ChatCodec
    where TDeployment : struct, IDeploymentConstants
{
    /// <summary>The model, which may be the ARN of an inference profile, is one segment of the path: its colons and slashes are escaped.</summary>
    public override string PathFor(bool streaming) => $"/model/{Uri.EscapeDataString(deployment.Profile.Model)}/{(streaming ? "converse-stream" : "converse")}";

    public override StreamFraming Framing => EventStreamFraming.Instance;

    public override ModelProfile Profile => deployment.Profile;

    public override TokenCountCodec Counter => new ConverseTokenCounter(this);

    public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) =>
        ConverseRequest.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => ConverseReply.Read(request, deployment.Profile, body, out reply);

    public override ChatStreamDecoder StartStream(ChatRequest request) => new ConverseStream(request, deployment.Profile);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => BedrockErrors.Read(statusCode, body);
}
