using System.Text;
using Microsoft.Data.Sqlite;
using RouterGen.Gateway.Stores;
using SQLitePCL;

namespace RouterGen.Gateway.Sqlite;

/// <summary>
/// Adds requests, of which there are many: by SQLite's own functions, because a command of Microsoft.Data.Sqlite takes longer to hand over sixteen values than the database takes to write them.
/// Values are bound as parameters here too.
/// </summary>
internal sealed class RequestInsert : IDisposable
{
    private const string Text = """
        INSERT OR IGNORE INTO request (at, id, duration_ticks, endpoint, "group", deployment, model, status, input_tokens, output_tokens, cost_pico_usd, key, team, user, end_user, tags)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
        """;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _buffer = new byte[512];

    /// <summary>Prepares the statement.</summary>
    /// <param name="connection">The connection, which must stay open.</param>
    /// <exception cref="SqliteException">The database refuses it.</exception>
    public RequestInsert(SqliteConnection connection)
    {
        _database = connection.Handle!;
        int code = raw.sqlite3_prepare_v2(_database, Text, out _statement);
        if (code != raw.SQLITE_OK) throw Failed(code);
    }

    /// <summary>Adds a request.</summary>
    /// <returns>False where it is there already.</returns>
    /// <exception cref="SqliteException">The database cannot be written.</exception>
    public bool Add(GatewaySpend row)
    {
        raw.sqlite3_bind_int64(_statement, 1, row.At.UtcTicks);
        Bind(2, row.Id);
        raw.sqlite3_bind_int64(_statement, 3, row.Duration.Ticks);
        Bind(4, row.Endpoint);
        Bind(5, row.Group);
        Bind(6, row.Deployment);
        Bind(7, row.Model);
        raw.sqlite3_bind_int64(_statement, 8, row.Status);
        raw.sqlite3_bind_int64(_statement, 9, row.InputTokens);
        raw.sqlite3_bind_int64(_statement, 10, row.OutputTokens);
        raw.sqlite3_bind_int64(_statement, 11, SqliteCommands.Pico(row.Cost));
        Bind(12, row.KeyId);
        Bind(13, row.TeamId);
        Bind(14, row.UserId);
        Bind(15, row.EndUser);
        Bind(16, AccountText.WriteTags(row.Tags));
        int code = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        return code == raw.SQLITE_DONE ? raw.sqlite3_changes(_database) > 0 : throw Failed(code);
    }

    public void Dispose() => _statement.Dispose();

    // SQLite copies the text.
    private void Bind(int index, string? text)
    {
        text ??= "";
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_buffer.Length < most) _buffer = new byte[most];
        raw.sqlite3_bind_text(_statement, index, _buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, _buffer)));
    }

    private SqliteException Failed(int code) => new($"SQLite Error {code}: '{raw.sqlite3_errmsg(_database).utf8_to_string()}'.", code, raw.sqlite3_extended_errcode(_database));
}
