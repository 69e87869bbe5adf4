using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes the member <c>content</c>: one text as a string, anything else as parts.</summary>
[Embedded]
internal static class CohereParts
{
    /// <summary>What this dialect does with a history: a tool's message takes text only.</summary>
    public static readonly CodecHistoryRules Rules = new(Problem, CodecSizes.Cohere, static (_, _) => false, mediaInResults: false);

    /// <summary>Writes the texts, images and raw parts of a user's message.</summary>
    public static AttemptFailure? Write(Utf8JsonWriter json, IList<AIContent> contents, ModelProfile model)
    {
        if (OnlyText(contents) is { } only)
        {
            json.WriteString("content"u8, only);
            return null;
        }

        json.WriteStartArray("content"u8);
        for (int i = 0; i < contents.Count; i++)
        {
            if (IsSent(contents[i]) && WritePart(json, contents[i], model) is { } failure) return failure;
        }

        json.WriteEndArray();
        return null;
    }

    /// <summary>Writes texts alone.</summary>
    public static void WriteTexts(Utf8JsonWriter json, IList<AIContent> contents)
    {
        int texts = 0;
        string text = "";
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is not TextContent { Text.Length: > 0 } one) continue;
            texts++;
            text = one.Text;
        }

        if (texts <= 1)
        {
            json.WriteString("content"u8, text);
            return;
        }

        json.WriteStartArray("content"u8);
        for (int i = 0; i < contents.Count; i++)
        {
            if (contents[i] is TextContent { Text.Length: > 0 } one) WriteText(json, "text"u8, one.Text);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a part that is a text or a thought: its type is also the name of its member.</summary>
    public static void WriteText(Utf8JsonWriter json, System.ReadOnlySpan<byte> type, string text)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteString(type, text);
        json.WriteEndObject();
    }

    /// <summary>Returns whether a content of a user's message becomes a part.</summary>
    public static bool IsSent(AIContent content) => CodecContents.KindOf(content) switch
    {
        CodecContentKind.Text => ((TextContent)content).Text.Length > 0,
        CodecContentKind.Aside or CodecContentKind.Result or CodecContentKind.Reasoning => false,
        _ => true,
    };

    private static string? OnlyText(IList<AIContent> contents)
    {
        string? only = null;
        for (int i = 0; i < contents.Count; i++)
        {
            if (!IsSent(contents[i])) continue;
            if (only is not null || contents[i] is not TextContent text) return null;
            only = text.Text;
        }

        return only;
    }

    private static AttemptFailure? WritePart(Utf8JsonWriter json, AIContent content, ModelProfile model)
    {
        if (Problem(content, model) is { } problem) return CodecJson.Unsupported(problem);
        switch (content)
        {
            case TextContent text:
                WriteText(json, "text"u8, text.Text);
                return null;
            case DataContent or UriContent:
                WriteImage(json, content);
                return null;
            case AIContent when CodecContents.KindOf(content) is CodecContentKind.Raw:
                CodecJson.TryWriteValue(json, content.RawRepresentation);
                return null;
            default:
                return CodecJson.Unsupported($"Cohere's API has no part for {content.GetType().Name}.");
        }
    }

    private static void WriteImage(Utf8JsonWriter json, AIContent content)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "image_url"u8);
        json.WriteStartObject("image_url"u8);
        if (content is DataContent data) CodecDataUri.Write(json, "url", data);
        else json.WriteString("url"u8, ((UriContent)content).Uri.AbsoluteUri);
        if (content.AdditionalProperties is { } more && more.TryGetValue("detail", out object? value) && value?.ToString() is { } detail) json.WriteString("detail"u8, detail);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Returns why a model cannot take an image or a file; null where it can, and for all other contents.</summary>
    private static string? Problem(AIContent content, ModelProfile model) => content switch
    {
        DataContent data when data.HasTopLevelMediaType("image") => model.Can(ModelCapabilities.Vision) ? null : "The model takes no images.",
        UriContent uri when uri.HasTopLevelMediaType("image") => model.Can(ModelCapabilities.Vision) ? null : "The model takes no images.",
        DataContent or UriContent => $"Cohere's API takes no content of type '{CodecContents.MediaType(content)}'.",
        HostedFileContent => "Cohere's API takes no files.",
        _ => null,
    };
}
