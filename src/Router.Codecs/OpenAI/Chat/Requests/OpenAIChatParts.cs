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
    /// <summary>What this dialect does with a history: a tool's message takes text only.</summary>
    public static readonly CodecHistoryRules Rules = new(Problem, CodecSizes.OpenAI, static (_, _) => false, mediaInResults: false);

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

    public static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    }

    private static AttemptFailure? WritePart(Utf8JsonWriter json, AIContent content, ModelProfile model)
    {
        if (Problem(content, model) is { } problem) return CodecJson.Unsupported(problem);
        switch (content)
        {
            case TextContent { Text.Length: > 0 } text: WriteText(json, text.Text); break;
            case UriContent uri: WriteImage(json, uri); break;
            case DataContent data when data.HasTopLevelMediaType("image"): WriteImage(json, data); break;
            case DataContent data when AudioFormat(data) is { } format: WriteAudio(json, data, format); break;
            case DataContent or HostedFileContent: WriteFile(json, content); break;
            case { RawRepresentation: not null } when CodecContents.KindOf(content) is CodecContentKind.Raw:
                CodecJson.TryWriteValue(json, content.RawRepresentation);
                break;
        }

        return null; // Anything else is said about a turn, not in it; results have been written as messages of their own.
    }

    /// <summary>Returns why a model cannot take an image, audio or a file; null where it can, and for all other contents.</summary>
    private static string? Problem(AIContent content, ModelProfile model) => content switch
    {
        UriContent uri when uri.HasTopLevelMediaType("image") => Lacks(ModelCapabilities.Vision, "images", model),
        UriContent uri => $"Chat Completions takes only images by their address, not {uri.MediaType}.",
        DataContent data when data.HasTopLevelMediaType("image") => Lacks(ModelCapabilities.Vision, "images", model),
        DataContent data when data.HasTopLevelMediaType("audio") => Lacks(ModelCapabilities.Audio, "audio", model)
            ?? (AudioFormat(data) is null ? $"Chat Completions takes audio as WAV or MP3, not {data.MediaType}." : null),
        DataContent or HostedFileContent => Lacks(ModelCapabilities.Documents, "files", model),
        _ => null,
    };

    private static string? Lacks(ModelCapabilities capability, string what, ModelProfile model) => model.Can(capability) ? null : $"The model takes no {what}.";

    private static string? AudioFormat(DataContent data) => data.MediaType.ToLowerInvariant() switch
    {
        "audio/wav" or "audio/x-wav" or "audio/wave" or "audio/vnd.wave" => "wav",
        "audio/mpeg" or "audio/mp3" => "mp3",
        _ => null,
    };

    private static void WriteImage(Utf8JsonWriter json, AIContent content)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "image_url"u8);
        json.WriteStartObject("image_url"u8);
        if (content is DataContent data) CodecDataUri.Write(json, "url", data);
        else json.WriteString("url"u8, ((UriContent)content).Uri.OriginalString);
        if (content.AdditionalProperties is { } more && more.TryGetValue("detail", out object? value) && value?.ToString() is { } detail)
        {
            json.WriteString("detail"u8, detail);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAudio(Utf8JsonWriter json, DataContent data, string format)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "input_audio"u8);
        json.WriteStartObject("input_audio"u8);
        json.WriteBase64String("data"u8, data.Data.Span);
        json.WriteString("format"u8, format);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, AIContent content)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "file"u8);
        json.WriteStartObject("file"u8);
        if (content is DataContent data)
        {
            // The API wants a name beside the bytes and judges a file by its extension.
            json.WriteString("filename"u8, data.Name ?? (data.MediaType.Equals("application/pdf", StringComparison.OrdinalIgnoreCase) ? "document.pdf" : "document"));
            CodecDataUri.Write(json, "file_data", data);
        }
        else if (content is HostedFileContent file)
        {
            json.WriteString("file_id"u8, file.FileId);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
