using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Anthropic's Messages API by Bedrock's InvokeModel: the model and whether to stream are in the path, events are in binary frames, and errors are
/// Bedrock's. The shell only names the deployment's constants; each deployment costs one copy of it.
/// </summary>
[Embedded]
internal sealed class BedrockAnthropicCodec<TDeployment>(TDeployment deployment = default) : ChatCodec
    where TDeployment : struct, IDeploymentConstants
{
    /// <summary>The model, which may be the ARN of an inference profile, is one segment of the path: its colons and slashes are escaped.</summary>
    public override string PathFor(bool streaming) => $"/model/{Uri.EscapeDataString(deployment.Profile.Model)}/{(streaming ? "invoke-with-response-stream" : "invoke")}";

    public override StreamFraming Framing => EventStreamFraming.Instance;

    public override ModelProfile Profile => deployment.Profile;

    public override TokenCountCodec Counter => new InvokeTokenCounter(this);

    public override AttemptFailure? WriteRequest(ChatRequest request, RequestWriter body) =>
        AnthropicRequest.Write(request, body, deployment.RequestPrefix, deployment.Profile, isStreamInBody: false);

    public override Dialect? Passes => Dialect.AnthropicMessages;

    public override AttemptFailure? PassRequest(PassedMembers request, bool streaming, RequestWriter body)
    {
        InvokePassing.Write(request, body, deployment.RequestPrefix, deployment.Profile);
        return null;
    }

    public override AttemptFailure? ReadReply(ChatRequest request, ReadOnlySpan<byte> body, out RoutedResponse? reply) => AnthropicReply.Read(request, deployment.Profile, body, out reply);

    public override ChatStreamDecoder StartStream(ChatRequest request) => new InvokeStream(new AnthropicStream(request, deployment.Profile));

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => BedrockErrors.Read(statusCode, body);
}
