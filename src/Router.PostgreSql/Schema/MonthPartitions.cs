using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using RouterGen.PostgreSql.Connections;

namespace RouterGen.PostgreSql.Schema;

/// <summary>
/// The months of a table that is partitioned by the time in its column <c>at</c>. A month is made when its first row comes, by whichever process is first, without a lock that readers or writers of
/// other months would wait for. Thread-safe.
/// </summary>
/// <param name="schema">The name of the schema.</param>
/// <param name="table">The name of the table, without schema.</param>
internal sealed class MonthPartitions(string schema, string table)
{
    private readonly ConcurrentDictionary<DateOnly, bool> _known = new();

    /// <summary>Runs what writes rows of some months, which are made before where they are missing.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="times">The times of the rows.</param>
    /// <param name="write">Writes them, all or none.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<T> WriteAsync<T>(NpgsqlConnection connection, IEnumerable<DateTimeOffset> times, Func<Task<T>> write, CancellationToken cancellationToken)
    {
        DateOnly[] months = [.. times.Select(MonthOf).Distinct().Order()];
        await MakeAsync(connection, months, cancellationToken).ConfigureAwait(false);
        try
        {
            return await write().ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.CheckViolation)
        {
            // Another process dropped a month meanwhile, or a backup without it was restored.
            foreach (DateOnly month in months) _known.TryRemove(month, out _);
            await MakeAsync(connection, months, cancellationToken).ConfigureAwait(false);
            return await write().ConfigureAwait(false);
        }
    }

    /// <summary>Drops months that are over before a moment, with all their rows.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="before">The moment.</param>
    /// <param name="countsRows">Whether rows are counted, for which each is read.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>How many months were dropped, and how many rows they had.</returns>
    public async Task<(int Months, long Rows)> DropAsync(NpgsqlConnection connection, DateTimeOffset before, bool countsRows, CancellationToken cancellationToken)
    {
        long rows = 0;
        int dropped = 0;
        DateOnly first = MonthOf(before);
        foreach (DateOnly month in await ListAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            if (month >= first) continue;
            NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                // A short wait: what comes after it waits, too. A month that is in use is dropped the next time.
                await ScalarAsync(connection, $"SET LOCAL lock_timeout = '2s'; SELECT pg_advisory_xact_lock({LockOf(month)})", cancellationToken).ConfigureAwait(false);
                if (countsRows && await IsThereAsync(connection, month, cancellationToken).ConfigureAwait(false)) rows += (long)(await ScalarAsync(connection, $"SELECT count(*) FROM {NameOf(month)}", cancellationToken).ConfigureAwait(false))!;
                await ScalarAsync(connection, $"DROP TABLE IF EXISTS {NameOf(month)}", cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            _known.TryRemove(month, out _);
            dropped++;
        }

        return (dropped, rows);
    }

    private static DateOnly MonthOf(DateTimeOffset time) => new(time.UtcDateTime.Year, time.UtcDateTime.Month, 1);

    private string TableOf(DateOnly month) => string.Create(CultureInfo.InvariantCulture, $"{table}_{month:yyyy_MM}");

    private string NameOf(DateOnly month) => $"{SchemaUpdate.Identifier(schema)}.{SchemaUpdate.Identifier(TableOf(month))}";

    private string LockOf(DateOnly month) => $"hashtextextended({SchemaUpdate.Literal(NameOf(month))}, 7281509)";

    private async Task MakeAsync(NpgsqlConnection connection, DateOnly[] months, CancellationToken cancellationToken)
    {
        foreach (DateOnly month in months)
        {
            if (_known.ContainsKey(month)) continue;
            if (!await IsThereAsync(connection, month, cancellationToken).ConfigureAwait(false)) await MakeAsync(connection, month, cancellationToken).ConfigureAwait(false);
            _known[month] = true;
        }
    }

    private async Task MakeAsync(NpgsqlConnection connection, DateOnly month, CancellationToken cancellationToken)
    {
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await ScalarAsync(connection, $"{WriteSettings.Statement}; SELECT pg_advisory_xact_lock({LockOf(month)})", cancellationToken).ConfigureAwait(false);
            if (!await IsThereAsync(connection, month, cancellationToken).ConfigureAwait(false))
            {
                // A table of its own that is attached: "PARTITION OF" would lock the whole table against readers and writers.
                string until = month.Year == DateOnly.MaxValue.Year && month.Month == 12 ? "MAXVALUE" : $"'{month.AddMonths(1):yyyy-MM-dd} 00:00:00+00'";
                string parent = $"{SchemaUpdate.Identifier(schema)}.{SchemaUpdate.Identifier(table)}";
                await ScalarAsync(connection, string.Create(CultureInfo.InvariantCulture, $"CREATE TABLE {NameOf(month)} (LIKE {parent} INCLUDING ALL); ALTER TABLE {parent} ATTACH PARTITION {NameOf(month)} FOR VALUES FROM ('{month:yyyy-MM-dd} 00:00:00+00') TO ({until})"), cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsThereAsync(NpgsqlConnection connection, DateOnly month, CancellationToken cancellationToken) =>
        await ScalarAsync(connection, SchemaUpdate.IsTableThere(schema, TableOf(month)), cancellationToken).ConfigureAwait(false) is true;

    private async Task<List<DateOnly>> ListAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = "SELECT c.relname::text FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = to_regclass($1) ORDER BY 1";
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"{SchemaUpdate.Identifier(schema)}.{SchemaUpdate.Identifier(table)}", NpgsqlDbType = NpgsqlDbType.Text });
        var months = new List<DateOnly>();
        using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (DateOnly.TryParseExact(reader.GetString(0), $"'{table}_'yyyy_MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly month)) months.Add(month);
        }

        return months;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = text;
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
    }
}
