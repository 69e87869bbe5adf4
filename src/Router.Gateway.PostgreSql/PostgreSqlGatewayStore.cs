using System.Text.Json;
using Npgsql;
using RouterGen.Gateway.PostgreSql;
using RouterGen.PostgreSql.Schema;

namespace RouterGen;

/// <summary>
/// A database of PostgreSQL as the store of a gateway, for any number of instances. Accounts are replaced by version; requests, the sums of their days and what accounts spent are one transaction, in
/// which a request counts once however often it is written, also where the connection broke before the database could say that it has it. Requests are partitioned by month. Costs are decimals, so that
/// sums are exact to a trillionth of a USD. Thread-safe.
/// </summary>
/// <remarks>
/// All methods throw <see cref="NpgsqlException"/> where the database cannot be reached, is too slow, or refuses the statement, and <see cref="InvalidOperationException"/> where a later version of this
/// package wrote the tables. What the gateway does then is set in <see cref="GatewayKeyOptions"/>.
/// </remarks>
public sealed class PostgreSqlGatewayStore : IGatewayStore
{
    private readonly PostgreSqlDatabase _database;
    private readonly MonthPartitions _months;
    private readonly AccountTable _accounts;
    private readonly ChargeStatement _charge;
    private readonly RequestTables _requests;

    /// <summary>Makes a store. Nothing connects before its first use.</summary>
    /// <param name="database">The database. It is not disposed.</param>
    public PostgreSqlGatewayStore(PostgreSqlDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        _database = database;
        _months = new MonthPartitions(database.Schema, "request");
        _accounts = new AccountTable(database.QuotedSchema);
        _charge = new ChargeStatement(database.QuotedSchema);
        _requests = new RequestTables(database.QuotedSchema);
        Responses = new PostgreSqlResponseStore(database);
    }

    /// <summary>Gets the store of responses that clients asked the gateway to keep, in the same schema.</summary>
    public IResponseStore Responses { get; }

    /// <summary>Makes the tables, or updates those of an earlier version. Whatever else is called does so too, where it is due.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken = default) => await RunAsync(static _ => Task.FromResult(true), canRepeat: true, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="JsonException">The account is damaged.</exception>
    public ValueTask<GatewayAccount?> FindAsync(AccountKind kind, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return RunAsync(connection => _accounts.FindAsync(connection, kind, id, cancellationToken), canRepeat: true, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<AccountPage> ListAsync(AccountQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return RunAsync(connection => _accounts.ListAsync(connection, query, cancellationToken), canRepeat: true, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> AddAsync(GatewayAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        return RunAsync(connection => _accounts.AddAsync(connection, account, cancellationToken), canRepeat: false, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReplaceAsync(string id, GatewayAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(account);
        return RunAsync(connection => _accounts.ReplaceAsync(connection, id, account, cancellationToken), canRepeat: false, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(AccountKind kind, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        return RunAsync(connection => _accounts.DeleteAsync(connection, kind, id, cancellationToken), canRepeat: false, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PeriodSpend>> ChargeAsync(IReadOnlyList<GatewaySpend> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return RunAsync(connection => _months.WriteAsync(connection, rows.Select(static row => row.At), () => _charge.RunAsync(connection, rows, cancellationToken), cancellationToken), canRepeat: true, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PeriodSpend>> SpentAsync(IReadOnlyList<AccountPeriod> periods, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(periods);
        return RunAsync(connection => _charge.SpentAsync(connection, periods, cancellationToken), canRepeat: true, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<SpendPage> ReadAsync(SpendQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return RunAsync(connection => _requests.ReadAsync(connection, query, cancellationToken), canRepeat: true, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SpendSum>> SumAsync(SpendQuery query, SpendParts by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return RunAsync(connection => _requests.SumAsync(connection, query, by, cancellationToken), canRepeat: true, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Months that are over are dropped as a whole; of the month that the moment is in, rows are deleted.</remarks>
    public ValueTask<long> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => RunAsync(
        async connection =>
        {
            (_, long dropped) = await _months.DropAsync(connection, before, countsRows: true, cancellationToken).ConfigureAwait(false);
            return dropped + await _requests.DeleteAsync(connection, before, cancellationToken).ConfigureAwait(false);
        },
        canRepeat: true,
        cancellationToken);

    private ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> run, bool canRepeat, CancellationToken cancellationToken) => _database.RunAsync(GatewaySchema.Steps, run, canRepeat, cancellationToken);
}
