using System;
using System.Collections.Generic;
using System.Drawing;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Asks models that answer in a conversation for images, and reads them. https://ai.google.dev/gemini-api/docs/image-generation</summary>
[Embedded]
internal static class GeminiImages
{
    private static readonly string[] OfImage = ["aspectRatio", "imageSize"];

    private static readonly string[] OfRequest = ["safetySettings", "systemInstruction"];

    public static AttemptFailure? Write(ImageRequest request, RequestWriter body, ReadOnlySpan<byte> prefix, ModelProfile model)
    {
        if (CodecImageOptions.Refuse(request, model) is { } refused) return refused;
        if (CodecImageOptions.Count(request, body, model) is { }) return CodecJson.Unsupported($"{model.Name} makes one image at a time.");
        CodecImageOptions.Format(request, body, model);
        CodecImageOptions.WantsAddress(request, body, taken: false);
        List<KeyValuePair<string, object?>> additional = [.. CodecImageOptions.Additional(request, body, CodecImageExtras.Gemini, isClosed: true)];
        Utf8JsonWriter json = body.StartObject(prefix);
        WriteContents(json, request, body);
        json.WriteStartObject("generationConfig"u8);
        json.WriteStartArray("responseModalities"u8);
        json.WriteStringValue("IMAGE"u8);
        json.WriteEndArray();
        json.WriteStartObject("imageConfig"u8);
        WriteSize(json, request, body, model, additional);
        if (WriteMembers(json, additional, static name => Array.IndexOf(OfImage, name) >= 0) is { } unwritten) return unwritten;
        json.WriteEndObject();
        if (WriteMembers(json, additional, static name => Array.IndexOf(OfImage, name) < 0 && Array.IndexOf(OfRequest, name) < 0) is { } alsoUnwritten) return alsoUnwritten;
        json.WriteEndObject();
        if (WriteMembers(json, additional, static name => Array.IndexOf(OfRequest, name) >= 0) is { } notWritten) return notWritten;
        body.EndObject();
        return CodecRaw.Merge(request, body, prefix);
    }

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, ImageResults images)
    {
        string? blocked = null;
        bool isError = false, hasCandidates = false;
        AttemptFailure? failure = CodecReply.Read(body, images, (ref Utf8JsonReader reader, ImageResults read) =>
        {
            var usage = new GeminiUsage();
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("candidates"u8)) hasCandidates |= ReadCandidates(ref reader, read);
                else if (reader.ValueTextEquals("promptFeedback"u8)) blocked = ReadBlockReason(ref reader);
                else if (reader.ValueTextEquals("usageMetadata"u8)) usage.Read(ref reader);
                else isError |= SkipOrError(ref reader);
            }

            read.Usage = usage.ToDetails();
            return null;
        });
        if (failure is not null) return failure;
        if (isError && !hasCandidates) return GeminiErrors.Inside(GoogleError.ReadBody(body));
        if (blocked is not null) return GeminiStop.Withheld(blocked, null);
        return hasCandidates ? null : CodecJson.Malformed("The answer has no candidates.");
    }

    private static void WriteContents(Utf8JsonWriter json, ImageRequest request, RequestWriter body)
    {
        json.WriteStartArray("contents"u8);
        json.WriteStartObject();
        json.WriteString("role"u8, "user"u8);
        json.WriteStartArray("parts"u8);
        json.WriteStartObject();
        json.WriteString("text"u8, request.Prompt);
        json.WriteEndObject();
        foreach (MediaFile image in request.Images)
        {
            json.WriteStartObject();
            json.WriteStartObject("inlineData"u8);
            json.WriteString("mimeType"u8, image.MediaType);
            json.WritePropertyName("data"u8);
            body.WriteBase64(json, image);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteSize(Utf8JsonWriter json, ImageRequest request, RequestWriter body, ModelProfile model, List<KeyValuePair<string, object?>> additional)
    {
        if (request.Options?.ImageSize is not { Width: > 0, Height: > 0 } size || additional.Exists(static property => property.Key is "aspectRatio")) return;
        json.WriteString("aspectRatio"u8, CodecImageRatio.Of(size, body, CodecImageRatio.Gemini));
        if (SizeOf(size) is { } name && model.Takes(ModelParameters.ImageSize) && !additional.Exists(static property => property.Key is "imageSize")) json.WriteString("imageSize"u8, name);
    }

    /// <summary>Returns the name of the size of images that is above the usual one; null for the usual one.</summary>
    public static string? SizeOf(Size size) => CodecImageRatio.Pixels(size) switch
    {
        <= CodecImageRatio.PixelsOf1K => null,
        <= CodecImageRatio.PixelsOf2K => "2K",
        _ => "4K",
    };

    private static AttemptFailure? WriteMembers(Utf8JsonWriter json, List<KeyValuePair<string, object?>> additional, Func<string, bool> belongs)
    {
        foreach (KeyValuePair<string, object?> property in additional)
        {
            if (!belongs(property.Key)) continue;
            json.WritePropertyName(property.Key);
            if (!CodecJson.TryWriteValue(json, property.Value)) return CodecJson.UnwrittenProperty(property.Key, property.Value);
        }

        return null;
    }

    private static bool ReadCandidates(ref Utf8JsonReader reader, ImageResults images)
    {
        if (!CodecReader.EntersArray(ref reader)) return false;
        while (CodecReader.NextObject(ref reader))
        {
            string? reason = null, message = null;
            int before = images.Images.Count;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("content"u8)) ReadContent(ref reader, images);
                else if (reader.ValueTextEquals("finishReason"u8)) reason = CodecReader.ReadString(ref reader);
                else if (reader.ValueTextEquals("finishMessage"u8)) message = CodecReader.ReadString(ref reader);
                else CodecReader.SkipValue(ref reader);
            }

            if (images.Images.Count == before && GeminiStop.IsFiltered(reason)) images.Withhold(CodecErrors.Trim(string.IsNullOrEmpty(message) ? reason! : $"{reason}: {message}"));
        }

        return true;
    }

    private static void ReadContent(ref Utf8JsonReader reader, ImageResults images)
    {
        if (!CodecReader.EntersObject(ref reader)) return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("parts"u8))
            {
                CodecReader.SkipValue(ref reader);
                continue;
            }

            if (!CodecReader.EntersArray(ref reader)) continue;
            while (CodecReader.NextObject(ref reader)) ReadPart(ref reader, images);
        }
    }

    // An image that is a thought is a draft.
    private static void ReadPart(ref Utf8JsonReader reader, ImageResults images)
    {
        bool isThought = false;
        GeneratedImage? image = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("thought"u8)) isThought = ReadFlag(ref reader);
            else if (reader.ValueTextEquals("inlineData"u8) || reader.ValueTextEquals("inline_data"u8)) image = ReadImage(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        if (image is not null && !isThought) images.Add(image);
    }

    private static GeneratedImage? ReadImage(ref Utf8JsonReader reader)
    {
        if (!CodecReader.EntersObject(ref reader)) return null;
        byte[]? bytes = null;
        string? mediaType = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("data"u8)) bytes = CodecImageBytes.Read(ref reader);
            else if (reader.ValueTextEquals("mimeType"u8) || reader.ValueTextEquals("mime_type"u8)) mediaType = CodecReader.ReadString(ref reader);
            else CodecReader.SkipValue(ref reader);
        }

        return bytes is null ? null : new GeneratedImage(bytes, mediaType);
    }

    private static string? ReadBlockReason(ref Utf8JsonReader reader)
    {
        string? blocked = null;
        if (!CodecReader.EntersObject(ref reader)) return null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("blockReason"u8)) blocked = CodecReader.ReadString(ref reader) is { Length: > 0 } and not "BLOCK_REASON_UNSPECIFIED" and var reason ? reason : null;
            else CodecReader.SkipValue(ref reader);
        }

        return blocked;
    }

    private static bool ReadFlag(ref Utf8JsonReader reader)
    {
        reader.Read();
        bool isTrue = reader.TokenType is JsonTokenType.True;
        reader.Skip();
        return isTrue;
    }

    private static bool SkipOrError(ref Utf8JsonReader reader)
    {
        bool isError = reader.ValueTextEquals("error"u8);
        CodecReader.SkipValue(ref reader);
        return isError;
    }
}
