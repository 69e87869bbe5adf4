using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What of a request for images a model takes: what it does not take of the options is left out and noted, what cannot be done is refused.</summary>
[Embedded]
internal static class CodecImageOptions
{
    /// <summary>Returns why the model cannot change images, or not with a mask; null where it can, or is not to.</summary>
    public static AttemptFailure? Refuse(ImageRequest request, ModelProfile model)
    {
        if (request.IsEdit && !model.Takes(ModelParameters.ImageEdits)) return CodecJson.Unsupported($"{model.Name} cannot change images.");
        if (request.Mask is not null && !model.Takes(ModelParameters.ImageMask)) return CodecJson.Unsupported($"{model.Name} takes no mask.");
        return null;
    }

    /// <summary>Returns how many images are asked for; null for one, which is not stated.</summary>
    public static int? Count(ImageRequest request, RequestWriter body, ModelProfile model)
    {
        if (request.Count == 1) return null;
        if (model.Takes(ModelParameters.ImageCount)) return request.Count;
        body.Note("n: left out");
        return null;
    }

    /// <summary>Returns the size that is asked for, as 1024x1536; null for none.</summary>
    public static string? Size(ImageRequest request, RequestWriter body, ModelProfile model)
    {
        if (request.Options?.ImageSize is not { Width: > 0, Height: > 0 } size) return null;
        if (model.Takes(ModelParameters.ImageSize)) return string.Create(CultureInfo.InvariantCulture, $"{size.Width}x{size.Height}");
        body.Note("size: left out");
        return null;
    }

    /// <summary>Returns the format that is asked for, <c>png</c>, <c>jpeg</c> or <c>webp</c>; null for none.</summary>
    public static string? Format(ImageRequest request, RequestWriter body, ModelProfile model)
    {
        string? format = request.Options?.MediaType switch
        {
            null or "" => null,
            "image/png" => "png",
            "image/jpeg" or "image/jpg" => "jpeg",
            "image/webp" => "webp",
            _ => "",
        };
        if (format is null) return null;
        if (format.Length > 0 && model.Takes(ModelParameters.ImageFormat)) return format;
        body.Note("output_format: left out");
        return null;
    }

    /// <summary>Returns whether addresses of images are asked for in place of their bytes.</summary>
    /// <param name="request">What the caller asks for.</param>
    /// <param name="body">The request.</param>
    /// <param name="taken">Whether the model can give addresses.</param>
    public static bool WantsAddress(ImageRequest request, RequestWriter body, bool taken)
    {
        if (request.Options?.ResponseFormat is not ({ } format and not ImageGenerationResponseFormat.Data)) return false;
        if (taken && format is ImageGenerationResponseFormat.Uri) return true;
        body.Note("response_format: left out, images come as data");
        return false;
    }

    /// <summary>Returns the additional properties that are sent: those that the API knows, or that no API is known to have. The others are noted.</summary>
    /// <param name="request">What the caller asks for.</param>
    /// <param name="body">The request.</param>
    /// <param name="known">What the API knows.</param>
    /// <param name="isClosed">Whether the API refuses what it does not know.</param>
    public static IEnumerable<KeyValuePair<string, object?>> Additional(ImageRequest request, RequestWriter body, string[] known, bool isClosed)
    {
        if (request.Options?.AdditionalProperties is not { } additional) yield break;
        foreach (KeyValuePair<string, object?> property in additional)
        {
            if (property.Key.StartsWith("routergen.", StringComparison.OrdinalIgnoreCase)) continue;
            if (Array.IndexOf(known, property.Key) >= 0 || (!isClosed && !CodecImageExtras.IsKnown(property.Key))) yield return property;
            else body.Note(property.Key + ": left out");
        }
    }
}
