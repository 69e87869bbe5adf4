using System.Text.Json;
using Microsoft.Extensions.AI;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Infrastructure;

namespace RouterGen.Gateway.Dialects.Anthropic;

/// <summary>Reads the system text and the messages of a Messages request.</summary>
internal static class AnthropicMessageReader
{
    /// <summary>Reads the conversation.</summary>
    /// <returns>Null, or what is wrong with it.</returns>
    public static AttemptFailure? Read(JsonElement body, out IReadOnlyList<ChatMessage> messages)
    {
        List<ChatMessage> read = [];
        messages = read;
        if (ReadSystem(body.Get("system"u8), read) is { } failure) return failure;
        if (body.Get("messages"u8) is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() == 0) return Fields.Invalid("messages", "must be an array with at least one message");
        int place = 0;
        foreach (JsonElement message in array.EnumerateArray())
        {
            if (ReadMessage(message, $"messages[{place++}]", read) is { } wrong) return wrong;
        }

        return null;
    }

    private static AttemptFailure? ReadSystem(JsonElement system, List<ChatMessage> messages)
    {
        if (system.ValueKind is JsonValueKind.Undefined) return null;
        List<AIContent> contents = [];
        if (ReadContents(system, "system", contents) is { } failure) return failure;
        if (contents.Count > 0) messages.Add(new ChatMessage(ChatRole.System, contents));
        return null;
    }

    private static AttemptFailure? ReadMessage(JsonElement message, string place, List<ChatMessage> messages)
    {
        ChatRole? role = message.Text("role"u8) switch { "user" => ChatRole.User, "assistant" => ChatRole.Assistant, "system" => ChatRole.System, _ => null };
        if (role is not { } speaker) return Fields.Invalid(place + ".role", "must be user or assistant");
        List<AIContent> contents = [];
        if (ReadContents(message.Get("content"u8), place + ".content", contents) is { } failure) return failure;

        // The results of tools come first in a turn of the user's; in other dialects they are messages of their own.
        List<AIContent> results = contents.FindAll(static content => content is FunctionResultContent);
        if (results.Count > 0)
        {
            messages.Add(new ChatMessage(ChatRole.Tool, results));
            contents.RemoveAll(static content => content is FunctionResultContent);
            if (contents.Count == 0) return null;
        }

        messages.Add(new ChatMessage(speaker, contents));
        return null;
    }

    private static AttemptFailure? ReadContents(JsonElement content, string place, List<AIContent> contents)
    {
        if (content.ValueKind is JsonValueKind.String) contents.Add(new TextContent(content.GetString()));
        if (content.ValueKind is JsonValueKind.String) return null;
        if (content.ValueKind is not JsonValueKind.Array) return Fields.Invalid(place, "must be a text or an array of blocks");
        int index = 0;
        foreach (JsonElement block in content.EnumerateArray())
        {
            if (AnthropicBlockReader.Read(block, $"{place}[{index++}]", contents) is { } failure) return failure;
        }

        return null;
    }
}
