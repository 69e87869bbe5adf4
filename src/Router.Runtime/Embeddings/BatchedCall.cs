using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// A call for more texts than go into one request: its batches are asked for side by side, so many at once, and joined in the order of the
/// texts. A batch that no deployment answers ends the call; what is under way by then is waited for, since it is paid for.
/// </summary>
/// <param name="batches">The batches, at least two.</param>
/// <param name="ask">Asks for one batch: of any model, or of the one that is named.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class BatchedCall(List<ReadOnlyMemory<string>> batches, Func<ReadOnlyMemory<string>, string?, ValueTask<RoutedEmbeddings>> ask, RouterClock clock)
{
    private readonly RoutedEmbeddings?[] _answers = new RoutedEmbeddings?[batches.Count];
    private readonly long _started = clock.Now;
    private string? _model;
    private int _next;
    private int _failed = -1;
    private Exception? _failure;

    /// <summary>Gets whether the model that answers the first batch must answer all: the vectors of different models cannot be compared.</summary>
    public bool KeepsModel { get; init; }

    /// <summary>Asks for all batches.</summary>
    /// <param name="concurrency">The most batches at once; 1 for a call that stays on its thread.</param>
    public async ValueTask<RoutedEmbeddings> RunAsync(int concurrency)
    {
        if (KeepsModel)
        {
            await AskNextAsync().ConfigureAwait(false);
            _model = _answers[0]?.ModelUsed;
        }

        int workers = Math.Min(concurrency, batches.Count - _next);
        if (workers <= 1) await WorkAsync().ConfigureAwait(false);
        else await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => WorkAsync().AsTask())).ConfigureAwait(false);
        return _failure is null ? Join() : throw Failure(_failure);
    }

    private async ValueTask WorkAsync()
    {
        while (Volatile.Read(ref _failure) is null && await AskNextAsync().ConfigureAwait(false))
        {
        }
    }

    /// <summary>Asks for the next batch.</summary>
    /// <returns>Whether there was one.</returns>
    private async ValueTask<bool> AskNextAsync()
    {
        int index = Interlocked.Increment(ref _next) - 1;
        if (index >= batches.Count) return false;
        try
        {
            _answers[index] = await ask(batches[index], _model).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (Interlocked.CompareExchange(ref _failure, exception, null) is null) _failed = index;
        }

        return true;
    }

    private RoutedEmbeddings Join()
    {
        RouteSummary first = _answers[0]!.Route;
        var embeddings = new Embedding<float>[batches.Sum(static batch => batch.Length)];
        var attempts = new List<Attempt>(batches.Count);
        UsageDetails? usage = null;
        decimal? cost = 0;
        SortedSet<string>? leftOut = null;
        int at = 0;
        foreach (RoutedEmbeddings? answer in _answers)
        {
            for (int i = 0; i < answer!.Count; i++) embeddings[at++] = answer[i];
            attempts.AddRange(answer.Attempts);
            cost += answer.Cost;
            if (answer.Usage is not null) (usage ??= new UsageDetails()).Add(answer.Usage);
            if (answer.LeftOut.Count > 0) (leftOut ??= new(StringComparer.Ordinal)).UnionWith(answer.LeftOut);
        }

        var route = new RouteSummary(first.ModelUsed, first.Deployment, null, default, clock.Since(_started), null, [.. attempts]) { StatedCost = cost };
        return new RoutedEmbeddings(embeddings, usage, route) { LeftOut = leftOut?.ToArray() ?? [] };
    }

    // What the other batches brought is not lost with the one that failed.
    private Exception Failure(Exception exception)
    {
        if (exception is not RoutingException failure) return exception;
        int before = batches.Take(_failed).Sum(static batch => batch.Length);
        List<Embedding<float>?> partial = [];
        for (int i = 0; i < batches.Count; i++)
        {
            for (int j = 0; j < batches[i].Length; j++) partial.Add(_answers[i]?[j]);
        }

        string message = $"Texts {before} to {before + batches[_failed].Length - 1} of {partial.Count} have no vector. {failure.Message}";
        return new RoutingException(message, failure.Kind, failure.Attempts, failure)
        {
            Scope = failure.Scope,
            RetryAfter = failure.RetryAfter,
            StatusCode = failure.StatusCode,
            ErrorCode = failure.ErrorCode,
            ProviderMessage = failure.ProviderMessage,
            PartialEmbeddings = partial,
        };
    }
}
