using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Updates of a stream that bring text, or thoughts, and nothing else: several in a row are the same as one with all their text.</summary>
internal static class PlainDelta
{
    /// <summary>Returns the text of an update that brings nothing else; null for any other.</summary>
    public static string? TextOf(ChatResponseUpdate update)
    {
        if (update is not { Contents.Count: 1, FinishReason: null, AdditionalProperties: null }) return null;
        return update.Contents[0] switch
        {
            { Annotations.Count: > 0 } or { AdditionalProperties: not null } => null,
            TextContent text when text.GetType() == typeof(TextContent) => text.Text,
            TextReasoningContent { ProtectedData: null } thought when thought.GetType() == typeof(TextReasoningContent) => thought.Text,
            _ => null,
        };
    }

    /// <summary>Returns an update like another one, with another text.</summary>
    public static ChatResponseUpdate WithText(ChatResponseUpdate delta, string text) => new(delta.Role, [delta.Contents[0] is TextContent ? new TextContent(text) : new TextReasoningContent(text)])
    {
        AuthorName = delta.AuthorName,
        MessageId = delta.MessageId,
        ResponseId = delta.ResponseId,
        ModelId = delta.ModelId,
        ConversationId = delta.ConversationId,
        CreatedAt = delta.CreatedAt,
    };
}
