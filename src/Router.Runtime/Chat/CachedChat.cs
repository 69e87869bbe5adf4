using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Calls of chat that look into a cache first. What it has is handed out; what it has not is asked, and kept where it is a whole answer.</summary>
internal static class CachedChat
{
    /// <summary>Asks for a whole answer.</summary>
    public static async ValueTask<RoutedResponse> AskAsync(IChatCache cache, ChatCacheCall call, Func<ValueTask<RoutedResponse>> askAsync, CancellationToken cancellationToken)
    {
        IChatCachePlace? place = await cache.FindAsync(call, cancellationToken).ConfigureAwait(false);
        if (place is null) return await askAsync().ConfigureAwait(false);
        await using (place.ConfigureAwait(false))
        {
            if (AnswerIn(place) is { } kept) return kept;
            RoutedResponse answer = await askAsync().ConfigureAwait(false);
            if (IsKept(answer)) await place.KeepAsync(WithRoute(answer, answer.Route, answer.Cost)).ConfigureAwait(false);
            return answer;
        }
    }

    /// <summary>Asks for a stream; one that is kept is played again in its parts.</summary>
    public static async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(IChatCache cache, ChatCacheCall call, IAsyncEnumerable<ChatResponseUpdate> asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IChatCachePlace? place = await cache.FindAsync(call, cancellationToken).ConfigureAwait(false);
        if (place is null)
        {
            await foreach (ChatResponseUpdate update in asked.ConfigureAwait(false)) yield return update;
            yield break;
        }

        await using (place.ConfigureAwait(false))
        {
            if (AnswerIn(place) is { } kept)
            {
                foreach (ChatResponseUpdate update in Replay(kept)) yield return update;
                yield break;
            }

            var updates = new List<ChatResponseUpdate>();
            await foreach (ChatResponseUpdate update in asked.ConfigureAwait(false))
            {
                updates.Add(update);
                if (update is RoutedResponseUpdate last)
                {
                    ChatResponse answer = updates.ToChatResponse();
                    if (IsKept(answer)) await place.KeepAsync(WithRoute(answer, last.Route, last.Cost)).ConfigureAwait(false);
                }

                yield return update;
            }
        }
    }

    /// <summary>Returns the answer of a place. One that says nothing of its route is not of a router, and is not used.</summary>
    private static RoutedResponse? AnswerIn(IChatCachePlace place)
    {
        if (place.Answer is not { } answer || RoutedAnswers.FromCache(answer) is not { } kept) return null;
        kept.AdditionalProperties!.Remove(RouteText.Property);
        if (kept.AdditionalProperties.Count == 0) kept.AdditionalProperties = null;
        if (kept.Usage?.AdditionalCounts is { } counts && (counts.Remove(UsageCounts.Cost) | counts.Remove(UsageCounts.Unpriced))) counts[UsageCounts.Cost] = 0;
        return kept;
    }

    private static IEnumerable<ChatResponseUpdate> Replay(RoutedResponse kept)
    {
        ChatResponseUpdate[] updates = kept.ToChatResponseUpdates();
        foreach (ChatResponseUpdate update in updates)
        {
            update.FinishReason = null; // The last one has it.
            update.AdditionalProperties = null;
            update.RawRepresentation = null;
            if (update.Contents.Count > 0) yield return update;
        }

        yield return new RoutedResponseUpdate(kept.Route)
        {
            Role = ChatRole.Assistant,
            Usage = kept.Usage,
            FinishReason = kept.FinishReason,
            ResponseId = kept.ResponseId,
            MessageId = kept.Messages.Count > 0 ? kept.Messages[^1].MessageId : null,
            ModelId = kept.ModelId,
            CreatedAt = kept.CreatedAt,
            AdditionalProperties = kept.AdditionalProperties,
        };
    }

    /// <summary>Whether an answer is worth keeping: it is whole, holds something, and nothing was refused or filtered.</summary>
    private static bool IsKept(ChatResponse answer) =>
        (answer.FinishReason is null || answer.FinishReason == ChatFinishReason.Stop || answer.FinishReason == ChatFinishReason.ToolCalls)
        && answer.Messages.Any(static message => message.Contents.Any(AnswerContent.HoldsSomething))
        && !answer.Messages.Any(static message => message.Contents.Any(static content => content is ErrorContent));

    private static ChatResponse WithRoute(ChatResponse answer, RouteSummary route, decimal? cost)
    {
        RoutedResponse kept = RoutedResponse.Of(answer);
        kept.ConversationId = null; // What its provider keeps is no other call's.
        kept.AdditionalProperties = answer.AdditionalProperties is { } properties ? new(properties) : [];
        kept.AdditionalProperties[RouteText.Property] = RouteText.Write(route, cost);
        return kept;
    }
}
