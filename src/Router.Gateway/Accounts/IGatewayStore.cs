namespace RouterGen;

/// <summary>
/// Where a gateway keeps keys, teams, users, budgets and what they spent. Several instances of a gateway may share one: accounts are replaced by version, costs are added
/// and never overwritten, and a request's row counts once however often it is written. Thread-safe.
/// </summary>
/// <remarks>A method throws where the store cannot be reached. The gateway then goes on with the keys that it knows, keeps costs in a bounded queue, and tries again.</remarks>
public interface IGatewayStore
{
    /// <summary>Returns an account; null where there is none.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    ValueTask<GatewayAccount?> FindAsync(AccountKind kind, string id, CancellationToken cancellationToken);

    /// <summary>Lists accounts.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    ValueTask<AccountPage> ListAsync(AccountQuery query, CancellationToken cancellationToken);

    /// <summary>Adds an account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>False where there is one of that kind and id: nothing was written.</returns>
    ValueTask<bool> AddAsync(GatewayAccount account, CancellationToken cancellationToken);

    /// <summary>Replaces an account by a changed one, whose id may be another, in one step.</summary>
    /// <param name="id">The id of the account that is replaced.</param>
    /// <param name="account">The changed account, with the <see cref="GatewayAccount.Version"/> of the one that was read. It is kept with the next.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>False where the account is gone, has another version, or the new id is in use: nothing was written.</returns>
    ValueTask<bool> ReplaceAsync(string id, GatewayAccount account, CancellationToken cancellationToken);

    /// <summary>Deletes an account. What it spent stays.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>False where there was none.</returns>
    ValueTask<bool> DeleteAsync(AccountKind kind, string id, CancellationToken cancellationToken);

    /// <summary>Writes requests and charges their accounts, in one transaction.</summary>
    /// <param name="rows">The requests. Those that the store has already are passed over, and charge nothing.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>What the charged accounts have spent in these periods now, by all instances.</returns>
    ValueTask<IReadOnlyList<PeriodSpend>> ChargeAsync(IReadOnlyList<GatewaySpend> rows, CancellationToken cancellationToken);

    /// <summary>Returns what accounts have spent in periods, in the order in which they are asked for.</summary>
    /// <param name="periods">The periods.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    ValueTask<IReadOnlyList<PeriodSpend>> SpentAsync(IReadOnlyList<AccountPeriod> periods, CancellationToken cancellationToken);

    /// <summary>Lists requests, the latest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    ValueTask<SpendPage> ReadAsync(SpendQuery query, CancellationToken cancellationToken);

    /// <summary>Adds up requests, by day first, then the largest cost first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="by">What they are added up by.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    ValueTask<IReadOnlyList<SpendSum>> SumAsync(SpendQuery query, SpendParts by, CancellationToken cancellationToken);

    /// <summary>Deletes the rows of requests before a moment. Sums and what accounts spent stay.</summary>
    /// <param name="before">The first moment that is kept.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    /// <returns>How many were deleted.</returns>
    ValueTask<long> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
