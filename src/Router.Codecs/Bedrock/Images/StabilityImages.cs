using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Asks Stability's models for images. https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-3-5-large.html</summary>
[Embedded]
internal static class StabilityImages
{
    // How much of an image changes where the caller does not say: the model demands a number between 0 and 1.
    private const double UsualStrength = 0.7;

    public static AttemptFailure? Write(ImageRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        if (CodecImageOptions.Refuse(request, model) is { } refused) return refused;
        if (request.Images.Count > 1) return CodecJson.Unsupported($"{model.Name} changes one image at a time, not {request.Images.Count}.");
        CodecImageOptions.Count(request, body, model);
        CodecImageOptions.WantsAddress(request, body, taken: false);
        List<KeyValuePair<string, object?>> additional = [.. CodecImageOptions.Additional(request, body, CodecImageExtras.Stability, isClosed: false)];
        Utf8JsonWriter json = body.StartObject(prefix);
        json.WriteString("prompt"u8, request.Prompt);
        if (request.IsEdit) WriteImage(json, request, body, additional);
        else if (request.Options?.ImageSize is { Width: > 0, Height: > 0 } size && !Has(additional, "aspect_ratio")) json.WriteString("aspect_ratio"u8, CodecImageRatio.Of(size, body, CodecImageRatio.Stability));
        if (CodecImageOptions.Format(request, body, model) is { } format && !Has(additional, "output_format")) json.WriteString("output_format"u8, format);
        foreach (KeyValuePair<string, object?> property in additional)
        {
            json.WritePropertyName(property.Key);
            if (!CodecJson.TryWriteValue(json, property.Value)) return CodecJson.UnwrittenProperty(property.Key, property.Value);
        }

        body.EndObject();
        return CodecRaw.Merge(request, body, prefix, "prompt", "image", "mask");
    }

    private static void WriteImage(Utf8JsonWriter json, ImageRequest request, RequestWriter body, List<KeyValuePair<string, object?>> additional)
    {
        json.WritePropertyName("image"u8);
        body.WriteBase64(json, request.Images[0]);
        if (request.Mask is { } mask)
        {
            json.WritePropertyName("mask"u8);
            body.WriteBase64(json, mask);
            return;
        }

        if (!Has(additional, "mode")) json.WriteString("mode"u8, "image-to-image"u8);
        if (!Has(additional, "strength")) json.WriteNumber("strength"u8, UsualStrength);
    }

    private static bool Has(List<KeyValuePair<string, object?>> additional, string name) => additional.Exists(property => property.Key == name);
}
