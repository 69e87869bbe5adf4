using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace RouterGen;

/// <summary>
/// A SQLite file as the store of a <see cref="SpendLedger"/>. What was appended outlives the end of the process and of the machine: the file has a write-ahead log, and each batch is
/// one transaction that is on the disk when it returns. Several processes may use the same file, on a local disk. Costs are integers of a trillionth of a USD, so that sums are exact. Thread-safe.
/// </summary>
/// <remarks>
/// All methods throw <see cref="SqliteException"/> where the file cannot be used: locked for longer than <see cref="BusyTimeout"/>, no room on the disk, not a database, damaged. A ledger keeps
/// its entries then, and tries again. They throw <see cref="InvalidOperationException"/> where a later version of this package wrote the file.
/// </remarks>
public sealed class SqliteSpendStore : ISpendStore, IDisposable
{
    private const int SchemaVersion = 1;
    private const decimal PicoPerUsd = 1_000_000_000_000m;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS spend (
          id TEXT PRIMARY KEY, at INTEGER NOT NULL, call_id TEXT, "group" TEXT NOT NULL, deployment TEXT NOT NULL, model TEXT NOT NULL, kind TEXT NOT NULL, purpose TEXT NOT NULL,
          outcome TEXT NOT NULL, caller TEXT, session TEXT, input_tokens INTEGER, output_tokens INTEGER, cost_pico_usd INTEGER, estimated INTEGER NOT NULL, callers_key INTEGER NOT NULL, duration_ticks INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS spend_at ON spend (at);
        CREATE TABLE IF NOT EXISTS spend_tag (spend_id TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (spend_id, tag)) WITHOUT ROWID;
        """;

    private const string Insert = """
        INSERT OR IGNORE INTO spend (id, at, call_id, "group", deployment, model, kind, purpose, outcome, caller, session, input_tokens, output_tokens, cost_pico_usd, estimated, callers_key, duration_ticks)
        VALUES ($id, $at, $call, $group, $deployment, $model, $kind, $purpose, $outcome, $caller, $session, $input, $output, $cost, $estimated, $callersKey, $duration)
        """;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private SqliteConnection? _writer;

    /// <summary>Makes a store. The file is opened, and made where it is missing, when it is first used.</summary>
    /// <param name="path">The path of the file. Its directory must be there, and on a local disk.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public SqliteSpendStore(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
    }

    /// <summary>Gets the path of the file.</summary>
    public string Path { get; }

    /// <summary>Gets how long a write waits while another process writes, in whole seconds from 1. Default: 5 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public async ValueTask AppendAsync(IReadOnlyList<SpendEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Append(_writer ??= Open(), entries);
        }
        catch
        {
            // The next write opens the file anew: it may have been moved, or repaired, meanwhile.
            _writer?.Dispose();
            _writer = null;
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SpendEntry> ReadAsync(DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            SELECT id, at, call_id, "group", deployment, model, kind, purpose, outcome, caller, session, input_tokens, output_tokens, cost_pico_usd, estimated, callers_key, duration_ticks,
              (SELECT json_group_array(tag) FROM (SELECT tag FROM spend_tag WHERE spend_id = id ORDER BY tag))
            FROM spend WHERE at >= $from AND at < $until ORDER BY at, id
            """;
        AddPeriod(command, from, until);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Read(reader);
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<SpendTotal>> SumAsync(SpendDimension by, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        (string name, string tables) = by switch
        {
            SpendDimension.All => ("''", "spend"),
            SpendDimension.Group => ("\"group\"", "spend"),
            SpendDimension.Deployment => ("\"group\" || ': ' || deployment", "spend"),
            SpendDimension.Model => ("model", "spend"),
            SpendDimension.Tag => ("coalesce(tag, '')", "spend LEFT JOIN spend_tag ON spend_id = id"),
            SpendDimension.Session => ("coalesce(session, '')", "spend"),
            SpendDimension.Caller => ("coalesce(caller, '')", "spend"),
            SpendDimension.Day => ("strftime('%Y-%m-%d', at / 10000000 - 62135596800, 'unixepoch')", "spend"),
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, "The value is not a defined dimension."),
        };
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();

        // In two parts, since a sum of integers that overflows is an error.
        command.CommandText = $"""
            SELECT {name}, count(*), sum(outcome <> 'None'), total(input_tokens), total(output_tokens), sum(coalesce(cost_pico_usd, 0) / 1000000), sum(coalesce(cost_pico_usd, 0) % 1000000), sum(cost_pico_usd IS NULL AND input_tokens IS NOT NULL)
            FROM {tables} WHERE at >= $from AND at < $until GROUP BY 1
            """;
        AddPeriod(command, from, until);
        var totals = new List<SpendTotal>();
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            decimal cost = (reader.GetInt64(5) * 1_000_000m + reader.GetInt64(6)) / PicoPerUsd;
            totals.Add(new SpendTotal(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), (long)reader.GetDouble(3), (long)reader.GetDouble(4), cost, reader.GetInt64(7)));
        }

        return new([.. totals.OrderByDescending(static total => total.Cost).ThenBy(static total => total.Name, StringComparer.Ordinal)]);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _writer?.Dispose();
        _writing.Dispose();
    }

    private SqliteConnection Open()
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = Path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false, DefaultTimeout = Math.Max(1, (int)BusyTimeout.TotalSeconds) };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            long version = Convert.ToInt64(Scalar(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture);
            if (version > SchemaVersion) throw new InvalidOperationException($"The ledger '{Path}' was written by a later version of RouterGen.Sqlite (schema {version}; this one knows {SchemaVersion}). Update the package.");
            if (version == SchemaVersion) return connection;

            // Of several processes that start at once, one makes the tables, and the others find them.
            Execute(connection, $"BEGIN IMMEDIATE; {Schema} PRAGMA user_version = {SchemaVersion}; COMMIT;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Append(SqliteConnection connection, IReadOnlyList<SpendEntry> entries)
    {
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        using SqliteCommand insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = Insert;
        string[] names = ["$id", "$at", "$call", "$group", "$deployment", "$model", "$kind", "$purpose", "$outcome", "$caller", "$session", "$input", "$output", "$cost", "$estimated", "$callersKey", "$duration"];
        foreach (string name in names) insert.Parameters.Add(new SqliteParameter { ParameterName = name });
        using SqliteCommand tag = connection.CreateCommand();
        tag.Transaction = transaction;
        tag.CommandText = "INSERT OR IGNORE INTO spend_tag (spend_id, tag) VALUES ($id, $tag)";
        tag.Parameters.Add(new SqliteParameter { ParameterName = "$id" });
        tag.Parameters.Add(new SqliteParameter { ParameterName = "$tag" });
        foreach (SpendEntry entry in entries)
        {
            object?[] values =
            [
                entry.Id, entry.At.UtcTicks, entry.CallId, entry.Group, entry.Deployment, entry.Model, entry.Kind.ToString(), entry.Purpose.ToString(), entry.Outcome.ToString(), entry.Caller, entry.Session,
                entry.InputTokens, entry.OutputTokens, Pico(entry.Cost), entry.IsEstimated, entry.IsCallersKey, entry.Duration.Ticks,
            ];
            for (int i = 0; i < values.Length; i++) insert.Parameters[i].Value = values[i] ?? DBNull.Value;
            if (insert.ExecuteNonQuery() == 0) continue; // It is there already.
            foreach (string name in entry.Tags)
            {
                tag.Parameters[0].Value = entry.Id;
                tag.Parameters[1].Value = name;
                tag.ExecuteNonQuery();
            }
        }

        transaction.Commit();
    }

    private static SpendEntry Read(SqliteDataReader reader) => new()
    {
        Id = reader.GetString(0),
        At = new DateTimeOffset(reader.GetInt64(1), TimeSpan.Zero),
        CallId = Text(reader, 2),
        Group = reader.GetString(3),
        Deployment = reader.GetString(4),
        Model = reader.GetString(5),
        Kind = Value<CallKind>(reader, 6),
        Purpose = Value<AttemptPurpose>(reader, 7),
        Outcome = Value<FailureKind>(reader, 8),
        Caller = Text(reader, 9),
        Session = Text(reader, 10),
        InputTokens = Number(reader, 11),
        OutputTokens = Number(reader, 12),
        Cost = Number(reader, 13) / PicoPerUsd,
        IsEstimated = reader.GetBoolean(14),
        IsCallersKey = reader.GetBoolean(15),
        Duration = new TimeSpan(reader.GetInt64(16)),
        Tags = Tags(reader.GetString(17)),
    };

    private static string[] Tags(string json)
    {
        using JsonDocument tags = JsonDocument.Parse(json);
        return [.. tags.RootElement.EnumerateArray().Select(static tag => tag.GetString()!)];
    }

    private static void AddPeriod(SqliteCommand command, DateTimeOffset from, DateTimeOffset until)
    {
        command.Parameters.AddWithValue("$from", from.UtcTicks);
        command.Parameters.AddWithValue("$until", until.UtcTicks);
    }

    private static object? Pico(decimal? cost) => cost is { } usd ? (long)decimal.Round(Math.Min(usd * PicoPerUsd, long.MaxValue)) : null;

    private static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static long? Number(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    // A name that only a later version has is the first of its kind.
    private static T Value<T>(SqliteDataReader reader, int column) where T : struct, Enum => Enum.TryParse(reader.GetString(column), out T value) ? value : default;

    private static void Execute(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }
}
