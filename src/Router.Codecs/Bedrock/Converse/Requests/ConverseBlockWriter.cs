using System;
using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes contents as content blocks: each an object with one member, which names what it is.</summary>
[Embedded]
internal ref struct ConverseBlockWriter(Utf8JsonWriter json, ModelProfile model, RequestWriter body)
{
    private const int LongestCallId = 64;

    // The API refuses a result without content, and blank text.
    private const string NoContent = "(no content)";

    /// <summary>What this dialect does with a history.</summary>
    private static readonly CodecHistoryRules Rules = new(ConverseMedia.Problem, CodecSizes.Converse, static (_, _) => false, mediaInResults: false);

    /// <summary>The same for models whose tools may answer with images.</summary>
    private static readonly CodecHistoryRules RichRules = new(ConverseMedia.Problem, CodecSizes.ConverseRich, static (_, _) => false, mediaInResults: true);

    private int _documents;

    /// <summary>Returns what this dialect does with a history for a model.</summary>
    public static CodecHistoryRules RulesFor(ModelProfile model) => model.Has(ConverseQuirks.RichResults) ? RichRules : Rules;

    /// <summary>Writes one text block.</summary>
    public static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    }

    /// <summary>Writes one block, and a cache point behind it where the caller wants one.</summary>
    public AttemptFailure? Write(IList<AIContent> contents, int index, object? cache)
    {
        AttemptFailure? failure = contents[index] switch
        {
            TextReasoningContent => WriteThoughts(contents, index),
            FunctionCallContent call => WriteCall(call),
            FunctionResultContent result => WriteResult(result),
            _ => WriteOther(contents[index]),
        };
        if (failure is null) ConverseCachePoint.Write(json, cache, model, ConverseQuirks.CachePoints, body);
        return failure;
    }

    private readonly AttemptFailure? WriteThoughts(IList<AIContent> contents, int index)
    {
        json.WriteStartObject();
        json.WriteStartObject("reasoningContent"u8);
        if (CodecThoughts.TryReadHidden(contents[index], model, out ReadOnlySpan<char> data))
        {
            json.WriteString("redactedContent"u8, data);
        }
        else if (CodecThoughts.TryReadSigned(contents, index, model, out string text, out ReadOnlySpan<char> signature))
        {
            json.WriteStartObject("reasoningText"u8);
            json.WriteString("text"u8, text);
            json.WriteString("signature"u8, signature);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }

    private readonly AttemptFailure? WriteCall(FunctionCallContent call)
    {
        if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools, but the conversation holds a tool call.");
        json.WriteStartObject();
        json.WriteStartObject("toolUse"u8);
        json.WriteString("toolUseId"u8, CodecNames.CallId(call.CallId, LongestCallId));
        json.WriteString("name"u8, CodecNames.ToWire(call.Name));
        json.WritePropertyName("input"u8);
        if (CodecJson.WriteArguments(json, call.Arguments) is { } argument)
        {
            return CodecJson.Unsupported($"The argument '{argument}' of the call to '{call.Name}' is of a type that cannot be written as JSON.");
        }

        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }

    private AttemptFailure? WriteResult(FunctionResultContent result)
    {
        if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools, but the conversation holds a tool's result.");
        json.WriteStartObject();
        json.WriteStartObject("toolResult"u8);
        json.WriteString("toolUseId"u8, CodecNames.CallId(result.CallId, LongestCallId));
        json.WriteStartArray("content"u8);
        if (WriteResultContent(result) is { } failure) return failure;
        json.WriteEndArray();
        if (CodecResults.IsError(result) && model.Has(ConverseQuirks.RichResults)) json.WriteString("status"u8, "error"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }

    private AttemptFailure? WriteResultContent(FunctionResultContent result)
    {
        if (result.Result is not List<AIContent> contents)
        {
            if (CodecResults.Text(result) is not { } text) return CodecJson.Unsupported($"A tool's result of type {result.Result?.GetType().Name} cannot be written as JSON.");
            WriteText(json, string.IsNullOrWhiteSpace(text) ? NoContent : text);
            return null;
        }

        bool any = false;
        bool textOnly = CodecResults.IsError(result); // Claude's API takes nothing else of a tool that failed.
        foreach (AIContent content in contents)
        {
            if (!CodecBlocks.IsSent(content) || (textOnly && content is not TextContent)) continue;
            if (WriteOther(content) is { } failure) return failure;
            any = true;
        }

        if (!any) WriteText(json, NoContent);
        return null;
    }

    private AttemptFailure? WriteOther(AIContent content)
    {
        if (content is TextContent text)
        {
            WriteText(json, text.Text);
            return null;
        }

        if (ConverseMedia.Problem(content, model) is { } problem) return CodecJson.Unsupported(problem);
        switch (CodecContents.KindOf(content))
        {
            case CodecContentKind.Media:
                if (ConverseMedia.IsDocument(content)) _documents++;
                ConverseMedia.Write(json, content, _documents);
                return null;
            case CodecContentKind.Raw:
                CodecJson.TryWriteValue(json, content.RawRepresentation);
                return null;
            default:
                return CodecJson.Unsupported($"The Converse API has no block for {content.GetType().Name}.");
        }
    }
}
