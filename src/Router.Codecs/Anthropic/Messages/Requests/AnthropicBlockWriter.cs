using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes contents as content blocks.</summary>
[Embedded]
internal readonly struct AnthropicBlockWriter(Utf8JsonWriter json, ModelProfile model)
{
    private const int LongestCallId = 64;

    /// <summary>What this dialect does with a history.</summary>
    public static readonly CodecHistoryRules Rules = new(Problem, CodecSizes.Anthropic, AnthropicHostedTools.TakesBack, mediaInResults: true);

    /// <summary>Writes one text block.</summary>
    public static AttemptFailure? WriteText(Utf8JsonWriter json, string text, object? cache)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "text"u8);
        json.WriteString("text"u8, text);
        AttemptFailure? failure = AnthropicCacheControl.Write(json, cache);
        json.WriteEndObject();
        return failure;
    }

    /// <summary>Writes one block.</summary>
    public AttemptFailure? Write(IList<AIContent> contents, int index, object? cache) => contents[index] switch
    {
        TextContent text => WriteText(json, text.Text, cache),
        TextReasoningContent => WriteThoughts(contents, index),
        FunctionCallContent call => WriteCall(call, cache),
        FunctionResultContent result => WriteResult(result, cache),
        _ => WriteMedia(contents[index], cache),
    };

    private AttemptFailure? WriteThoughts(IList<AIContent> contents, int index)
    {
        AnthropicReasoning.Write(json, contents, index, model);
        return null;
    }

    private AttemptFailure? WriteCall(FunctionCallContent call, object? cache)
    {
        if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools, but the conversation holds a tool call.");
        json.WriteStartObject();
        json.WriteString("type"u8, "tool_use"u8);
        json.WriteString("id"u8, CallId(call.CallId));
        json.WriteString("name"u8, CodecNames.ToWire(call.Name));
        json.WritePropertyName("input"u8);
        if (CodecJson.WriteArguments(json, call.Arguments) is { } argument)
        {
            return CodecJson.Unsupported($"The argument '{argument}' of the call to '{call.Name}' is of a type that cannot be written as JSON.");
        }

        AttemptFailure? failure = AnthropicCacheControl.Write(json, cache);
        json.WriteEndObject();
        return failure;
    }

    private AttemptFailure? WriteResult(FunctionResultContent result, object? cache)
    {
        if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools, but the conversation holds a tool's result.");
        json.WriteStartObject();
        json.WriteString("type"u8, "tool_result"u8);
        json.WriteString("tool_use_id"u8, CallId(result.CallId));
        AttemptFailure? failure = WriteResultContent(result);
        if (failure is not null) return failure;
        if (CodecResults.IsError(result)) json.WriteBoolean("is_error"u8, true);
        failure = AnthropicCacheControl.Write(json, cache);
        json.WriteEndObject();
        return failure;
    }

    private AttemptFailure? WriteResultContent(FunctionResultContent result)
    {
        if (result.Result is not List<AIContent> contents || contents is [TextContent { AdditionalProperties: null }])
        {
            string? text = result.Result is List<AIContent> and [TextContent only] ? only.Text : CodecResults.Text(result);
            if (text is null) return CodecJson.Unsupported($"A tool's result of type {result.Result?.GetType().Name} cannot be written as JSON.");
            if (text.Length > 0) json.WriteString("content"u8, text);
            return null;
        }

        bool textOnly = CodecResults.IsError(result); // The API takes nothing else of a tool that failed.
        json.WriteStartArray("content"u8);
        foreach (AIContent content in contents)
        {
            if (!CodecBlocks.IsSent(content) || (textOnly && content is not TextContent)) continue;
            object? cache = CodecCacheControl.Find(content.AdditionalProperties);
            if ((content is TextContent text ? WriteText(json, text.Text, cache) : WriteMedia(content, cache)) is { } failure) return failure;
        }

        json.WriteEndArray();
        return null;
    }

    private AttemptFailure? WriteMedia(AIContent content, object? cache)
    {
        if (Problem(content, model) is { } problem) return CodecJson.Unsupported(problem);
        if (CodecContents.KindOf(content) is CodecContentKind.Media) return WriteSourced(IsImage(content) ? "image"u8 : "document"u8, content, cache);
        if (AnthropicHostedTools.TryWriteBlock(json, content)) return null;
        if (CodecContents.KindOf(content) is not CodecContentKind.Raw) return CodecJson.Unsupported($"The Messages API has no block for {content.GetType().Name}.");
        CodecJson.TryWriteValue(json, content.RawRepresentation);
        return null;
    }

    /// <summary>Returns why a model cannot take an image or a file; null where it can, and for all other contents.</summary>
    private static string? Problem(AIContent content, ModelProfile model) => content switch
    {
        UriContent or HostedFileContent when model.Has(AnthropicQuirks.InlineMedia) => "The model reads no links and no uploaded files where it is served: state the bytes (DataContent).",
        _ when IsImage(content) => model.Can(ModelCapabilities.Vision) ? null : "The model takes no images.",
        DataContent data when !IsPdf(data.MediaType) && !data.HasTopLevelMediaType("text") => $"The Messages API takes no data of type '{data.MediaType}'.",
        UriContent uri when !IsPdf(uri.MediaType) => $"The Messages API takes no link to content of type '{uri.MediaType}'.",
        DataContent or UriContent or HostedFileContent => model.Can(ModelCapabilities.Documents) ? null : "The model takes no documents.",
        _ => null,
    };

    private static bool IsImage(AIContent content) => content switch
    {
        DataContent data => data.HasTopLevelMediaType("image"),
        UriContent uri => uri.HasTopLevelMediaType("image"),
        HostedFileContent file => file.HasTopLevelMediaType("image"),
        _ => false,
    };

    /// <summary>Writes a text as it is; bytes that are no UTF-8 are replaced.</summary>
    private void WriteUtf8(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text)) json.WriteString("data"u8, text);
        else json.WriteString("data"u8, Encoding.UTF8.GetString(text));
    }

    private AttemptFailure? WriteSourced(ReadOnlySpan<byte> type, AIContent content, object? cache)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteStartObject("source"u8);
        switch (content)
        {
            case DataContent data when data.HasTopLevelMediaType("text"):
                json.WriteString("type"u8, "text"u8);
                json.WriteString("media_type"u8, "text/plain"u8); // The only one of its kind that the API names.
                WriteUtf8(data.Data.Span);
                break;
            case DataContent data:
                json.WriteString("type"u8, "base64"u8);
                json.WriteString("media_type"u8, data.MediaType);
                json.WriteBase64String("data"u8, data.Data.Span);
                break;
            case UriContent uri:
                json.WriteString("type"u8, "url"u8);
                json.WriteString("url"u8, uri.Uri.AbsoluteUri);
                break;
            case HostedFileContent file:
                json.WriteString("type"u8, "file"u8);
                json.WriteString("file_id"u8, file.FileId);
                break;
        }

        json.WriteEndObject();
        if (type.SequenceEqual("document"u8) && content is DataContent { Name: { Length: > 0 } name }) json.WriteString("title"u8, name);
        AttemptFailure? failure = AnthropicCacheControl.Write(json, cache);
        json.WriteEndObject();
        return failure;
    }

    private static bool IsPdf(string? mediaType) => string.Equals(mediaType, "application/pdf", StringComparison.OrdinalIgnoreCase);

    // Another provider, which may have made the earlier calls of the conversation, may have used more characters than the
    // API takes; call and result are renamed alike.
    private static string CallId(string id) => CodecNames.CallId(id, LongestCallId);
}
