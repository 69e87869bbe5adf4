using System.Text.Json;
using Microsoft.Data.Sqlite;
using RouterGen.Gateway.Sqlite;
using RouterGen.Gateway.Stores;

namespace RouterGen;

/// <summary>
/// A SQLite file as the store of a gateway. What was written outlives the end of the process and of the machine: the file has a write-ahead log, and each change is one transaction that is on
/// the disk when it returns. Several processes may use the same file, on a local disk. Costs are integers of a trillionth of a USD, so that sums are exact. Thread-safe.
/// </summary>
/// <remarks>
/// All methods throw <see cref="SqliteException"/> where the file cannot be used: locked for longer than <see cref="BusyTimeout"/>, no room on the disk, not a database, damaged. They throw
/// <see cref="InvalidOperationException"/> where a later version of this package wrote the file.
/// </remarks>
public sealed class SqliteGatewayStore : IGatewayStore, IDisposable
{
    private readonly Lock _opening = new();
    private SqliteFile? _file;

    /// <summary>Makes a store. The file is opened, and made where it is missing, when it is first used.</summary>
    /// <param name="path">The path of the file. Its directory must be there, and on a local disk.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public SqliteGatewayStore(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
        Responses = new SqliteResponseStore(() => File);
    }

    /// <summary>Gets the path of the file.</summary>
    public string Path { get; }

    /// <summary>Gets how long a write waits while another process writes, in whole seconds from 1. Default: 5 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets the responses that clients asked to keep, in the same file: the store of <see cref="GatewayResponseOptions.Store"/>. They are content, and the file has it as it is.</summary>
    public IResponseStore Responses { get; }

    private SqliteFile File
    {
        get
        {
            lock (_opening) return _file ??= new SqliteFile(Path, BusyTimeout);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="JsonException">The account is damaged.</exception>
    public ValueTask<GatewayAccount?> FindAsync(AccountKind kind, string id, CancellationToken cancellationToken) => new(File.Read(connection =>
    {
        using SqliteCommand command = connection.Command("SELECT data, version FROM account WHERE kind = $kind AND id = $id", ("$kind", (int)kind), ("$id", id));
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? AccountText.Read(reader.GetString(0), reader.GetInt64(1)) : null;
    }));

    /// <inheritdoc/>
    public ValueTask<AccountPage> ListAsync(AccountQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(File.Read(connection =>
        {
            const string Wanted = " FROM account WHERE kind = $kind AND ($team IS NULL OR team = $team) AND ($user IS NULL OR user = $user) AND ($alias IS NULL OR alias = $alias)";
            (string, object?)[] values = [("$kind", (int)query.Kind), ("$team", query.TeamId), ("$user", query.UserId), ("$alias", query.Alias)];
            using SqliteCommand count = connection.Command("SELECT count(*)" + Wanted, values);
            using SqliteCommand command = connection.Command("SELECT data, version" + Wanted + " ORDER BY ordinal LIMIT $limit OFFSET $offset", [.. values, ("$limit", query.Limit), ("$offset", query.Offset)]);
            var accounts = new List<GatewayAccount>();
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read()) accounts.Add(AccountText.Read(reader.GetString(0), reader.GetInt64(1)));
            return new AccountPage(accounts, (long)count.ExecuteScalar()!);
        }));
    }

    /// <inheritdoc/>
    public ValueTask<bool> AddAsync(GatewayAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        return File.WriteAsync(
            connection =>
            {
                using SqliteCommand command = connection.Command("INSERT OR IGNORE INTO account (kind, id, version, team, user, alias, data) VALUES ($kind, $id, 1, $team, $user, $alias, $data)", Values(account));
                return command.ExecuteNonQuery() > 0;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReplaceAsync(string id, GatewayAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        return File.WriteAsync(
            connection =>
            {
                using SqliteCommand command = connection.Command(
                    "UPDATE OR IGNORE account SET id = $id, version = version + 1, team = $team, user = $user, alias = $alias, data = $data WHERE kind = $kind AND id = $old AND version = $version",
                    [.. Values(account), ("$old", id), ("$version", account.Version)]);
                return command.ExecuteNonQuery() > 0;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> DeleteAsync(AccountKind kind, string id, CancellationToken cancellationToken) => File.WriteAsync(
        connection =>
        {
            using SqliteCommand command = connection.Command("DELETE FROM account WHERE kind = $kind AND id = $id", ("$kind", (int)kind), ("$id", id));
            return command.ExecuteNonQuery() > 0;
        },
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PeriodSpend>> ChargeAsync(IReadOnlyList<GatewaySpend> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return File.WriteAsync(connection => SpendTables.Charge(connection, rows), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PeriodSpend>> SpentAsync(IReadOnlyList<AccountPeriod> periods, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(periods);
        return new(File.Read(connection => SpendTables.Spent(connection, periods)));
    }

    /// <inheritdoc/>
    public ValueTask<SpendPage> ReadAsync(SpendQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(File.Read(connection => SpendTables.Read(connection, query)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SpendSum>> SumAsync(SpendQuery query, SpendParts by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(File.Read(connection => SpendTables.Sum(connection, query, by)));
    }

    /// <inheritdoc/>
    public ValueTask<long> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => File.WriteAsync(
        connection =>
        {
            using SqliteCommand command = connection.Command("DELETE FROM request WHERE at < $before", ("$before", before.UtcTicks));
            return (long)command.ExecuteNonQuery();
        },
        cancellationToken);

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        lock (_opening) _file?.Dispose();
    }

    private static (string, object?)[] Values(GatewayAccount account) =>
        [("$kind", (int)account.Kind), ("$id", account.Id), ("$team", account.TeamId), ("$user", account.UserId), ("$alias", account.Alias), ("$data", AccountText.Write(account))];
}
