using System.Runtime.CompilerServices;
using Npgsql;
using RouterGen.PostgreSql.Connections;
using RouterGen.PostgreSql.Schema;
using RouterGen.PostgreSql.Spending;

namespace RouterGen;

/// <summary>
/// A database of PostgreSQL as the store of a <see cref="SpendLedger"/>, for any number of processes. Entries are in a table that is partitioned by month, and are added up by day in the same
/// transaction; an entry counts once however often it is written, also where the connection broke before the database could say that it has it. Costs are decimals, so that sums are exact to a
/// trillionth of a USD. Thread-safe.
/// </summary>
/// <remarks>
/// All methods throw <see cref="NpgsqlException"/> where the database cannot be reached, is too slow, or refuses the statement. A ledger keeps its entries then, and tries again. They throw
/// <see cref="InvalidOperationException"/> where a later version of this package wrote the tables.
/// </remarks>
public sealed class PostgreSqlSpendStore : ISpendStore
{
    private const string Columns = "id, at, at_tick, call_id, group_name, deployment, model, kind, purpose, outcome, caller, session, input_tokens, output_tokens, trim_scale(cost_usd), is_estimated, is_callers_key, duration_ticks, tags";

    // The moment decides to the tick, its microsecond which months are read.
    private const string Within = "(at, at_tick) >= ($1, $2) AND at >= $1 AND (at, at_tick) < ($3, $4) AND at <= $3";

    private readonly PostgreSqlDatabase _database;
    private readonly MonthPartitions _months;
    private readonly string _append;

    /// <summary>Makes a store. Nothing connects before its first use.</summary>
    /// <param name="database">The database. It is not disposed.</param>
    public PostgreSqlSpendStore(PostgreSqlDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        _database = database;
        _months = new MonthPartitions(database.Schema, "spend");
        _append = SpendAppend.Statement(database.QuotedSchema);
    }

    /// <summary>Makes the tables, or updates those of an earlier version. Whatever else is called does so too, where it is due.</summary>
    /// <param name="cancellationToken">Cancels it.</param>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken = default) => await _database.RunAsync(SpendSchema.Steps, static _ => Task.FromResult(true), canRepeat: true, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask AppendAsync(IReadOnlyList<SpendEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        await _database.RunAsync(
            SpendSchema.Steps,
            connection => _months.WriteAsync(connection, entries.Select(static entry => entry.At), () => SpendAppend.RunAsync(connection, _append, entries, cancellationToken), cancellationToken),
            canRepeat: true,
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SpendEntry> ReadAsync(DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await _database.OpenAsync(SpendSchema.Steps, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            using NpgsqlCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT {Columns} FROM {_database.QuotedSchema}.spend WHERE {Within} ORDER BY at, at_tick, id";
            command.Parameters.AddTime(from);
            command.Parameters.AddTime(until);
            NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) yield return SpendRows.Entry(reader);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SpendTotal>> SumAsync(SpendDimension by, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        (string name, string tags) = by switch
        {
            SpendDimension.All => ("''", ""),
            SpendDimension.Group => ("group_name", ""),
            SpendDimension.Deployment => ("group_name || ': ' || deployment", ""),
            SpendDimension.Model => ("model", ""),
            SpendDimension.Tag => ("coalesce(tag, '')", " LEFT JOIN LATERAL unnest(tags) AS tag ON true"),
            SpendDimension.Session => ("coalesce(session, '')", ""),
            SpendDimension.Caller => ("coalesce(caller, '')", ""),
            SpendDimension.Day => ("to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD')", ""),
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, "The value is not a defined dimension."),
        };
        string statement = $"""
            SELECT {name}, count(*), count(*) FILTER (WHERE outcome <> 'None'), least(coalesce(sum(input_tokens), 0), 9223372036854775807)::bigint, least(coalesce(sum(output_tokens), 0), 9223372036854775807)::bigint,
              trim_scale(coalesce(sum(cost_usd), 0)), count(*) FILTER (WHERE cost_usd IS NULL AND input_tokens IS NOT NULL)
            FROM {_database.QuotedSchema}.spend{tags} WHERE {Within} GROUP BY 1
            """;
        return _database.RunAsync(SpendSchema.Steps, connection => SpendRows.SumAsync(connection, statement, from, until, cancellationToken), canRepeat: true, cancellationToken);
    }

    /// <summary>Drops the entries of months that are over before a moment. The sums of their days stay.</summary>
    /// <param name="before">The moment.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>How many months were dropped.</returns>
    public async ValueTask<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        (await _database.RunAsync(SpendSchema.Steps, connection => _months.DropAsync(connection, before, countsRows: false, cancellationToken), canRepeat: true, cancellationToken).ConfigureAwait(false)).Months;
}
