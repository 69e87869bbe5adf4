using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>
/// Recognises contents in JSON: the result of an MCP tool (<c>{"content":[{"type":"image",…}]}</c>), its blocks alone, the
/// image parts of the two dialects, and contents as the framework serialises them (<c>{"$type":"data",…}</c>), which is what
/// a history becomes that was stored as JSON. What is recognised in part only stays JSON.
/// </summary>
[Embedded]
internal static class CodecResultShapes
{
    /// <summary>Returns the contents that a JSON value stands for; null where it stands for itself.</summary>
    public static List<AIContent>? Read(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String: return Read(json.GetString()!);
            case JsonValueKind.Array: return ReadBlocks(json, mustHoldMedia: true);
            case JsonValueKind.Object when json.TryGetProperty("content"u8, out JsonElement blocks) && blocks.ValueKind is JsonValueKind.Array:
                return ReadBlocks(blocks, mustHoldMedia: !IsToolResult(json));
            case JsonValueKind.Object:
                return ReadBlock(json) is { } block && (block is not TextContent || json.TryGetProperty("$type"u8, out _)) ? [block] : null;
            default: return null;
        }
    }

    /// <summary>Returns the contents of a text that is such JSON; null for any other text.</summary>
    public static List<AIContent>? Read(string text)
    {
        ReadOnlySpan<char> start = text.AsSpan().TrimStart();
        if (start.IsEmpty || start[0] is not ('{' or '[') || !MentionsMedia(start)) return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind is JsonValueKind.String ? null : Read(document.RootElement) is { } read && HoldsMedia(read) ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Returns the contents of a node; null where it stands for itself.</summary>
    public static List<AIContent>? Read(JsonNode node)
    {
        if (node is not (JsonObject or JsonArray)) return null;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) node.WriteTo(json);
        using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
        return Read(document.RootElement);
    }

    /// <summary>Returns whether an MCP result says that the tool failed.</summary>
    public static bool IsError(JsonElement json) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty("isError"u8, out JsonElement failed) && failed.ValueKind is JsonValueKind.True
        && json.TryGetProperty("content"u8, out JsonElement blocks) && blocks.ValueKind is JsonValueKind.Array;

    // A tool of the caller's own may well answer with a member called content; MCP's results have these members and no others.
    private static bool IsToolResult(JsonElement json)
    {
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (!(member.NameEquals("content"u8) || member.NameEquals("isError"u8) || member.NameEquals("structuredContent"u8)
                || member.NameEquals("_meta"u8) || member.NameEquals("resultType"u8)))
            {
                return false;
            }
        }

        return true;
    }

    private static List<AIContent>? ReadBlocks(JsonElement blocks, bool mustHoldMedia)
    {
        List<AIContent> read = [];
        foreach (JsonElement block in blocks.EnumerateArray())
        {
            if (block.ValueKind is not JsonValueKind.Object || ReadBlock(block) is not { } content) return null;
            read.Add(content);
        }

        bool typed = blocks.GetArrayLength() > 0 && blocks[0].TryGetProperty("$type"u8, out _);
        return read.Count > 0 && (!mustHoldMedia || typed || HoldsMedia(read)) ? read : null;
    }

    private static AIContent? ReadBlock(JsonElement block)
    {
        try
        {
            if (Text(block, "$type"u8) is { } type) return ReadContent(block, type);
            return Text(block, "type"u8) switch
            {
                "text" => Text(block, "text"u8) is { } text ? new TextContent(text) : null,
                "image" when block.TryGetProperty("source"u8, out JsonElement source) => ReadSource(source),
                "image" or "audio" => ReadData(block, "data"u8, "mimeType"u8),
                "image_url" => block.TryGetProperty("image_url"u8, out JsonElement image) ? ReadAddress(Text(image, "url"u8), "image/*") : null,
                "resource" => block.TryGetProperty("resource"u8, out JsonElement resource) ? ReadResource(resource) : null,
                "resource_link" => Text(block, "uri"u8) is not null ? new TextContent(block.GetRawText()) : null,
                _ => null,
            };
        }
        catch (Exception e) when (e is ArgumentException or FormatException or UriFormatException or InvalidOperationException)
        {
            return null; // Not what it claims to be, such as a media type that is none.
        }
    }

    private static AIContent? ReadContent(JsonElement block, string type) => type switch
    {
        "text" => Text(block, "text"u8) is { } text ? new TextContent(text) : null,
        "data" => Text(block, "uri"u8) is { } uri ? new DataContent(uri) { Name = Text(block, "name"u8) } : null,
        "uri" => ReadAddress(Text(block, "uri"u8), Text(block, "mediaType"u8) ?? "application/octet-stream"),
        "hostedFile" => Text(block, "fileId"u8) is { Length: > 0 } file ? new HostedFileContent(file) : null,
        "reasoning" or "usage" or "error" => new UsageContent(), // Not for the model; see CodecContents.
        _ => null,
    };

    private static AIContent? ReadResource(JsonElement resource)
    {
        if (resource.ValueKind is not JsonValueKind.Object) return null;
        return Text(resource, "text"u8) is { } text ? new TextContent(text) : ReadData(resource, "blob"u8, "mimeType"u8);
    }

    private static AIContent? ReadSource(JsonElement source) =>
        source.ValueKind is not JsonValueKind.Object ? null
        : Text(source, "type"u8) is "url" ? ReadAddress(Text(source, "url"u8), "image/*")
        : ReadData(source, "data"u8, "media_type"u8);

    private static DataContent? ReadData(JsonElement block, ReadOnlySpan<byte> data, ReadOnlySpan<byte> mediaType) =>
        block.TryGetProperty(data, out JsonElement base64) && base64.ValueKind is JsonValueKind.String && base64.TryGetBytesFromBase64(out byte[]? bytes)
            ? new DataContent(bytes, Text(block, mediaType) ?? "application/octet-stream")
            : null;

    private static AIContent? ReadAddress(string? address, string mediaType) =>
        string.IsNullOrEmpty(address) ? null
        : address.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? new DataContent(address)
        : new UriContent(address, mediaType);

    private static string? Text(JsonElement json, ReadOnlySpan<byte> name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static bool HoldsMedia(List<AIContent> contents) => contents.Exists(static content => content is DataContent or UriContent or HostedFileContent);

    private static bool MentionsMedia(ReadOnlySpan<char> json) =>
        json.Contains("\"mimeType\"", StringComparison.Ordinal) || json.Contains("\"media_type\"", StringComparison.Ordinal)
        || json.Contains("\"data:", StringComparison.Ordinal) || json.Contains("\"$type\"", StringComparison.Ordinal);
}
