using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// Asks several groups at once and takes the first answer; the others are cancelled at once. It costs as much as all of
/// them up to that moment: what a provider had begun to write is billed.
/// </summary>
public static class FastestResponse
{
    /// <summary>Asks for a whole answer.</summary>
    /// <param name="groups">The groups to ask; at least one.</param>
    /// <param name="prompt">What the user says.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels all of them.</param>
    /// <exception cref="RoutingException">None could answer; it holds the attempts of all.</exception>
    public static Task<RoutedResponse> CompleteAsync(IReadOnlyList<ChatGroup> groups, string prompt, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return CompleteAsync(groups, [new ChatMessage(ChatRole.User, prompt)], options, cancellationToken);
    }

    /// <inheritdoc cref="CompleteAsync(IReadOnlyList{ChatGroup}, string, ChatOptions?, CancellationToken)"/>
    /// <param name="groups">The groups to ask; at least one.</param>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels all of them.</param>
    public static async Task<RoutedResponse> CompleteAsync(IReadOnlyList<ChatGroup> groups, IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNone(groups);
        ChatMessage[] conversation = [.. messages];
        using var others = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task<RoutedResponse>> calls = [];
        try
        {
            // A group may refuse the routing options when others are under way already.
            foreach (ChatGroup group in groups) calls.Add(group.CompleteAsync(conversation, options, others.Token));
            return await FirstAsync(calls, static reply => reply.HasContent, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Forget(calls);
            others.Cancel();
        }
    }

    /// <summary>Asks for an answer as a stream: the one whose first content arrives first.</summary>
    /// <param name="groups">The groups to ask; at least one.</param>
    /// <param name="prompt">What the user says.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels all of them.</param>
    /// <exception cref="RoutingException">While enumerating: none could answer, or the stream broke.</exception>
    public static IAsyncEnumerable<ChatResponseUpdate> StreamAsync(IReadOnlyList<ChatGroup> groups, string prompt, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return StreamAsync(groups, [new ChatMessage(ChatRole.User, prompt)], options, cancellationToken);
    }

    /// <inheritdoc cref="StreamAsync(IReadOnlyList{ChatGroup}, string, ChatOptions?, CancellationToken)"/>
    /// <param name="groups">The groups to ask; at least one.</param>
    /// <param name="messages">The conversation; at least one message.</param>
    /// <param name="options">Options of the request.</param>
    /// <param name="cancellationToken">Cancels all of them.</param>
    public static IAsyncEnumerable<ChatResponseUpdate> StreamAsync(IReadOnlyList<ChatGroup> groups, IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNone(groups);
        ArgumentNullException.ThrowIfNull(messages);
        return PlayAsync(groups, [.. messages], options, cancellationToken);
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> PlayAsync(
        IReadOnlyList<ChatGroup> groups, ChatMessage[] messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<StreamEntry> entries = [];
        StreamEntry? winner = null;
        try
        {
            foreach (ChatGroup group in groups) entries.Add(new StreamEntry(group, messages, options, cancellationToken));
            winner = await FirstAsync(entries.ConvertAll(static entry => entry.Started), static entry => entry.HasContent, cancellationToken).ConfigureAwait(false);
            foreach (StreamEntry loser in entries)
            {
                if (loser != winner) loser.Drop();
            }

            foreach (ChatResponseUpdate first in winner.First) yield return first;
            while (await winner.MoveNextAsync(cancellationToken).ConfigureAwait(false)) yield return winner.Updates.Current;
        }
        finally
        {
            if (winner is not null) await winner.DisposeAsync().ConfigureAwait(false);
            else foreach (StreamEntry entry in entries) entry.Drop();
        }
    }

    /// <summary>The first that succeeds with something in it, else the first that succeeds; the others are the caller's to end.</summary>
    private static async Task<T> FirstAsync<T>(List<Task<T>> calls, Predicate<T> hasContent, CancellationToken cancellationToken) where T : class
    {
        var running = new List<Task<T>>(calls);
        T? empty = null;
        while (running.Count > 0)
        {
            Task<T> ended = await Task.WhenAny(running).ConfigureAwait(false);
            running.Remove(ended);
            if (!ended.IsCompletedSuccessfully && ended.Exception?.InnerException is null or RoutingException) continue;

            // An answer, or a mistake of the caller's: either decides for all.
            T answer = await ended.ConfigureAwait(false);
            if (hasContent(answer)) return answer;
            empty ??= answer;
        }

        if (empty is not null && !cancellationToken.IsCancellationRequested) return empty;
        Exception[] failures = [.. await Task.WhenAll(calls.Select(FailureOf)).ConfigureAwait(false)];
        throw cancellationToken.IsCancellationRequested ? Canceled(failures, cancellationToken) : AllFailed([.. failures.Cast<RoutingException>()]);
    }

    /// <summary>What a call that has no answer ended with; also of one that was cancelled, whose task holds no exception.</summary>
    private static async Task<Exception> FailureOf<T>(Task<T> call)
    {
        try
        {
            await call.ConfigureAwait(false);
            throw new UnreachableException();
        }
        catch (Exception exception) when (exception is RoutingException or OperationCanceledException)
        {
            return exception;
        }
    }

    private static RoutingCanceledException Canceled(Exception[] failures, CancellationToken caller) => new(
        string.Join("\n", failures.Select(static failure => failure.Message)),
        [.. failures.SelectMany(static failure => (failure as RoutingCanceledException)?.Attempts ?? (failure as RoutingException)?.Attempts ?? [])],
        caller);

    private static void Forget<T>(List<Task<T>> tasks)
    {
        foreach (Task<T> task in tasks) task.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private static RoutingException AllFailed(RoutingException[] failures)
    {
        RoutingException last = failures[^1];
        return new RoutingException(
            string.Join("\n", failures.Select(static failure => failure.Message)), last.Kind, [.. failures.SelectMany(static failure => failure.Attempts)], last)
        {
            RetryAfter = failures.Min(static failure => failure.RetryAfter),
            Scope = last.Scope,
            StatusCode = last.StatusCode,
            ErrorCode = last.ErrorCode,
            ProviderMessage = last.ProviderMessage,
        };
    }

    private static void ThrowIfNone(IReadOnlyList<ChatGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (groups.Count == 0) throw new ArgumentException("There must be at least one group.", nameof(groups));
    }

    /// <summary>One group's stream in the race.</summary>
    private sealed class StreamEntry
    {
        private readonly CancellationTokenSource _cancellation;

        public StreamEntry(ChatGroup group, ChatMessage[] messages, ChatOptions? options, CancellationToken cancellationToken)
        {
            IAsyncEnumerable<ChatResponseUpdate> stream = group.StreamAsync(messages, options, CancellationToken.None); // may refuse the options
            _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Updates = stream.GetAsyncEnumerator(_cancellation.Token);
            Started = StartAsync();
        }

        public IAsyncEnumerator<ChatResponseUpdate> Updates { get; }

        /// <summary>Gets what ends with the first content.</summary>
        public Task<StreamEntry> Started { get; }

        /// <summary>Gets the updates up to the first content, or to the end where there is none.</summary>
        public List<ChatResponseUpdate> First { get; } = [];

        /// <summary>Gets whether it brings anything.</summary>
        public bool HasContent => First.Exists(AnswerContent.HasContent);

        /// <summary>Goes on with the stream. A cancellation has the caller's token, not that of the race.</summary>
        public async ValueTask<bool> MoveNextAsync(CancellationToken caller)
        {
            try
            {
                return await Updates.MoveNextAsync().ConfigureAwait(false);
            }
            catch (RoutingCanceledException canceled) when (caller.IsCancellationRequested)
            {
                throw new RoutingCanceledException(canceled.Message, canceled.Attempts, caller);
            }
        }

        /// <summary>Drops the connection at once.</summary>
        public void Drop()
        {
            _cancellation.Cancel();
            _ = DropAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Updates.DisposeAsync().ConfigureAwait(false);
            _cancellation.Dispose();
        }

        private async Task<StreamEntry> StartAsync()
        {
            while (!HasContent && await Updates.MoveNextAsync().ConfigureAwait(false)) First.Add(Updates.Current);
            return this;
        }

        private async Task DropAsync()
        {
            try
            {
                await Started.ConfigureAwait(false);
            }
            catch (Exception)
            {
                // It lost: what became of it is in the logs.
            }

            await DisposeAsync().ConfigureAwait(false);
        }
    }
}
