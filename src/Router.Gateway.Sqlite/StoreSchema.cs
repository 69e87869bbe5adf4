using Microsoft.Data.Sqlite;

namespace RouterGen.Gateway.Sqlite;

/// <summary>The tables of a store, and how a file of an earlier version becomes one of this version: step by step, by the number in <c>user_version</c>.</summary>
internal static class StoreSchema
{
    // What a step has made is never changed: a later version adds a step. An empty text is a null that is part of a key.
    // Requests are in the order of their time, and have no further index: each costs every request a fifth of its write, and rows are read seldom.
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE account (ordinal INTEGER PRIMARY KEY AUTOINCREMENT, kind INTEGER NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, team TEXT, user TEXT, alias TEXT, data TEXT NOT NULL, UNIQUE (kind, id));
        CREATE INDEX account_team ON account (kind, team);
        CREATE INDEX account_user ON account (kind, user);
        CREATE TABLE spent (kind INTEGER NOT NULL, spend_id TEXT NOT NULL, start INTEGER NOT NULL, cost_pico_usd INTEGER NOT NULL, PRIMARY KEY (kind, spend_id, start)) WITHOUT ROWID;
        CREATE TABLE request (
          at INTEGER NOT NULL, id TEXT NOT NULL, duration_ticks INTEGER NOT NULL, endpoint TEXT NOT NULL, "group" TEXT NOT NULL, deployment TEXT NOT NULL, model TEXT NOT NULL, status INTEGER NOT NULL,
          input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cost_pico_usd INTEGER NOT NULL, key TEXT NOT NULL, team TEXT NOT NULL, user TEXT NOT NULL, end_user TEXT NOT NULL, tags TEXT NOT NULL, PRIMARY KEY (at, id)) WITHOUT ROWID;
        CREATE TABLE day (
          day INTEGER NOT NULL, key TEXT NOT NULL, team TEXT NOT NULL, user TEXT NOT NULL, end_user TEXT NOT NULL, "group" TEXT NOT NULL, model TEXT NOT NULL, tag TEXT NOT NULL,
          requests INTEGER NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, cost_pico_usd INTEGER NOT NULL, PRIMARY KEY (day, key, team, user, end_user, "group", model, tag)) WITHOUT ROWID;
        """,
        """
        CREATE TABLE response (
          owner TEXT NOT NULL, id TEXT NOT NULL, previous TEXT, created INTEGER NOT NULL, expires INTEGER NOT NULL, model TEXT NOT NULL, answer BLOB NOT NULL, input BLOB NOT NULL, PRIMARY KEY (owner, id));
        CREATE INDEX response_expires ON response (expires);
        CREATE TABLE response_item (owner TEXT NOT NULL, id TEXT NOT NULL, response TEXT NOT NULL, PRIMARY KEY (owner, id)) WITHOUT ROWID;
        CREATE INDEX response_item_response ON response_item (owner, response);
        """,
    ];

    /// <summary>Gets the version that this package writes.</summary>
    public static int Version => Steps.Length;

    /// <summary>Makes tables, or changes those of an earlier version. Of several processes that start at once, one does it.</summary>
    /// <exception cref="InvalidOperationException">A later version of this package wrote the file.</exception>
    public static void Update(SqliteConnection connection, string path)
    {
        if (VersionOf(connection, path) == Version) return;
        connection.Run("BEGIN IMMEDIATE");
        try
        {
            for (long version = VersionOf(connection, path); version < Version; version++) connection.Run(Steps[version]);
            connection.Run(FormattableString.Invariant($"PRAGMA user_version = {Version}; COMMIT"));
        }
        catch
        {
            connection.Run("ROLLBACK");
            throw;
        }
    }

    private static long VersionOf(SqliteConnection connection, string path)
    {
        using SqliteCommand command = connection.Command("PRAGMA user_version");
        long version = (long)command.ExecuteScalar()!;
        if (version <= Version) return version;
        throw new InvalidOperationException($"The store '{path}' was written by a later version of RouterGen.Gateway.Sqlite (schema {version}; this one knows {Version}). Update the package.");
    }
}
