using System.Collections.Concurrent;

namespace RouterGen.Gateway.Tests.Support;

/// <summary>A store that a test takes away and brings back, and that tells what it was asked for.</summary>
internal sealed class FailingStore : IGatewayStore
{
    private readonly MemoryGatewayStore _store = new();

    /// <summary>Gets or sets whether each question fails.</summary>
    public bool IsAway { get; set; }

    /// <summary>Gets or sets whether a write fails after it was done, as when the answer is lost.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Gets or sets what a write waits for; null for nothing.</summary>
    public TaskCompletionSource? Held { get; set; }

    /// <summary>Gets or sets what a look at an account waits for; null for nothing.</summary>
    public TaskCompletionSource? HeldLooks { get; set; }

    /// <summary>Gets the ids of keys that were looked for.</summary>
    public ConcurrentQueue<string> Looked { get; } = new();

    /// <summary>Gets how large batches of costs were.</summary>
    public ConcurrentQueue<int> Batches { get; } = new();

    public async ValueTask<GatewayAccount?> FindAsync(AccountKind kind, string id, CancellationToken cancellationToken)
    {
        if (kind is AccountKind.Key) Looked.Enqueue(id);
        if (HeldLooks is { } held) await held.Task;
        return await Store.FindAsync(kind, id, cancellationToken);
    }

    public ValueTask<AccountPage> ListAsync(AccountQuery query, CancellationToken cancellationToken) => Store.ListAsync(query, cancellationToken);

    public ValueTask<bool> AddAsync(GatewayAccount account, CancellationToken cancellationToken) => Store.AddAsync(account, cancellationToken);

    public ValueTask<bool> ReplaceAsync(string id, GatewayAccount account, CancellationToken cancellationToken) => Store.ReplaceAsync(id, account, cancellationToken);

    public ValueTask<bool> DeleteAsync(AccountKind kind, string id, CancellationToken cancellationToken) => Store.DeleteAsync(kind, id, cancellationToken);

    public async ValueTask<IReadOnlyList<PeriodSpend>> ChargeAsync(IReadOnlyList<GatewaySpend> rows, CancellationToken cancellationToken)
    {
        if (Held is { } held) await held.Task;
        IReadOnlyList<PeriodSpend> spent = await Store.ChargeAsync([.. rows], cancellationToken);
        Batches.Enqueue(rows.Count);
        return LosesAnswers ? throw new IOException("The connection broke with sk-secret-of-the-store.") : spent;
    }

    public ValueTask<IReadOnlyList<PeriodSpend>> SpentAsync(IReadOnlyList<AccountPeriod> periods, CancellationToken cancellationToken) => Store.SpentAsync(periods, cancellationToken);

    public ValueTask<SpendPage> ReadAsync(SpendQuery query, CancellationToken cancellationToken) => Store.ReadAsync(query, cancellationToken);

    public ValueTask<IReadOnlyList<SpendSum>> SumAsync(SpendQuery query, SpendParts by, CancellationToken cancellationToken) => Store.SumAsync(query, by, cancellationToken);

    public ValueTask<long> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => Store.PruneAsync(before, cancellationToken);

    private MemoryGatewayStore Store => IsAway ? throw new IOException("The store is away.") : _store;
}
