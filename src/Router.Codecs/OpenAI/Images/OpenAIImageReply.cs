using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads whole answers with images.</summary>
[Embedded]
internal static class OpenAIImageReply
{
    private const string NoReason = "The provider sent neither the bytes of an image nor its address.";

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, ImageResults images, ModelProfile model)
    {
        bool hasData = false;
        AttemptFailure? failure = CodecReply.Read(body, images, (ref Utf8JsonReader reader, ImageResults read) =>
        {
            var usage = new OpenAIUsage();
            AttemptFailure? error = null;
            while (OpenAIJson.NextMember(ref reader))
            {
                if (OpenAIJson.Is(ref reader, "data"u8)) hasData |= ReadData(ref reader, read);
                else if (OpenAIJson.Is(ref reader, "usage"u8)) usage.Read(ref reader);
                else if (OpenAIJson.Is(ref reader, "error"u8)) error ??= OpenAIErrors.ReadMember(ref reader);
                else CodecReader.SkipValue(ref reader);
            }

            read.Usage = UsageOf(usage, model);
            return error;
        });
        return failure ?? (hasData ? null : OpenAIErrors.ReadWithout(body, "data"));
    }

    /// <summary>Returns what was counted. Where the provider does not tell tokens of images from others in its output, all are of images.</summary>
    public static UsageDetails? UsageOf(in OpenAIUsage usage, ModelProfile model)
    {
        UsageDetails? details = usage.ToDetails(model);
        if (details?.OutputTokenCount is not > 0) return details;
        AdditionalPropertiesDictionary<long> counts = details.AdditionalCounts ??= [];
        if (!counts.ContainsKey(UsageCounts.ImageOutput)) counts[UsageCounts.ImageOutput] = details.OutputTokenCount.Value;
        return details;
    }

    private static bool ReadData(ref Utf8JsonReader reader, ImageResults images)
    {
        if (!CodecReader.EntersArray(ref reader)) return false;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject) throw OpenAIJson.Unexpected("data[]", ref reader);
            ReadImage(ref reader, images);
        }

        return true;
    }

    private static void ReadImage(ref Utf8JsonReader reader, ImageResults images)
    {
        byte[]? bytes = null;
        string? address = null, prompt = null, mediaType = null, reason = null;
        while (OpenAIJson.NextMember(ref reader))
        {
            if (OpenAIJson.Is(ref reader, "b64_json"u8)) bytes = CodecImageBytes.Read(ref reader) ?? bytes;
            else if (OpenAIJson.Is(ref reader, "url"u8)) ReadAddress(ref reader, ref bytes, ref address);
            else if (OpenAIJson.Is(ref reader, "revised_prompt"u8)) prompt = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "mime_type"u8)) mediaType = CodecReader.ReadString(ref reader); // xAI
            else if (OpenAIJson.Is(ref reader, "finish_reason"u8)) reason = CodecReader.ReadString(ref reader);
            else if (OpenAIJson.Is(ref reader, "error"u8)) reason = OpenAIErrors.ReadMember(ref reader)?.Message;
            else CodecReader.SkipValue(ref reader);
        }

        prompt = string.IsNullOrEmpty(prompt) ? null : prompt;
        if (bytes is not null) images.Add(new GeneratedImage(bytes, mediaType) { RevisedPrompt = prompt });
        else if (address is not null) images.Add(new GeneratedImage(ToUri(address), mediaType) { RevisedPrompt = prompt });
        else images.Withhold(CodecErrors.Trim(reason ?? NoReason));
    }

    // Some servers put the image itself there.
    private static void ReadAddress(ref Utf8JsonReader reader, ref byte[]? bytes, ref string? address)
    {
        reader.Read();
        if (reader.TokenType is not JsonTokenType.String) reader.Skip();
        else if (reader.ValueSpan.StartsWith("data:"u8)) bytes ??= CodecImageBytes.ReadValue(ref reader);
        else if (!reader.ValueSpan.IsEmpty) address = reader.GetString();
    }

    private static Uri ToUri(string address) => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) ? uri : throw new JsonException("The address of an image is no URL.");
}
