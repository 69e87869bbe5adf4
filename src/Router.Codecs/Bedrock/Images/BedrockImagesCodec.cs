using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Image models by Bedrock's InvokeModel: the body is that of who made the model. Specialised for one deployment.</summary>
[Embedded]
internal sealed class BedrockImagesCodec<TDeployment>(TDeployment deployment = default) : ImageCodec
    where TDeployment : struct, IDeploymentConstants
{
    /// <summary>The model, which may be the ARN of an inference profile, is one segment of the path: its colons and slashes are escaped.</summary>
    public override string PathFor(bool streaming) => $"/model/{Uri.EscapeDataString(deployment.Profile.Model)}/invoke";

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(ImageRequest request, RequestWriter body) => IsOfAmazon
        ? AmazonImages.Write(request, body, deployment.RequestPrefix, deployment.Profile)
        : StabilityImages.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ImageRequest request, ReadOnlySpan<byte> body, ImageResults images) => BedrockImageReply.Read(body, images);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => BedrockErrors.Read(statusCode, body);

    private bool IsOfAmazon => deployment.Profile.Model.Contains("amazon.", StringComparison.Ordinal);
}
