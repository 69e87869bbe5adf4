using System;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes images, documents, audio and videos: bytes in the request, or a link to an object in S3.</summary>
[Embedded]
internal static class ConverseMedia
{
    private const string ImageKind = "image", DocumentKind = "document", AudioKind = "audio", VideoKind = "video";

    private static readonly (string Type, string Kind, string Format)[] Formats =
    [
        ("image/png", ImageKind, "png"), ("image/jpeg", ImageKind, "jpeg"), ("image/jpg", ImageKind, "jpeg"), ("image/gif", ImageKind, "gif"), ("image/webp", ImageKind, "webp"),
        ("application/pdf", DocumentKind, "pdf"), ("text/csv", DocumentKind, "csv"), ("text/html", DocumentKind, "html"), ("text/markdown", DocumentKind, "md"),
        ("application/msword", DocumentKind, "doc"), ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", DocumentKind, "docx"),
        ("application/vnd.ms-excel", DocumentKind, "xls"), ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", DocumentKind, "xlsx"),
        ("audio/mpeg", AudioKind, "mp3"), ("audio/mp3", AudioKind, "mp3"), ("audio/wav", AudioKind, "wav"), ("audio/x-wav", AudioKind, "wav"), ("audio/wave", AudioKind, "wav"), ("audio/flac", AudioKind, "flac"),
        ("audio/ogg", AudioKind, "ogg"), ("audio/opus", AudioKind, "opus"), ("audio/aac", AudioKind, "aac"), ("audio/mp4", AudioKind, "mp4"), ("audio/m4a", AudioKind, "m4a"), ("audio/x-m4a", AudioKind, "m4a"), ("audio/webm", AudioKind, "webm"),
        ("video/mp4", VideoKind, "mp4"), ("video/quicktime", VideoKind, "mov"), ("video/webm", VideoKind, "webm"), ("video/x-matroska", VideoKind, "mkv"), ("video/x-flv", VideoKind, "flv"),
        ("video/mpeg", VideoKind, "mpeg"), ("video/x-ms-wmv", VideoKind, "wmv"), ("video/3gpp", VideoKind, "three_gp"),
    ];

    /// <summary>Returns why a model cannot take a content; null where it can, and for contents that are no media.</summary>
    public static string? Problem(AIContent content, ModelProfile model)
    {
        if (content is HostedFileContent) return "The Converse API has no files that are named by an id.";
        if (CodecContents.MediaType(content) is not { } mediaType) return null;
        if (content is UriContent { Uri.Scheme: not "s3" }) return "The Converse API takes links to objects in S3 only.";
        (string? kind, _) = FormatOf(mediaType);
        return kind switch
        {
            ImageKind => model.Can(ModelCapabilities.Vision) ? null : "The model takes no images.",
            DocumentKind => model.Can(ModelCapabilities.Documents) ? null : "The model takes no documents.",
            AudioKind => model.Can(ModelCapabilities.Audio) ? null : "The model takes no audio.",
            VideoKind => model.Has(ConverseQuirks.Video) ? null : "The model takes no videos.",
            _ => $"The Converse API takes no data of type '{mediaType}'.",
        };
    }

    /// <summary>Returns whether a content becomes a document, which needs a name.</summary>
    public static bool IsDocument(AIContent content) => CodecContents.MediaType(content) is { } mediaType && FormatOf(mediaType).Kind is DocumentKind;

    /// <summary>Writes a block.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="content">A content that the model takes.</param>
    /// <param name="number">The document's number in the request.</param>
    public static void Write(Utf8JsonWriter json, AIContent content, int number)
    {
        (string? kind, string? format) = FormatOf(CodecContents.MediaType(content)!);
        json.WriteStartObject();
        json.WriteStartObject(kind!);
        json.WriteString("format"u8, format);
        if (kind is DocumentKind) WriteName(json, content, number);
        json.WriteStartObject("source"u8);
        if (content is DataContent data)
        {
            json.WriteBase64String("bytes"u8, data.Data.Span);
        }
        else
        {
            json.WriteStartObject("s3Location"u8);
            json.WriteString("uri"u8, ((UriContent)content).Uri.OriginalString);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes a document's name. The API takes letters, digits, single spaces, hyphens and brackets, and each name once in a request; hence
    /// the number.
    /// </summary>
    private static void WriteName(Utf8JsonWriter json, AIContent content, int number)
    {
        const int LongestName = 100;
        ReadOnlySpan<char> given = content is DataContent { Name: { Length: > 0 } own } ? own : "Document";
        Span<char> name = stackalloc char[LongestName + 12];
        int length = 0;
        foreach (char c in given)
        {
            if (length == LongestName) break;
            char kept = char.IsAsciiLetterOrDigit(c) || c is '-' or '(' or ')' or '[' or ']' ? c : ' ';
            if (kept != ' ' || (length > 0 && name[length - 1] != ' ')) name[length++] = kept;
        }

        if (length > 0 && name[length - 1] != ' ') name[length++] = ' ';
        number.TryFormat(name[length..], out int digits, default, System.Globalization.CultureInfo.InvariantCulture);
        json.WriteString("name"u8, name[..(length + digits)]);
    }

    private static (string? Kind, string? Format) FormatOf(ReadOnlySpan<char> mediaType)
    {
        int end = mediaType.IndexOf(';');
        if (end >= 0) mediaType = mediaType[..end].TrimEnd();
        foreach ((string type, string kind, string format) in Formats)
        {
            if (mediaType.Equals(type, StringComparison.OrdinalIgnoreCase)) return (kind, format);
        }

        bool isText = mediaType.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || mediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase);
        return isText ? (DocumentKind, "txt") : default;
    }
}
