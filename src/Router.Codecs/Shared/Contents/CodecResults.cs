using System;
using System.Buffers;
using System.Collections;
using System.Collections.Generic;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace RouterGen.Codecs;

/// <summary>Takes a tool's result apart: into contents where it is made of contents, else into one text.</summary>
[Embedded]
internal static class CodecResults
{
    /// <summary>
    /// What a model reads of a tool that threw: the exception's own text is for the caller. The code that invokes functions puts
    /// it into the result where the model is to read it.
    /// </summary>
    internal const string Failed = "Error: The tool failed.";

    /// <summary>Returns the contents that a result consists of; null where it is one value.</summary>
    /// <param name="result">Contents, messages, lists with contents among other values, and the JSON of all of them and of MCP's results.</param>
    public static List<AIContent>? Contents(object? result)
    {
        switch (result)
        {
            case null or bool: return null;
            case string text: return CodecResultShapes.Read(text);
            case AIContent content: return [content];
            case IEnumerable<AIContent> contents: return [.. contents];
            case ChatMessage message: return [.. message.Contents];
            case ChatResponse response: return Join(response.Messages);
            case IEnumerable<ChatMessage> messages: return Join(messages);
            case JsonElement element: return CodecResultShapes.Read(element);
            case JsonDocument document: return CodecResultShapes.Read(document.RootElement);
            case JsonNode node: return CodecResultShapes.Read(node);
            case IList items and not byte[]: return Mixed(items);
            case IEnumerable or IFormattable or Uri or Version or ReadOnlyMemory<byte> or Memory<byte>: return null;
            default: return CodecJson.Serialize(result) is { } written ? CodecResultShapes.Read(written) : null; // For example MCP's own type.
        }
    }

    /// <summary>Returns whether the result itself says that the tool failed.</summary>
    public static bool IsError(FunctionResultContent result) =>
        result.Exception is not null || (result.Result is JsonElement element && CodecResultShapes.IsError(element));

    /// <summary>Returns a result that is one value as the text that a model is to read; null where its type cannot be written.</summary>
    public static string? Text(FunctionResultContent result)
    {
        if (result.Result is null) return result.Exception is null ? "" : Failed;
        return Text(result.Result);
    }

    /// <summary>Returns a value as text: itself where it is a text or a number, else its JSON; null where its type cannot be written.</summary>
    public static string? Text(object? value)
    {
        if (value is TextContent content) return content.Text;
        if (value is JsonElement { ValueKind: JsonValueKind.String } element) return element.GetString();
        if (value is JsonValue node && node.TryGetValue(out string? text)) return text;
        if (CodecScalars.PlainText(value) is { } plain) return plain;
        if (value is DateTime or DateTimeOffset) return Json(value)?.Trim('"');
        return Json(value);
    }

    private static string? Json(object? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        if (!CodecJson.TryWriteValue(json, value)) return null;
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static List<AIContent> Join(IEnumerable<ChatMessage> messages)
    {
        List<AIContent> joined = [];
        foreach (ChatMessage message in messages) joined.AddRange(message.Contents);
        return joined;
    }

    /// <summary>A list of contents among which there are other values, such as strings.</summary>
    private static List<AIContent>? Mixed(IList items)
    {
        bool any = false;
        foreach (object? item in items) any |= item is AIContent;
        if (!any) return null;
        List<AIContent> mixed = [];
        foreach (object? item in items)
        {
            if (item is AIContent content) mixed.Add(content);
            else if (item is not null && Text(item) is { } text) mixed.Add(new TextContent(text));
            else if (item is not null) return null;
        }

        return mixed;
    }
}
