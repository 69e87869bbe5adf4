using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Asks Amazon's models for images: new ones, variations, or with a mask, one that is painted over.
/// https://docs.aws.amazon.com/nova/latest/userguide/image-gen-access.html, https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-image.html
/// </summary>
[Embedded]
internal static class AmazonImages
{
    // Members of the task's parameters; all others are of the configuration.
    private static readonly string[] OfTask = ["controlMode", "controlStrength", "maskPrompt", "negativeText", "similarityStrength", "style"];

    public static AttemptFailure? Write(ImageRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        if (CodecImageOptions.Refuse(request, model) is { } refused) return refused;
        CodecImageOptions.Format(request, body, model);
        CodecImageOptions.WantsAddress(request, body, taken: false);
        List<KeyValuePair<string, object?>> additional = [.. CodecImageOptions.Additional(request, body, CodecImageExtras.Amazon, isClosed: true)];
        bool isInpainting = request.IsEdit && (request.Mask is not null || additional.Exists(static property => property.Key is "maskPrompt"));
        if (isInpainting && request.Images.Count > 1) return CodecJson.Unsupported($"{model.Name} takes one image with a mask, not {request.Images.Count}.");
        Utf8JsonWriter json = body.StartObject(prefix);
        json.WriteString("taskType"u8, isInpainting ? "INPAINTING"u8 : request.IsEdit ? "IMAGE_VARIATION"u8 : "TEXT_IMAGE"u8);
        json.WriteStartObject(isInpainting ? "inPaintingParams"u8 : request.IsEdit ? "imageVariationParams"u8 : "textToImageParams"u8);
        json.WriteString("text"u8, request.Prompt);
        if (request.IsEdit) WriteImages(json, request, body, isInpainting);
        if (WriteMembers(json, additional, ofTask: true) is { } unwritten) return unwritten;
        json.WriteEndObject();
        json.WriteStartObject("imageGenerationConfig"u8);
        json.WriteNumber("numberOfImages"u8, CodecImageOptions.Count(request, body, model) ?? 1);
        if (CodecImageOptions.Size(request, body, model) is not null && !additional.Exists(static property => property.Key is "width" or "height"))
        {
            json.WriteNumber("width"u8, request.Options!.ImageSize!.Value.Width);
            json.WriteNumber("height"u8, request.Options.ImageSize.Value.Height);
        }

        if (WriteMembers(json, additional, ofTask: false) is { } alsoUnwritten) return alsoUnwritten;
        json.WriteEndObject();
        body.EndObject();
        return CodecRaw.Merge(request, body, prefix, "taskType");
    }

    private static void WriteImages(Utf8JsonWriter json, ImageRequest request, RequestWriter body, bool isInpainting)
    {
        if (isInpainting)
        {
            json.WritePropertyName("image"u8);
            body.WriteBase64(json, request.Images[0]);
            if (request.Mask is not { } mask) return;
            json.WritePropertyName("maskImage"u8);
            body.WriteBase64(json, mask);
            return;
        }

        json.WriteStartArray("images"u8);
        foreach (MediaFile image in request.Images) body.WriteBase64(json, image);
        json.WriteEndArray();
    }

    private static AttemptFailure? WriteMembers(Utf8JsonWriter json, List<KeyValuePair<string, object?>> additional, bool ofTask)
    {
        foreach (KeyValuePair<string, object?> property in additional)
        {
            if (Array.IndexOf(OfTask, property.Key) >= 0 != ofTask) continue;
            json.WritePropertyName(property.Key);
            if (!CodecJson.TryWriteValue(json, property.Value)) return CodecJson.UnwrittenProperty(property.Key, property.Value);
        }

        return null;
    }
}
