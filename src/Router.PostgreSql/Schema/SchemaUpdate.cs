using Npgsql;

namespace RouterGen.PostgreSql.Schema;

/// <summary>Makes the tables of a part, or updates those of an earlier version: all in one transaction, under a lock of the database, so that of many processes that start at once one does it.</summary>
internal static class SchemaUpdate
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>Updates the tables, where they are not of this version.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="schema">The name of the schema.</param>
    /// <param name="part">The part.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="InvalidOperationException">A later version of the package wrote the tables.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses it.</exception>
    public static async Task RunAsync(NpgsqlConnection connection, string schema, SchemaSteps part, CancellationToken cancellationToken)
    {
        if (await VersionAsync(connection, schema, part, cancellationToken).ConfigureAwait(false) == part.Version) return;
        NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            // One statement of DDL after another would wait for locks of its own: whoever has this one is alone.
            await RunAsync(connection, $"SET LOCAL lock_timeout = '{LongestWait.TotalSeconds}s'; SET LOCAL statement_timeout = 0; SET LOCAL tcp_keepalives_idle = 10", cancellationToken).ConfigureAwait(false);
            await RunAsync(connection, $"SELECT pg_advisory_xact_lock(hashtextextended({Literal(schema)}, 7281509))", cancellationToken).ConfigureAwait(false);
            if (!await IsThereAsync(connection, $"SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = {Literal(schema)})", cancellationToken).ConfigureAwait(false))
                await RunAsync(connection, $"CREATE SCHEMA {Identifier(schema)}", cancellationToken).ConfigureAwait(false); // Where it is there, the right to make one is not needed.
            await RunAsync(connection, $"SET LOCAL search_path = {Identifier(schema)}, pg_catalog", cancellationToken).ConfigureAwait(false);
            await RunAsync(connection, "CREATE TABLE IF NOT EXISTS schema_part (part text PRIMARY KEY, version integer NOT NULL, updated_at timestamptz NOT NULL)", cancellationToken).ConfigureAwait(false);
            int version = await VersionAsync(connection, schema, part, cancellationToken).ConfigureAwait(false);
            foreach (SchemaStep step in part.Steps)
            {
                if (step.Version > version) await RunAsync(connection, step.Sql, cancellationToken).ConfigureAwait(false);
            }

            if (version < part.Version)
                await RunAsync(connection, $"INSERT INTO schema_part VALUES ({Literal(part.Part)}, {part.Version}, clock_timestamp()) ON CONFLICT (part) DO UPDATE SET version = excluded.version, updated_at = excluded.updated_at", cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns a name as an identifier of SQL.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Returns a text as a literal of SQL. Only the package's own texts, and the checked name of a schema, become one.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Returns the question whether a table is there. It reads the catalog: "to_regclass" may answer from what the session remembers, also under the lock that another one made the table under.</summary>
    public static string IsTableThere(string schema, string table) =>
        $"SELECT EXISTS (SELECT FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = {Literal(schema)} AND c.relname = {Literal(table)})";

    private static async Task<int> VersionAsync(NpgsqlConnection connection, string schema, SchemaSteps part, CancellationToken cancellationToken)
    {
        if (!await IsThereAsync(connection, IsTableThere(schema, "schema_part"), cancellationToken).ConfigureAwait(false)) return 0;
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT version FROM {Identifier(schema)}.schema_part WHERE part = {Literal(part.Part)}";
        int version = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is int found ? found : 0;
        if (version <= part.Version) return version;
        throw new InvalidOperationException($"The schema '{schema}' of the database was written by a later version of {part.Package} (version {version} of '{part.Part}'; this one knows {part.Version}). Update the package.");
    }

    private static async Task<bool> IsThereAsync(NpgsqlConnection connection, string question, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = question;
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = (int)LongestWait.TotalSeconds + 10;
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
