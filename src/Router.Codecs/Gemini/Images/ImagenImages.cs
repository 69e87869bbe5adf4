using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Asks Imagen for images, and reads them. https://ai.google.dev/gemini-api/docs/imagen</summary>
[Embedded]
internal static class ImagenImages
{
    public static AttemptFailure? Write(ImageRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        if (request.IsEdit) return CodecJson.Unsupported($"{model.Name} cannot change images.");
        CodecImageOptions.WantsAddress(request, body, taken: false);
        Utf8JsonWriter json = body.StartObject(prefix);
        json.WriteStartArray("instances"u8);
        json.WriteStartObject();
        json.WriteString("prompt"u8, request.Prompt);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("parameters"u8);
        json.WriteNumber("sampleCount"u8, CodecImageOptions.Count(request, body, model) ?? 1);
        if (request.Options?.ImageSize is { Width: > 0, Height: > 0 } size)
        {
            json.WriteString("aspectRatio"u8, CodecImageRatio.Of(size, body, CodecImageRatio.Imagen));
            if (GeminiImages.SizeOf(size) is not null) json.WriteString("imageSize"u8, "2K"u8);
        }

        if (CodecImageOptions.Format(request, body, model) is { } format)
        {
            json.WriteStartObject("outputOptions"u8);
            json.WriteString("mimeType"u8, "image/" + format);
            json.WriteEndObject();
        }

        foreach (KeyValuePair<string, object?> property in CodecImageOptions.Additional(request, body, CodecImageExtras.Imagen, isClosed: true))
        {
            json.WritePropertyName(property.Key);
            if (!CodecJson.TryWriteValue(json, property.Value)) return CodecJson.UnwrittenProperty(property.Key, property.Value);
        }

        json.WriteEndObject();
        body.EndObject();
        return CodecRaw.Merge(request, body, prefix, "instances");
    }

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, ImageResults images)
    {
        bool isError = false;
        AttemptFailure? failure = CodecReply.Read(body, images, (ref Utf8JsonReader reader, ImageResults read) =>
        {
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("predictions"u8))
                {
                    ReadPredictions(ref reader, read);
                    continue;
                }

                isError |= reader.ValueTextEquals("error"u8);
                CodecReader.SkipValue(ref reader);
            }

            return null;
        });
        return failure ?? (isError ? GeminiErrors.Inside(GoogleError.ReadBody(body)) : null); // Where all is filtered, it may be empty.
    }

    private static void ReadPredictions(ref Utf8JsonReader reader, ImageResults images)
    {
        if (!CodecReader.EntersArray(ref reader)) return;
        while (CodecReader.NextObject(ref reader))
        {
            byte[]? bytes = null;
            string? mediaType = null, prompt = null, reason = null;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("bytesBase64Encoded"u8)) bytes = CodecImageBytes.Read(ref reader);
                else if (reader.ValueTextEquals("mimeType"u8)) mediaType = CodecReader.ReadString(ref reader);
                else if (reader.ValueTextEquals("prompt"u8)) prompt = CodecReader.ReadString(ref reader);
                else if (reader.ValueTextEquals("raiFilteredReason"u8)) reason = CodecReader.ReadString(ref reader);
                else CodecReader.SkipValue(ref reader);
            }

            if (bytes is not null) images.Add(new GeneratedImage(bytes, mediaType) { RevisedPrompt = string.IsNullOrEmpty(prompt) ? null : prompt });
            else if (!string.IsNullOrEmpty(reason)) images.Withhold(CodecErrors.Trim(reason));
        }
    }
}
