using System.Collections.Generic;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>
/// Writes the system text and the turns. The API knows two speakers, which must alternate, the user first: consecutive messages of
/// one are one turn here, with the results of tools in front.
/// </summary>
[Embedded]
internal ref struct ConverseMessageWriter(Utf8JsonWriter json, ModelProfile model, RequestWriter body)
{
    // The words with which a conversation begins that the assistant begins.
    private const string Beginning = "Begin.";

    // The API refuses a turn with a document and no text.
    private const string BesideDocument = "The document is attached.";

    private ConverseBlockWriter _blocks = new(json, model, body);

    /// <summary>Writes the member <c>system</c> from the instructions and the system messages, wherever they stand.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="instructions">The instructions of the options.</param>
    /// <param name="additions">What the dialect has to say in words; null for nothing.</param>
    public readonly AttemptFailure? WriteSystem(IReadOnlyList<ChatMessage> messages, string? instructions, List<string>? additions)
    {
        bool any = false;
        if (!string.IsNullOrWhiteSpace(instructions)) WriteSystemText(instructions, null, ref any);
        for (int i = 0; i < messages.Count; i++)
        {
            ChatMessage message = messages[i];
            if (!CodecBlocks.IsSystem(message.Role)) continue;
            int bearer = CodecBlocks.CacheBearerOf(message, model);
            for (int j = 0; j < message.Contents.Count; j++)
            {
                if (!CodecBlocks.IsSent(message.Contents, j, model)) continue;
                if (message.Contents[j] is not TextContent text) return CodecJson.Unsupported($"A system message can hold text only, not {message.Contents[j].GetType().Name}.");
                WriteSystemText(text.Text, CodecBlocks.CacheControlOf(message, j, bearer), ref any);
            }
        }

        for (int i = 0; i < additions?.Count; i++) WriteSystemText(additions[i], null, ref any);
        if (any) json.WriteEndArray();
        return null;
    }

    /// <summary>Writes the member <c>messages</c>.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="cache">The <c>cache_control</c> of the whole request: the end of the last turn of the user's is cached.</param>
    public AttemptFailure? WriteMessages(IReadOnlyList<ChatMessage> messages, object? cache)
    {
        bool any = false;
        json.WriteStartArray("messages"u8);
        for (int start = 0, end; start < messages.Count; start = end)
        {
            end = start + 1;
            if (CodecBlocks.SpeakerOf(messages[start], model) is not { } speaker) continue;
            while (end < messages.Count && (CodecBlocks.SpeakerOf(messages[end], model) ?? speaker) == speaker) end++;
            if (!any && speaker is "assistant") WriteBeginning();
            any = true;
            if (WriteTurn(speaker, messages, start, end, end == messages.Count ? cache : null) is { } failure) return failure;
        }

        json.WriteEndArray();
        return any ? null : CodecJson.Unsupported("The Converse API needs at least one user or assistant message that is not empty.");
    }

    private AttemptFailure? WriteTurn(string speaker, IReadOnlyList<ChatMessage> messages, int start, int end, object? cache)
    {
        if (speaker is not ("user" or "assistant")) return CodecJson.Unsupported($"The Converse API has no role '{speaker}'.");
        json.WriteStartObject();
        json.WriteString("role"u8, speaker);
        json.WriteStartArray("content"u8);

        // The results of tools must come before anything else that the user says.
        bool hasText = false, hasDocument = false;
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = start; i < end; i++)
            {
                ChatMessage message = messages[i];
                if (CodecBlocks.IsSystem(message.Role)) continue;
                int bearer = CodecBlocks.CacheBearerOf(message, model);
                for (int j = 0; j < message.Contents.Count; j++)
                {
                    AIContent content = message.Contents[j];
                    if (content is FunctionResultContent != (pass == 0) || !CodecBlocks.IsSent(message.Contents, j, model)) continue;
                    if (_blocks.Write(message.Contents, j, CodecBlocks.CacheControlOf(message, j, bearer)) is { } failure) return failure;
                    hasText |= content is TextContent;
                    hasDocument |= ConverseMedia.IsDocument(content);
                }
            }
        }

        if (hasDocument && !hasText) ConverseBlockWriter.WriteText(json, BesideDocument);
        if (speaker is "user") ConverseCachePoint.Write(json, cache, model, ConverseQuirks.CachePoints, body);
        json.WriteEndArray();
        json.WriteEndObject();
        return null;
    }

    private readonly void WriteBeginning()
    {
        json.WriteStartObject();
        json.WriteString("role"u8, "user"u8);
        json.WriteStartArray("content"u8);
        ConverseBlockWriter.WriteText(json, Beginning);
        json.WriteEndArray();
        json.WriteEndObject();
        body.Note("messages: a user message was put in front of the assistant's first one");
    }

    private readonly void WriteSystemText(string text, object? cache, ref bool any)
    {
        if (!any) json.WriteStartArray("system"u8);
        any = true;
        ConverseBlockWriter.WriteText(json, text);
        ConverseCachePoint.Write(json, cache, model, ConverseQuirks.CachePoints, body);
    }
}
