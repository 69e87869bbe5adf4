using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

// The same run as a stream: what each call of the model brings, as it comes, and the results of tools.
internal sealed partial class ToolLoop
{
    /// <summary>Runs a conversation to its answer.</summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">The caller's options.</param>
    /// <param name="ask">Asks the model; the last update of a call is a <see cref="RoutedResponseUpdate"/>.</param>
    /// <param name="play">Makes what joins the updates of a call.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <exception cref="ToolLoopException">It came to none.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, Func<IReadOnlyList<ChatMessage>, ChatOptions, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> ask,
        Func<PlayedUpdates<ChatResponseUpdate>> play, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Begin(messages, options);
        while (true)
        {
            PlayedUpdates<ChatResponseUpdate> played = play();
            RoutedResponseUpdate? last = null;
            IAsyncEnumerator<ChatResponseUpdate> updates = ask([.. _conversation], _options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (updates.ConfigureAwait(false))
            {
                while (await NextAsync(updates).ConfigureAwait(false))
                {
                    played.Add(updates.Current);
                    last = updates.Current as RoutedResponseUpdate;
                    if (last is null) yield return updates.Current;
                }
            }

            RoutedResponse response = RoutedResponse.Of(played.ToResponse()!);
            response.Attach(last!.Route);
            if (IsOver(response, out List<FunctionCallContent> asked))
            {
                yield return ToolRunUpdate.Of(new ToolRun(_rounds), last);
                yield break;
            }

            if (WithoutRoute(last) is { } rest) yield return rest;
            FunctionResultContent[] results = await RunToolsAsync(response, asked, cancellationToken).ConfigureAwait(false);
            yield return new ChatResponseUpdate(ChatRole.Tool, [.. results]);
            GoOn(response, asked, results);
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (RoutingException failure)
        {
            throw ModelFailed(failure);
        }
    }

    // The route is told once, of the whole run.
    private static ChatResponseUpdate? WithoutRoute(RoutedResponseUpdate last)
    {
        if (last.Contents.Count == 0 && last.FinishReason is null && last.AdditionalProperties is null) return null;
        return new ChatResponseUpdate(last.Role, last.Contents)
        {
            FinishReason = last.FinishReason,
            ResponseId = last.ResponseId,
            MessageId = last.MessageId,
            ModelId = last.ModelId,
            CreatedAt = last.CreatedAt,
            AuthorName = last.AuthorName,
            ConversationId = last.ConversationId,
            AdditionalProperties = last.AdditionalProperties,
        };
    }
}
