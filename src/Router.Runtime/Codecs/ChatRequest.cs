using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>What a caller asks for, before any dialect.</summary>
/// <param name="messages">The conversation, at least one message. Never changed.</param>
/// <param name="options">The caller's options. Never changed.</param>
/// <param name="stream">Whether the answer is to be streamed.</param>
/// <param name="client">The client that was asked, for <see cref="ChatOptions.RawRepresentationFactory"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ChatRequest(IReadOnlyList<ChatMessage> messages, ChatOptions? options, bool stream, IChatClient? client = null)
{
    /// <summary>The conversation, at least one message.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; } = messages;

    /// <summary>The caller's options.</summary>
    public ChatOptions? Options { get; } = options;

    /// <summary>Whether the answer is to be streamed.</summary>
    public bool Stream { get; } = stream;

    /// <summary>Gets the client that was asked; null where a codec is used without one.</summary>
    public IChatClient? Client { get; } = client;
}
