using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.OpenAIChat;

/// <summary>Reads the messages of a Chat Completions request.</summary>
internal static class OpenAIChatMessageReader
{
    /// <summary>Reads the conversation.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public static AttemptFailure? Read(JsonElement body, out IReadOnlyList<ChatMessage> messages)
    {
        List<ChatMessage> read = [];
        messages = read;
        if (body.Get("messages"u8) is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() == 0) return Fields.Invalid("messages", "must be an array with at least one message");
        int place = 0;
        foreach (JsonElement message in array.EnumerateArray())
        {
            if (ReadMessage(message, $"messages[{place++}]", read) is { } failure) return failure;
        }

        return null;
    }

    private static AttemptFailure? ReadMessage(JsonElement message, string place, List<ChatMessage> messages)
    {
        if (message.ValueKind is not JsonValueKind.Object) return Fields.Invalid(place, "must be an object");
        List<AIContent> contents = [];
        ChatRole role;
        AttemptFailure? failure;
        switch (message.Text("role"u8))
        {
            case "system" or "developer":
                role = ChatRole.System;
                failure = ReadContents(message, place, contents);
                break;
            case "user":
                role = ChatRole.User;
                failure = ReadContents(message, place, contents);
                break;
            case "assistant":
                role = ChatRole.Assistant;
                OpenAIChatStates.Read(message, contents);
                failure = ReadContents(message, place, contents) ?? ReadCalls(message, place, contents);
                break;
            case "tool":
                role = ChatRole.Tool;
                failure = ReadResult(message, message.Text("tool_call_id"u8), place, contents);
                break;
            case "function":
                role = ChatRole.Tool;
                failure = ReadResult(message, message.Text("name"u8), place, contents);
                break;
            default:
                return Fields.Invalid(place + ".role", "must be system, developer, user, assistant or tool");
        }

        if (failure is null) messages.Add(new ChatMessage(role, contents) { AuthorName = role == ChatRole.Tool ? null : message.Text("name"u8) });
        return failure;
    }

    private static AttemptFailure? ReadContents(JsonElement message, string place, List<AIContent> contents)
    {
        JsonElement content = message.Get("content"u8);
        if (content.ValueKind is JsonValueKind.String) contents.Add(new TextContent(content.GetString()));
        if (message.Text("refusal"u8) is { } refusal) contents.Add(new ErrorContent(refusal) { ErrorCode = "Refusal" });
        if (content.ValueKind is JsonValueKind.String or JsonValueKind.Undefined) return null;
        if (content.ValueKind is not JsonValueKind.Array) return Fields.Invalid(place + ".content", "must be a text or an array of parts");
        int part = 0;
        foreach (JsonElement item in content.EnumerateArray())
        {
            if (PartOf(item) is not { } read) return Fields.Invalid($"{place}.content[{part}]", "must be a part of type text, image_url, input_audio, file or refusal, with its data");
            contents.Add(read);
            part++;
        }

        return null;
    }

    private static AIContent? PartOf(JsonElement part)
    {
        switch (part.Text("type"u8))
        {
            case "text": return part.Text("text"u8) is { } text ? CachePoint.Put(new TextContent(text), part) : null;
            case "refusal": return part.Text("refusal"u8) is { } refusal ? new ErrorContent(refusal) { ErrorCode = "Refusal" } : null;
            case "image_url":
                JsonElement image = part.Get("image_url"u8);
                AIContent? content = image.Text("url"u8) is { } url ? MediaParts.Of(url, "image/*") : null;
                if (image.Text("detail"u8) is { } detail && content is not null) (content.AdditionalProperties ??= [])["detail"] = detail;
                return content is null ? null : CachePoint.Put(content, part);
            case "input_audio":
                JsonElement audio = part.Get("input_audio"u8);
                return MediaParts.Decode(audio.Text("data"u8), audio.Text("format"u8) is "mp3" ? "audio/mpeg" : "audio/wav");
            case "file":
                JsonElement file = part.Get("file"u8);
                if (file.Text("file_id"u8) is { } id) return new HostedFileContent(id);
                DataContent? data = file.Text("file_data"u8) is { } uri ? MediaParts.Of(uri, "application/octet-stream") as DataContent : null;
                data?.Name = file.Text("filename"u8);
                return data;
            default: return null;
        }
    }

    private static AttemptFailure? ReadCalls(JsonElement message, string place, List<AIContent> contents)
    {
        int index = 0;
        foreach (JsonElement call in message.Items("tool_calls"u8))
        {
            JsonElement function = call.Get("function"u8);
            if (Call(call.Text("id"u8), function, $"{place}.tool_calls[{index++}]", OpenAIChatStates.OfCall(message, call.Text("id"u8)), contents) is { } failure) return failure;
        }

        JsonElement old = message.Get("function_call"u8);
        return old.ValueKind is JsonValueKind.Object ? Call(old.Text("name"u8), old, place + ".function_call", state: null, contents) : null;
    }

    private static AttemptFailure? Call(string? id, JsonElement function, string place, string? state, List<AIContent> contents)
    {
        if (id is null) return Fields.Invalid(place + ".id", "must be a text");
        if (function.Text("name"u8) is not { Length: > 0 } name) return Fields.Invalid(place + ".function.name", "must be a text");
        if (CallArguments.Parse(function.Text("arguments"u8) ?? "") is not { } arguments) return Fields.Invalid(place + ".function.arguments", "must be a JSON object within a text");
        var read = new FunctionCallContent(id, name, arguments);
        if (state is not null) CallState.Put(read, state);
        contents.Add(read);
        return null;
    }

    private static AttemptFailure? ReadResult(JsonElement message, string? id, string place, List<AIContent> contents)
    {
        if (id is null) return Fields.Invalid(place + ".tool_call_id", "must be a text");
        List<AIContent> parts = [];
        if (ReadContents(message, place, parts) is { } failure) return failure;
        object result = parts is [TextContent text] ? text.Text : parts.TrueForAll(static part => part is TextContent) ? string.Concat(parts.Cast<TextContent>().Select(static part => part.Text)) : parts;
        contents.Add(new FunctionResultContent(id, result));
        return null;
    }
}
