using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads the answers of image models at Bedrock: a list of images, and why some are missing, as Amazon's models (<c>error</c>) and Stability's (<c>finish_reasons</c>) say it.</summary>
[Embedded]
internal static class BedrockImageReply
{
    private const string InferenceError = "Inference error";

    public static AttemptFailure? Read(ReadOnlySpan<byte> body, ImageResults images)
    {
        bool hasImages = false, isError = false;
        AttemptFailure? failure = CodecReply.Read(body, images, (ref Utf8JsonReader reader, ImageResults read) =>
        {
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("images"u8)) hasImages |= ReadImages(ref reader, read);
                else if (reader.ValueTextEquals("finish_reasons"u8)) isError |= ReadReasons(ref reader, read);
                else if (reader.ValueTextEquals("error"u8)) ReadError(ref reader, read);
                else CodecReader.SkipValue(ref reader);
            }

            return null;
        });
        if (failure is not null || images.Images.Count > 0) return failure;
        if (isError) return new AttemptFailure(FailureKind.ServerError, "The model failed: " + InferenceError + ".");
        return hasImages || images.Withheld.Count > 0 ? null : CodecJson.Malformed("The answer has no images.");
    }

    private static bool ReadImages(ref Utf8JsonReader reader, ImageResults images)
    {
        if (!CodecReader.EntersArray(ref reader)) return false;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (CodecImageBytes.ReadValue(ref reader) is { } bytes) images.Add(new GeneratedImage(bytes));
        }

        return true;
    }

    // One for each image, null where nothing is wrong.
    private static bool ReadReasons(ref Utf8JsonReader reader, ImageResults images)
    {
        bool isError = false;
        if (!CodecReader.EntersArray(ref reader)) return false;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.String)
            {
                reader.Skip();
                continue;
            }

            string reason = reader.GetString()!;
            if (reason is InferenceError) isError = true;
            else if (reason.Length > 0) images.Withhold(CodecErrors.Trim(reason));
        }

        return isError;
    }

    private static void ReadError(ref Utf8JsonReader reader, ImageResults images)
    {
        if (CodecReader.ReadString(ref reader) is { Length: > 0 } error) images.Withhold(CodecErrors.Trim(error));
    }
}
