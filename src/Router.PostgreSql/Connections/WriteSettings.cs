using Npgsql;

namespace RouterGen.PostgreSql.Connections;

/// <summary>
/// What holds for a transaction that writes, and no longer, so that connections of a pooler such as PgBouncer are left as they were: how long it waits for locks of others, and how soon the server
/// notices that the program is gone and releases those of this one. By itself it would notice after two hours.
/// </summary>
internal static class WriteSettings
{
    /// <summary>Sets it, as the first statement of a transaction or batch.</summary>
    public const string Statement = "SELECT set_config('lock_timeout', '10s', true), set_config('idle_in_transaction_session_timeout', '30s', true), set_config('tcp_keepalives_idle', '10', true), set_config('tcp_keepalives_interval', '5', true), set_config('tcp_keepalives_count', '3', true)";

    /// <summary>Makes a batch, which is one transaction and one journey to the server.</summary>
    public static NpgsqlBatch WriteBatch(this NpgsqlConnection connection)
    {
        NpgsqlBatch batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Statement));
        return batch;
    }
}
