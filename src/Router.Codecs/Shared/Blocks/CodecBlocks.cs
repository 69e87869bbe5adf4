using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.AI;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>What holds in each dialect whose messages are blocks of two speakers, with the system text apart from them.</summary>
[Embedded]
internal static class CodecBlocks
{
    /// <summary>The system text of a request for JSON without a schema: these APIs have no mode for it, but every model follows this sentence.</summary>
    public const string JsonInstruction = "Answer with one valid JSON value and nothing else: no text around it and no code fence.";

    private static readonly ChatRole Developer = new("developer");

    /// <summary>
    /// Returns whether a content becomes a block. Left out: blank text, which the APIs refuse; thoughts that are not the
    /// model's own; and what is said about an answer, not in it.
    /// </summary>
    public static bool IsSent(IList<AIContent> contents, int index, ModelProfile model) =>
        contents[index] is TextReasoningContent ? CodecThoughts.IsOwn(contents, index, model) : IsSent(contents[index]);

    /// <summary>Returns the same for a content of a tool's result, which holds no thoughts.</summary>
    public static bool IsSent(AIContent content) => content switch
    {
        TextContent text => !string.IsNullOrWhiteSpace(text.Text),
        TextReasoningContent => false,
        _ => CodecContents.KindOf(content) is not CodecContentKind.Aside,
    };

    /// <summary>Returns whether messages of a role are system text.</summary>
    public static bool IsSystem(ChatRole role) => role == ChatRole.System || role == Developer;

    /// <summary>Returns the role of the speaker, in the APIs' terms; null for a message that is no part of the turns: system text, or nothing to send.</summary>
    public static string? SpeakerOf(ChatMessage message, ModelProfile model)
    {
        if (IsSystem(message.Role)) return null;
        for (int i = 0; i < message.Contents.Count; i++)
        {
            if (!IsSent(message.Contents, i, model)) continue;
            return message.Role == ChatRole.Assistant ? "assistant"
                : message.Role == ChatRole.User || message.Role == ChatRole.Tool ? "user"
                : message.Role.Value;
        }

        return null;
    }

    /// <summary>Returns the place of the block that has the message's own <c>cache_control</c>: the last one that can; -1 where there is none.</summary>
    public static int CacheBearerOf(ChatMessage message, ModelProfile model)
    {
        if (CodecCacheControl.Find(message.AdditionalProperties) is null) return -1;
        for (int i = message.Contents.Count - 1; i >= 0; i--)
        {
            if (CodecContents.KindOf(message.Contents[i]) is not (CodecContentKind.Reasoning or CodecContentKind.Hosted) && IsSent(message.Contents, i, model)) return i;
        }

        return -1;
    }

    /// <summary>Returns the <c>cache_control</c> of a content: its own, or the message's where that holds for it.</summary>
    public static object? CacheControlOf(ChatMessage message, int content, int bearer) =>
        CodecCacheControl.Find(message.Contents[content].AdditionalProperties)
        ?? (content == bearer ? CodecCacheControl.Find(message.AdditionalProperties) : null);
}
