using Npgsql;
using RouterGen.PostgreSql.Connections;
using RouterGen.PostgreSql.Values;

namespace RouterGen.Gateway.PostgreSql;

/// <summary>Responses in the tables of a gateway's store.</summary>
/// <param name="database">The database.</param>
internal sealed class PostgreSqlResponseStore(PostgreSqlDatabase database) : IResponseStore
{
    private const string Columns = "SELECT r.owner, r.id, r.previous, r.created_ticks, r.expires_ticks, r.model, r.answer, r.input";

    private readonly string _response = $"{database.QuotedSchema}.response";
    private readonly string _item = $"{database.QuotedSchema}.response_item";

    public async ValueTask KeepAsync(StoredResponse response, IReadOnlyList<string> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(items);
        await database.RunAsync(
            GatewaySchema.Steps,
            async connection =>
            {
                using NpgsqlBatch batch = connection.WriteBatch();
                batch.BatchCommands.Add(Command($"DELETE FROM {_item} WHERE owner = $1 AND response = $2", response.Owner, response.Id));
                NpgsqlBatchCommand keep = Command(
                    $"INSERT INTO {_response} (owner, id, previous, created_ticks, expires_ticks, model, answer, input) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (owner, id) DO UPDATE SET previous = excluded.previous, created_ticks = excluded.created_ticks, expires_ticks = excluded.expires_ticks, model = excluded.model, answer = excluded.answer, input = excluded.input",
                    response.Owner, response.Id);
                keep.Parameters.AddText(response.PreviousId);
                keep.Parameters.AddValue(response.CreatedAt.UtcTicks);
                keep.Parameters.AddValue(response.Expires.UtcTicks);
                keep.Parameters.AddText(response.Model);
                keep.Parameters.AddValue(response.Response.ToArray());
                keep.Parameters.AddValue(response.Input.ToArray());
                batch.BatchCommands.Add(keep);
                NpgsqlBatchCommand add = Command($"INSERT INTO {_item} (owner, id, response) SELECT DISTINCT $1::text, item COLLATE \"C\", $2::text FROM unnest($3::text[]) AS item ORDER BY 2 ON CONFLICT (owner, id) DO UPDATE SET response = excluded.response", response.Owner, response.Id);
                add.AddColumn(items, StoredValue.Id);
                batch.BatchCommands.Add(add);
                return await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            },
            canRepeat: true,
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<StoredResponse?> FindAsync(string owner, string id, CancellationToken cancellationToken) => FindAsync($"{Columns} FROM {_response} AS r WHERE r.owner = $1 AND r.id = $2", owner, id, cancellationToken);

    public ValueTask<StoredResponse?> FindByItemAsync(string owner, string item, CancellationToken cancellationToken) =>
        FindAsync($"{Columns} FROM {_response} AS r JOIN {_item} AS i ON i.owner = r.owner AND i.response = r.id WHERE i.owner = $1 AND i.id = $2", owner, item, cancellationToken);

    public ValueTask<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken) => database.RunAsync(
        GatewaySchema.Steps,
        async connection =>
        {
            using NpgsqlBatch batch = connection.WriteBatch();
            batch.BatchCommands.Add(Command($"DELETE FROM {_item} WHERE owner = $1 AND response = $2", owner, id));
            NpgsqlBatchCommand command = Command($"DELETE FROM {_response} WHERE owner = $1 AND id = $2", owner, id);
            batch.BatchCommands.Add(command);
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return command.RecordsAffected > 0;
        },
        canRepeat: false,
        cancellationToken);

    public ValueTask<long> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.RunAsync(
        GatewaySchema.Steps,
        async connection =>
        {
            using NpgsqlBatch batch = connection.WriteBatch();
            var items = new NpgsqlBatchCommand($"DELETE FROM {_item} AS i USING {_response} AS r WHERE i.owner = r.owner AND i.response = r.id AND r.expires_ticks <= $1");
            items.Parameters.AddValue(now.UtcTicks);
            var responses = new NpgsqlBatchCommand($"DELETE FROM {_response} WHERE expires_ticks <= $1");
            responses.Parameters.AddValue(now.UtcTicks);
            batch.BatchCommands.Add(items);
            batch.BatchCommands.Add(responses);
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            return (long)responses.RecordsAffected;
        },
        canRepeat: true,
        cancellationToken);

    // Most statements ask for an owner and an id.
    private static NpgsqlBatchCommand Command(string text, string owner, string id)
    {
        var command = new NpgsqlBatchCommand(text);
        command.Parameters.AddText(StoredValue.Id(owner));
        command.Parameters.AddText(StoredValue.Id(id));
        return command;
    }

    private ValueTask<StoredResponse?> FindAsync(string text, string owner, string id, CancellationToken cancellationToken) => database.RunAsync(
        GatewaySchema.Steps,
        async connection =>
        {
            using NpgsqlBatch batch = connection.CreateBatch();
            batch.BatchCommands.Add(Command(text, owner, id));
            using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? Response(reader) : null;
        },
        canRepeat: true,
        cancellationToken);

    private static StoredResponse Response(NpgsqlDataReader reader) => new()
    {
        Owner = reader.GetString(0),
        Id = reader.GetString(1),
        PreviousId = reader.IsDBNull(2) ? null : reader.GetString(2),
        CreatedAt = new DateTimeOffset(reader.GetInt64(3), TimeSpan.Zero),
        Expires = new DateTimeOffset(reader.GetInt64(4), TimeSpan.Zero),
        Model = reader.GetString(5),
        Response = reader.GetFieldValue<byte[]>(6),
        Input = reader.GetFieldValue<byte[]>(7),
    };
}
