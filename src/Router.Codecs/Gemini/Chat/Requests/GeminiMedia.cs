using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes images, audio, videos and files: as data, or as links to them.</summary>
[Embedded]
internal static class GeminiMedia
{
    // Files that were uploaded are stated by their address; callers often keep the name alone.
    private const string FileName = "files/";
    private const string FileAddress = "https://generativelanguage.googleapis.com/v1beta/";

    /// <summary>Returns why a model cannot take a content; null where it can, and for all contents that are no media.</summary>
    public static string? Problem(AIContent content, ModelProfile model)
    {
        if (CodecContents.KindOf(content) is not CodecContentKind.Media) return null;
        string? type = CodecContents.MediaType(content);
        if (Is(type, "image/")) return model.Can(ModelCapabilities.Vision) ? null : "The model takes no images.";
        if (Is(type, "audio/")) return model.Can(ModelCapabilities.Audio) ? null : "The model takes no audio.";
        if (Is(type, "video/")) return model.Has(GeminiQuirks.Video) ? null : "The model takes no videos.";
        if (content is DataContent data && !IsPdf(type) && !IsText(data)) return $"Gemini's API takes no data of type '{type}'.";
        return model.Can(ModelCapabilities.Documents) ? null : "The model takes no documents.";
    }

    /// <summary>Returns whether a function's result may hold a content.</summary>
    public static bool IsTakenInResults(AIContent content, ModelProfile model) =>
        model.Has(GeminiQuirks.MediaInResults) && content is DataContent data && (data.HasTopLevelMediaType("image") || IsPdf(data.MediaType));

    /// <summary>Writes the member of a part that holds a content.</summary>
    public static void Write(Utf8JsonWriter json, AIContent content)
    {
        switch (content)
        {
            case DataContent data:
                json.WriteStartObject("inlineData"u8);
                json.WriteString("mimeType"u8, IsText(data) ? "text/plain" : data.MediaType); // JSON and others are refused under their own names.
                json.WriteBase64String("data"u8, data.Data.Span);
                json.WriteEndObject();
                break;
            case UriContent uri:
                json.WriteStartObject("fileData"u8);
                if (!uri.MediaType.EndsWith('*')) json.WriteString("mimeType"u8, uri.MediaType); // image/*: not known more closely
                json.WriteString("fileUri"u8, uri.Uri.AbsoluteUri);
                json.WriteEndObject();
                break;
            case HostedFileContent file:
                json.WriteStartObject("fileData"u8);
                if (file.MediaType is { } type) json.WriteString("mimeType"u8, type);
                json.WriteString("fileUri"u8, file.FileId.StartsWith(FileName, StringComparison.Ordinal) ? FileAddress + file.FileId : file.FileId);
                json.WriteEndObject();
                break;
        }
    }

    private static bool IsPdf(string? mediaType) => string.Equals(mediaType, "application/pdf", StringComparison.OrdinalIgnoreCase);

    private static bool IsText(DataContent data) => data.HasTopLevelMediaType("text") || data.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);

    private static bool Is(string? mediaType, string start) => mediaType?.StartsWith(start, StringComparison.OrdinalIgnoreCase) is true;
}
