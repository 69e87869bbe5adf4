using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes parts of what the model reads: texts, images and files, of a user's message or of a function's output.</summary>
[Embedded]
internal static class OpenAIResponsesParts
{
    /// <summary>What this dialect does with a history: a function's output may hold images and files, and the API's own items go back.</summary>
    public static readonly CodecHistoryRules Rules = new(Problem, CodecSizes.OpenAI, static (content, _) => OpenAIResponsesState.IsItem(content), mediaInResults: true);

    public static AttemptFailure? Write(Utf8JsonWriter json, IList<AIContent> contents, ModelProfile model)
    {
        json.WriteStartArray();
        foreach (AIContent content in contents)
        {
            if (WritePart(json, content, model) is { } failure) return failure;
        }

        json.WriteEndArray();
        return null;
    }

    /// <summary>Returns whether a content is a part of a message, not of what is said about a turn.</summary>
    public static bool IsPart(AIContent content) => CodecContents.KindOf(content) switch
    {
        CodecContentKind.Text => ((TextContent)content).Text.Length > 0,
        CodecContentKind.Media or CodecContentKind.Raw => true,
        _ => false,
    };

    private static AttemptFailure? WritePart(Utf8JsonWriter json, AIContent content, ModelProfile model)
    {
        if (!IsPart(content)) return null;
        if (Problem(content, model) is { } problem) return CodecJson.Unsupported(problem);
        switch (content)
        {
            case TextContent text: WriteText(json, "input_text", text.Text); break;
            case UriContent uri when IsImage(uri): WriteImage(json, content, "image_url", uri.Uri.OriginalString); break;
            case DataContent data when IsImage(data): WriteImage(json, data, "image_url", null); break;
            case HostedFileContent file when IsImage(file): WriteImage(json, content, "file_id", file.FileId); break;
            case UriContent uri: WriteFile(json, content, "file_url", uri.Uri.OriginalString, null); break;
            case HostedFileContent file: WriteFile(json, content, "file_id", file.FileId, null); break;

            // The API wants a name beside the bytes and judges a file by its extension.
            case DataContent data:
                WriteFile(json, data, "file_data", null, data.Name ?? (data.MediaType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase) ? "document.pdf" : "document"));
                break;
            default: CodecJson.TryWriteValue(json, content.RawRepresentation); break;
        }

        return null;
    }

    private static void WriteText(Utf8JsonWriter json, string type, string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter json, AIContent content, string place, string? value)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "input_image"u8);
        WriteValue(json, content, place, value);

        // Some servers demand the member.
        json.WriteString("detail"u8, content.AdditionalProperties?.TryGetValue("detail", out object? detail) is true ? detail?.ToString() ?? "auto" : "auto");
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, AIContent content, string place, string? value, string? name)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "input_file"u8);
        if (name is not null) json.WriteString("filename"u8, name);
        WriteValue(json, content, place, value);
        json.WriteEndObject();
    }

    /// <summary>Writes where a medium is, or its bytes.</summary>
    private static void WriteValue(Utf8JsonWriter json, AIContent content, string place, string? value)
    {
        if (content is DataContent data) CodecDataUri.Write(json, place, data);
        else json.WriteString(place, value);
    }

    /// <summary>Returns why a model cannot take an image, audio or a file; null where it can, and for all other contents.</summary>
    private static string? Problem(AIContent content, ModelProfile model)
    {
        if (CodecContents.KindOf(content) is not CodecContentKind.Media) return null;
        if (IsImage(content)) return model.Can(ModelCapabilities.Vision) ? null : "The model takes no images.";
        string? type = CodecContents.MediaType(content);
        if (type is not null && (type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase)))
        {
            return $"The Responses API takes images and files, not {type}.";
        }

        return model.Can(ModelCapabilities.Documents) ? null : "The model takes no files.";
    }

    private static bool IsImage(AIContent content) => CodecContents.MediaType(content)?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) is true;
}
