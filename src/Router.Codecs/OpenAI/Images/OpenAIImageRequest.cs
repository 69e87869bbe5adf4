using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes requests for images: JSON for new ones, a form for images to change. https://developers.openai.com/api/reference/resources/images
/// </summary>
[Embedded]
internal static class OpenAIImageRequest
{
    // What the router decides, and what the options have names for.
    private static readonly string[] Ours = ["prompt", "image", "images", "mask", "n", "size", "response_format", "output_format", "partial_images", "model", "stream"];

    public static AttemptFailure? Write(ImageRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        if (CodecImageOptions.Refuse(request, model) is { } refused) return refused;
        return request.IsEdit && !model.Has(OpenAIQuirks.ImageAspect) ? OpenAIImageForm.Write(request, body, prefix, model) : WriteJson(request, body, prefix, model);
    }

    /// <summary>Returns the members that the options have names for: text, or numbers and literals as JSON writes them.</summary>
    public static IEnumerable<(string Name, string Value, bool IsText)> Members(ImageRequest request, RequestWriter body, ModelProfile model)
    {
        if (CodecImageOptions.Count(request, body, model) is { } count) yield return ("n", Text(count), false);
        foreach ((string, string, bool) member in Size(request, body, model)) yield return member;
        if (CodecImageOptions.Format(request, body, model) is { } format) yield return ("output_format", format, true);
        bool isGptImage = model.Has(OpenAIQuirks.GptImage);
        bool wantsAddress = CodecImageOptions.WantsAddress(request, body, taken: !isGptImage);
        if (!isGptImage) yield return ("response_format", wantsAddress ? "url" : model.Takes(ModelParameters.ImageSides) ? "base64" : "b64_json", true);
        if (!request.IsStreaming || !model.Takes(ModelParameters.ImageStream)) yield break;
        yield return ("stream", "true", false);
        if (request.Options?.StreamingCount is >= 0 and var partial) yield return ("partial_images", Text(partial), false);
    }

    /// <summary>Returns the additional properties that are sent.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Additional(ImageRequest request, RequestWriter body, ModelProfile model)
    {
        bool isGptImage = model.Has(OpenAIQuirks.GptImage);
        string[] known = isGptImage ? CodecImageExtras.GptImage : model.Has(OpenAIQuirks.ImageAspect) ? CodecImageExtras.Xai : CodecImageExtras.Compatible;
        foreach (KeyValuePair<string, object?> property in CodecImageOptions.Additional(request, body, known, isClosed: isGptImage))
        {
            if (Array.IndexOf(Ours, property.Key) < 0) yield return property;
        }
    }

    private static IEnumerable<(string Name, string Value, bool IsText)> Size(ImageRequest request, RequestWriter body, ModelProfile model)
    {
        if (CodecImageOptions.Size(request, body, model) is not { } size) yield break;
        System.Drawing.Size asked = request.Options!.ImageSize!.Value;
        if (model.Has(OpenAIQuirks.ImageAspect))
        {
            yield return ("aspect_ratio", CodecImageRatio.Of(asked, body, CodecImageRatio.Xai), true);
            if (CodecImageRatio.Pixels(asked) > CodecImageRatio.PixelsOf1K) yield return ("resolution", "2k", true);
        }
        else if (model.Takes(ModelParameters.ImageSides))
        {
            yield return ("width", Text(asked.Width), false);
            yield return ("height", Text(asked.Height), false);
        }
        else
        {
            yield return ("size", size, true);
        }
    }

    private static AttemptFailure? WriteJson(ImageRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        Utf8JsonWriter json = body.StartObject(prefix);
        json.WriteString("prompt"u8, request.Prompt);
        if (request.IsEdit) WriteImages(json, request, body);
        foreach ((string name, string value, bool isText) in Members(request, body, model))
        {
            json.WritePropertyName(name);
            if (isText) json.WriteStringValue(value);
            else json.WriteRawValue(value);
        }

        AttemptFailure? unwritten = null;
        foreach (KeyValuePair<string, object?> property in Additional(request, body, model))
        {
            json.WritePropertyName(property.Key);
            if (CodecJson.TryWriteValue(json, property.Value)) continue;
            unwritten = CodecJson.UnwrittenProperty(property.Key, property.Value);
            break;
        }

        if (unwritten is not null) return unwritten;
        body.EndObject();
        return CodecRaw.Merge(request, body, prefix, "prompt", "image", "images", "mask");
    }

    // xAI's edits: one image, or up to three. https://docs.x.ai/docs/guides/image-generation
    private static void WriteImages(Utf8JsonWriter json, ImageRequest request, RequestWriter body)
    {
        if (request.Images.Count == 1)
        {
            json.WritePropertyName("image"u8);
            WriteImage(json, request.Images[0], body);
            return;
        }

        json.WriteStartArray("images"u8);
        foreach (MediaFile image in request.Images) WriteImage(json, image, body);
        json.WriteEndArray();
    }

    private static void WriteImage(Utf8JsonWriter json, MediaFile image, RequestWriter body)
    {
        json.WriteStartObject();
        json.WritePropertyName("url"u8);
        body.WriteBase64(json, image, System.Text.Encoding.ASCII.GetBytes($"data:{image.MediaType};base64,"));
        json.WriteString("type"u8, "image_url"u8);
        json.WriteEndObject();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
