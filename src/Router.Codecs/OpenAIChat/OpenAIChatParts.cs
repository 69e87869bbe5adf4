using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the parts of a user's message that is not text alone: images, audio and files.</summary>
[Embedded]
internal static class OpenAIChatParts
{
    public static AttemptFailure? Write(Utf8JsonWriter json, IList<AIContent> contents, ModelProfile model)
    {
        json.WriteStartArray("content"u8);
        foreach (AIContent content in contents)
        {
            if (WritePart(json, content, model) is { } failure) return failure;
        }

        json.WriteEndArray();
        return null;
    }

    private static AttemptFailure? WritePart(Utf8JsonWriter json, AIContent content, ModelProfile model)
    {
        switch (content)
        {
            case TextContent text:
                json.WriteStartObject();
                json.WriteString("type"u8, "text"u8);
                json.WriteString("text"u8, text.Text);
                json.WriteEndObject();
                return null;

            case UriContent uri when uri.HasTopLevelMediaType("image"):
                return WriteImage(json, uri, uri.Uri.OriginalString, model);
            case UriContent uri:
                return CodecJson.Unsupported($"Chat Completions takes only images by their address, not {uri.MediaType}.");

            case DataContent data when data.HasTopLevelMediaType("image"):
                return WriteImage(json, data, data.Uri, model);
            case DataContent data when data.HasTopLevelMediaType("audio"):
                return WriteAudio(json, data, model);
            case DataContent data:
                return WriteFile(json, data, model);
            case HostedFileContent file:
                return WriteFile(json, file, model);

            // Said by a model or about it, not to it; tool results have been written as messages of their own.
            case ErrorContent or TextReasoningContent or UsageContent or FunctionResultContent:
                return null;
            default:
                return CodecJson.Unsupported($"Chat Completions has no way to send {content.GetType().Name}.");
        }
    }

    private static AttemptFailure? WriteImage(Utf8JsonWriter json, AIContent content, string url, ModelProfile model)
    {
        if (!model.Has(ModelTraits.Vision)) return CodecJson.Unsupported("The model takes no images.");
        json.WriteStartObject();
        json.WriteString("type"u8, "image_url"u8);
        json.WriteStartObject("image_url"u8);
        json.WriteString("url"u8, url);
        if (content.AdditionalProperties is { } more && more.TryGetValue("detail", out object? value) && value?.ToString() is { } detail)
        {
            json.WriteString("detail"u8, detail);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }

    private static AttemptFailure? WriteAudio(Utf8JsonWriter json, DataContent data, ModelProfile model)
    {
        if (!model.Has(ModelTraits.Audio)) return CodecJson.Unsupported("The model takes no audio.");
        string? format = data.MediaType.ToLowerInvariant() switch
        {
            "audio/wav" or "audio/x-wav" or "audio/wave" or "audio/vnd.wave" => "wav",
            "audio/mpeg" or "audio/mp3" => "mp3",
            _ => null,
        };
        if (format is null) return CodecJson.Unsupported($"Chat Completions takes audio as WAV or MP3, not {data.MediaType}.");

        json.WriteStartObject();
        json.WriteString("type"u8, "input_audio"u8);
        json.WriteStartObject("input_audio"u8);
        json.WriteString("data"u8, data.Base64Data.Span);
        json.WriteString("format"u8, format);
        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }

    private static AttemptFailure? WriteFile(Utf8JsonWriter json, AIContent content, ModelProfile model)
    {
        if (!model.Has(ModelTraits.Documents)) return CodecJson.Unsupported("The model takes no files.");
        json.WriteStartObject();
        json.WriteString("type"u8, "file"u8);
        json.WriteStartObject("file"u8);
        if (content is DataContent data)
        {
            // The API wants a name beside the bytes and judges a file by its extension.
            json.WriteString("filename"u8, data.Name ?? (data.MediaType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase) ? "document.pdf" : "document"));
            json.WriteString("file_data"u8, data.Uri);
        }
        else if (content is HostedFileContent file)
        {
            json.WriteString("file_id"u8, file.FileId);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }
}
