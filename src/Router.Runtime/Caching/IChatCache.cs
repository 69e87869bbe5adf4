using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// A cache of answers of chat, which <see cref="RouterOptions.Cache"/> puts in front of all groups of a router. The package <c>RouterGen.Caching</c> has one. An answer
/// that it has is handed out without a deployment being asked. Thread-safe.
/// </summary>
public interface IChatCache
{
    /// <summary>Looks an answer up, or waits for one that is under way for the same question.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The place of the answer, which the caller disposes when the call has ended; null where the call is not cached.</returns>
    ValueTask<IChatCachePlace?> FindAsync(ChatCacheCall call, CancellationToken cancellationToken);
}

/// <summary>The place of one answer in a cache. Where there is none, the call that found it empty asks, and keeps the answer there; others with the same question wait for it until the place is disposed.</summary>
public interface IChatCachePlace : IAsyncDisposable
{
    /// <summary>Gets the answer, the caller's own copy; null where the place is empty.</summary>
    ChatResponse? Answer { get; }

    /// <summary>Keeps an answer in an empty place. It must not throw, and must not change the answer.</summary>
    /// <param name="answer">The answer, which is complete.</param>
    ValueTask KeepAsync(ChatResponse answer);
}

/// <summary>A call of chat, as a cache sees it.</summary>
/// <param name="Group">The name of the group that is asked.</param>
/// <param name="Messages">The conversation.</param>
/// <param name="Options">The caller's options; null for none.</param>
/// <param name="Routing">How the call is routed.</param>
/// <param name="Schema">The JSON schema of a structured answer; null where any answer is one.</param>
public readonly record struct ChatCacheCall(string Group, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, CallOptions Routing, string? Schema);
