using System;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Google's image models: those that answer in a conversation (<c>generateContent</c>), and Imagen (<c>predict</c>). Specialised for one deployment.</summary>
[Embedded]
internal sealed class GeminiImagesCodec<TDeployment>(TDeployment deployment = default) : ImageCodec
    where TDeployment : struct, IDeploymentConstants
{
    public override string PathFor(bool streaming) => GeminiModel.PathOf(deployment.Profile, IsImagen ? "predict" : "generateContent");

    public override ModelProfile Profile => deployment.Profile;

    public override AttemptFailure? WriteRequest(ImageRequest request, RequestWriter body) => IsImagen
        ? ImagenImages.Write(request, body, deployment.RequestPrefix, deployment.Profile)
        : GeminiImages.Write(request, body, deployment.RequestPrefix, deployment.Profile);

    public override AttemptFailure? ReadReply(ImageRequest request, ReadOnlySpan<byte> body, ImageResults images) => IsImagen ? ImagenImages.Read(body, images) : GeminiImages.Read(body, images);

    public override AttemptFailure ReadError(int statusCode, ReadOnlySpan<byte> body) => GeminiErrors.Read(statusCode, body);

    private bool IsImagen => deployment.Profile.Model.Contains("imagen", StringComparison.Ordinal);
}
