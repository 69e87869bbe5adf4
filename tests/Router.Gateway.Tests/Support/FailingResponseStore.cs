namespace RouterGen.Gateway.Tests.Support;

/// <summary>A store of responses that a test takes away and brings back.</summary>
internal sealed class FailingResponseStore : IResponseStore
{
    private readonly MemoryResponseStore _store = new();

    /// <summary>Gets or sets whether each question fails, with a message that quotes content.</summary>
    public bool IsAway { get; set; }

    /// <summary>Gets or sets what a write waits for; null for nothing.</summary>
    public TaskCompletionSource? Held { get; set; }

    /// <summary>Gets a task that ends when a write has begun.</summary>
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MemoryResponseStore Store => IsAway ? throw new IOException("The row 'secret-prompt' was not written.") : _store;

    public async ValueTask KeepAsync(StoredResponse response, IReadOnlyList<string> items, CancellationToken cancellationToken)
    {
        Begun.TrySetResult();
        if (Held is { } held) await held.Task;
        await Store.KeepAsync(response, items, cancellationToken);
    }

    public ValueTask<StoredResponse?> FindAsync(string owner, string id, CancellationToken cancellationToken) => Store.FindAsync(owner, id, cancellationToken);

    public ValueTask<StoredResponse?> FindByItemAsync(string owner, string item, CancellationToken cancellationToken) => Store.FindByItemAsync(owner, item, cancellationToken);

    public ValueTask<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken) => Store.DeleteAsync(owner, id, cancellationToken);

    public ValueTask<long> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) => Store.PruneAsync(now, cancellationToken);
}
