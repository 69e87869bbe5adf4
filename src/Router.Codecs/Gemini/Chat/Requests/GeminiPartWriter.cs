using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Writes contents as parts.</summary>
[Embedded]
internal ref struct GeminiPartWriter(Utf8JsonWriter json, ModelProfile model)
{
    /// <summary>What this dialect does with a history.</summary>
    public static readonly CodecHistoryRules Rules = new(
        GeminiMedia.Problem,
        CodecSizes.Gemini,
        GeminiHostedTools.TakesBack,
        mediaInResults: true,
        GeminiMedia.IsTakenInResults,
        static (media, model) => !GeminiSignatures.Of(media, model).IsEmpty);

    private bool _hasCalls;

    /// <summary>
    /// Returns whether a content becomes a part. Left out: empty texts; thoughts that are not the model's own, or were not
    /// signed; and what is said about an answer, not in it.
    /// </summary>
    public static bool IsSent(IList<AIContent> contents, int index, ModelProfile model) => contents[index] switch
    {
        TextContent text => text.Text.Length > 0,
        TextReasoningContent thoughts => GeminiSignatures.TryReadThoughts(thoughts, model, out _, out _)
            || (GeminiSignatures.TryReadBehind(contents, index, model, out int length, out _) && length == 0),
        AIContent other => CodecContents.KindOf(other) is not CodecContentKind.Aside,
    };

    /// <summary>Writes one text.</summary>
    public static void WriteText(Utf8JsonWriter json, ReadOnlySpan<char> text, bool isThought = false, ReadOnlySpan<char> signature = default)
    {
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        if (isThought) json.WriteBoolean("thought"u8, true);
        WriteSignature(json, signature);
        json.WriteEndObject();
    }

    /// <summary>Writes one content of a turn.</summary>
    /// <param name="contents">The contents of the message.</param>
    /// <param name="index">Which of them it is.</param>
    /// <param name="function">The function that a result is of; null for other contents.</param>
    public AttemptFailure? Write(IList<AIContent> contents, int index, string? function)
    {
        switch (contents[index])
        {
            case TextContent text:
                WriteTexts(contents, index, text.Text);
                return null;
            case TextReasoningContent thoughts:
                WriteThoughts(contents, index, thoughts);
                return null;
            case FunctionCallContent call: return WriteCall(call);
            case FunctionResultContent result: return WriteResult(result, function!);
            default: return WriteOther(contents[index]);
        }
    }

    private static void WriteSignature(Utf8JsonWriter json, ReadOnlySpan<char> signature)
    {
        if (!signature.IsEmpty) json.WriteString("thoughtSignature"u8, signature);
    }

    /// <summary>A text of which the end was signed is the parts again that it was: a signature belongs to its own part.</summary>
    private readonly void WriteTexts(IList<AIContent> contents, int index, ReadOnlySpan<char> text)
    {
        if (!GeminiSignatures.TryReadBehind(contents, index + 1, model, out int signed, out ReadOnlySpan<char> signature) || signed == 0)
        {
            WriteText(json, text);
            return;
        }

        if (signed < text.Length) WriteText(json, text[..^signed]);
        WriteText(json, text[^signed..], isThought: false, signature);
    }

    private readonly void WriteThoughts(IList<AIContent> contents, int index, TextReasoningContent thoughts)
    {
        if (GeminiSignatures.TryReadThoughts(thoughts, model, out int signed, out ReadOnlySpan<char> signature))
        {
            WriteText(json, thoughts.Text.AsSpan()[^signed..], isThought: true, signature);
        }
        else if (GeminiSignatures.TryReadBehind(contents, index, model, out signed, out signature) && signed == 0)
        {
            WriteText(json, "", isThought: false, signature);
        }
    }

    private AttemptFailure? WriteCall(FunctionCallContent call)
    {
        if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools, but the conversation holds a tool call.");
        json.WriteStartObject();
        json.WriteStartObject("functionCall"u8);
        if (call.CallId.Length > 0) json.WriteString("id"u8, call.CallId);
        json.WriteString("name"u8, GeminiNames.ToWire(call.Name));
        json.WritePropertyName("args"u8);
        if (CodecJson.WriteArguments(json, call.Arguments) is { } argument) return CodecJson.UnwrittenArgument(call, argument);
        json.WriteEndObject();
        ReadOnlySpan<char> signature = GeminiSignatures.Of(call, model);
        if (signature.IsEmpty && !_hasCalls && model.Has(GeminiQuirks.SignatureWithCalls)) signature = GeminiSignatures.Placeholder;
        _hasCalls = true;
        WriteSignature(json, signature);
        json.WriteEndObject();
        return null;
    }

    private readonly AttemptFailure? WriteResult(FunctionResultContent result, string name)
    {
        if (!model.Can(ModelCapabilities.Tools)) return CodecJson.Unsupported("The model takes no tools, but the conversation holds a tool's result.");
        json.WriteStartObject();
        json.WriteStartObject("functionResponse"u8);
        if (result.CallId.Length > 0) json.WriteString("id"u8, result.CallId);
        json.WriteString("name"u8, GeminiNames.ToWire(name));
        json.WritePropertyName("response"u8);
        var contents = result.Result as List<AIContent>;
        bool written = contents is null ? TryWriteResponse(result) : WriteResponse(contents, CodecResults.IsError(result));
        if (!written) return CodecJson.UnwrittenResult(result);
        if (contents is not null && WriteResultMedia(contents) is { } failure) return failure;
        json.WriteEndObject();
        json.WriteEndObject();
        return null;
    }

    /// <summary>Writes a result that is one value: itself where it is an object, since the API takes nothing else; else under the name that the API knows.</summary>
    private readonly bool TryWriteResponse(FunctionResultContent result)
    {
        bool failed = CodecResults.IsError(result);
        if (!failed && result.Result is JsonObject or IDictionary<string, object?> or JsonElement { ValueKind: JsonValueKind.Object }) return CodecJson.TryWriteValue(json, result.Result);
        json.WriteStartObject();
        json.WritePropertyName(failed ? "error"u8 : "output"u8);
        if (result.Result is null) json.WriteStringValue(failed ? CodecResults.Failed : "");
        else if (!CodecJson.TryWriteValue(json, result.Result)) return false;
        json.WriteEndObject();
        return true;
    }

    private readonly bool WriteResponse(List<AIContent> contents, bool failed)
    {
        int texts = 0;
        foreach (AIContent content in contents)
        {
            if (content is TextContent) texts++;
        }

        json.WriteStartObject();
        if (texts != 1) json.WriteStartArray(failed ? "error"u8 : "output"u8);
        else json.WritePropertyName(failed ? "error"u8 : "output"u8);
        foreach (AIContent content in contents)
        {
            if (content is TextContent text) json.WriteStringValue(text.Text);
        }

        if (texts != 1) json.WriteEndArray();
        json.WriteEndObject();
        return true;
    }

    private readonly AttemptFailure? WriteResultMedia(List<AIContent> contents)
    {
        bool any = false;
        foreach (AIContent content in contents)
        {
            if (CodecContents.KindOf(content) is not CodecContentKind.Media) continue;
            if (!any) json.WriteStartArray("parts"u8);
            any = true;
            if (WriteOther(content) is { } failure) return failure;
        }

        if (any) json.WriteEndArray();
        return null;
    }

    private readonly AttemptFailure? WriteOther(AIContent content)
    {
        if (GeminiMedia.Problem(content, model) is { } problem) return CodecJson.Unsupported(problem);
        switch (CodecContents.KindOf(content))
        {
            case CodecContentKind.Media:
                json.WriteStartObject();
                GeminiMedia.Write(json, content);
                WriteSignature(json, GeminiSignatures.Of(content, model));
                json.WriteEndObject();
                return null;
            case CodecContentKind.Raw:
                CodecJson.TryWriteValue(json, content.RawRepresentation);
                return null;
            case CodecContentKind.Hosted when GeminiHostedTools.Block(content) is { } block:
                json.WriteStartObject();
                foreach (JsonProperty member in block.EnumerateObject())
                {
                    if (!member.NameEquals("thoughtSignature"u8)) member.WriteTo(json); // Another model's, perhaps; this one's is in the stamp.
                }

                WriteSignature(json, GeminiSignatures.Of(content, model));
                json.WriteEndObject();
                return null;
            default:
                return CodecJson.Unsupported($"Gemini's API has no part for {content.GetType().Name}.");
        }
    }
}
