using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes the system text and the turns. The API knows two speakers, which need not alternate but whose consecutive messages
/// are one turn here: the results of all calls of a turn must stand together in the next.
/// </summary>
[Embedded]
internal readonly struct AnthropicMessageWriter(Utf8JsonWriter json, ModelProfile model)
{
    /// <summary>Writes the member <c>system</c> from the instructions and the system messages, wherever they stand.</summary>
    public AttemptFailure? WriteSystem(IReadOnlyList<ChatMessage> messages, string? instructions, string? addition, out bool written)
    {
        List<(string Text, object? Cache)>? texts = null;
        if (!string.IsNullOrWhiteSpace(instructions)) (texts ??= []).Add((instructions, null));
        written = false;
        for (int i = 0; i < messages.Count; i++)
        {
            ChatMessage message = messages[i];
            if (!CodecBlocks.IsSystem(message.Role)) continue;
            int bearer = CodecBlocks.CacheBearerOf(message, model);
            for (int j = 0; j < message.Contents.Count; j++)
            {
                AIContent content = message.Contents[j];
                if (!CodecBlocks.IsSent(message.Contents, j, model)) continue;
                if (content is not TextContent text) return CodecJson.Unsupported($"A system message can hold text only, not {content.GetType().Name}.");
                (texts ??= []).Add((text.Text, CodecBlocks.CacheControlOf(message, j, bearer)));
            }
        }

        if (addition is not null) (texts ??= []).Add((addition, null));
        if (texts is null) return null;
        written = true;
        if (texts is [(var only, null)])
        {
            json.WriteString("system"u8, only);
            return null;
        }

        json.WriteStartArray("system"u8);
        foreach ((string text, object? cache) in texts)
        {
            if (AnthropicBlockWriter.WriteText(json, text, cache) is { } failure) return failure;
        }

        json.WriteEndArray();
        return null;
    }

    /// <summary>Writes the member <c>messages</c>.</summary>
    public AttemptFailure? WriteMessages(IReadOnlyList<ChatMessage> messages)
    {
        bool any = false;
        json.WriteStartArray("messages"u8);
        for (int start = 0, end; start < messages.Count; start = end)
        {
            end = start + 1;
            if (CodecBlocks.SpeakerOf(messages[start], model) is not { } speaker) continue;
            while (end < messages.Count && (CodecBlocks.SpeakerOf(messages[end], model) ?? speaker) == speaker) end++;
            if (WriteTurn(speaker, messages, start, end) is { } failure) return failure;
            any = true;
        }

        json.WriteEndArray();
        return any ? null : CodecJson.Unsupported("The Messages API needs at least one user or assistant message that is not empty.");
    }

    private AttemptFailure? WriteTurn(string speaker, IReadOnlyList<ChatMessage> messages, int start, int end)
    {
        if (speaker is not ("user" or "assistant")) return CodecJson.Unsupported($"The Messages API has no role '{speaker}'.");
        json.WriteStartObject();
        json.WriteString("role"u8, speaker);
        if (OnlyText(messages, start, end) is { } text)
        {
            json.WriteString("content"u8, text);
        }
        else
        {
            // The results of tools must come before anything else that the user says.
            json.WriteStartArray("content"u8);
            AttemptFailure? failure = WriteBlocks(messages, start, end, results: true) ?? WriteBlocks(messages, start, end, results: false);
            if (failure is not null) return failure;
            json.WriteEndArray();
        }

        json.WriteEndObject();
        return null;
    }

    private AttemptFailure? WriteBlocks(IReadOnlyList<ChatMessage> messages, int start, int end, bool results)
    {
        var blocks = new AnthropicBlockWriter(json, model);
        for (int i = start; i < end; i++)
        {
            ChatMessage message = messages[i];
            if (CodecBlocks.IsSystem(message.Role)) continue;
            int bearer = CodecBlocks.CacheBearerOf(message, model);
            for (int j = 0; j < message.Contents.Count; j++)
            {
                AIContent content = message.Contents[j];
                if (content is FunctionResultContent != results || !CodecBlocks.IsSent(message.Contents, j, model)) continue;
                if (blocks.Write(message.Contents, j, CodecBlocks.CacheControlOf(message, j, bearer)) is { } failure) return failure;
            }
        }

        return null;
    }

    /// <summary>The turn's text, where it has one block and that is text without anything more to say about it.</summary>
    private string? OnlyText(IReadOnlyList<ChatMessage> messages, int start, int end)
    {
        string? only = null;
        for (int i = start; i < end; i++)
        {
            ChatMessage message = messages[i];
            if (CodecBlocks.IsSystem(message.Role)) continue;
            for (int j = 0; j < message.Contents.Count; j++)
            {
                AIContent content = message.Contents[j];
                if (!CodecBlocks.IsSent(message.Contents, j, model)) continue;
                if (only is not null || content is not TextContent text || CodecBlocks.CacheControlOf(message, j, CodecBlocks.CacheBearerOf(message, model)) is not null) return null;
                only = text.Text;
            }
        }

        return only;
    }
}
