using Microsoft.Data.Sqlite;

namespace RouterGen.Gateway.Sqlite;

/// <summary>Responses in the tables of a store's file.</summary>
/// <param name="file">Returns the file.</param>
internal sealed class SqliteResponseStore(Func<SqliteFile> file) : IResponseStore
{
    private const string Columns = "SELECT r.owner, r.id, r.previous, r.created, r.expires, r.model, r.answer, r.input FROM response r";

    public async ValueTask KeepAsync(StoredResponse response, IReadOnlyList<string> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(items);
        await file().WriteAsync(
            connection =>
            {
                Delete(connection, response.Owner, response.Id);
                using SqliteCommand command = connection.Command(
                    "INSERT INTO response (owner, id, previous, created, expires, model, answer, input) VALUES ($owner, $id, $previous, $created, $expires, $model, $answer, $input)",
                    ("$owner", response.Owner), ("$id", response.Id), ("$previous", response.PreviousId), ("$created", response.CreatedAt.UtcTicks), ("$expires", response.Expires.UtcTicks),
                    ("$model", response.Model), ("$answer", response.Response.ToArray()), ("$input", response.Input.ToArray()));
                command.ExecuteNonQuery();
                foreach (string item in items)
                {
                    using SqliteCommand add = connection.Command("INSERT OR REPLACE INTO response_item (owner, id, response) VALUES ($owner, $id, $response)", ("$owner", response.Owner), ("$id", item), ("$response", response.Id));
                    add.ExecuteNonQuery();
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<StoredResponse?> FindAsync(string owner, string id, CancellationToken cancellationToken) => Find(Columns + " WHERE r.owner = $owner AND r.id = $id", owner, id);

    public ValueTask<StoredResponse?> FindByItemAsync(string owner, string item, CancellationToken cancellationToken) =>
        Find(Columns + " JOIN response_item i ON i.owner = r.owner AND i.response = r.id WHERE i.owner = $owner AND i.id = $id", owner, item);

    public ValueTask<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken) => file().WriteAsync(connection => Delete(connection, owner, id), cancellationToken);

    public ValueTask<long> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) => file().WriteAsync(
        connection =>
        {
            using SqliteCommand items = connection.Command("DELETE FROM response_item WHERE (owner, response) IN (SELECT owner, id FROM response WHERE expires <= $now)", ("$now", now.UtcTicks));
            items.ExecuteNonQuery();
            using SqliteCommand responses = connection.Command("DELETE FROM response WHERE expires <= $now", ("$now", now.UtcTicks));
            return (long)responses.ExecuteNonQuery();
        },
        cancellationToken);

    private static bool Delete(SqliteConnection connection, string owner, string id)
    {
        using SqliteCommand items = connection.Command("DELETE FROM response_item WHERE owner = $owner AND response = $id", ("$owner", owner), ("$id", id));
        items.ExecuteNonQuery();
        using SqliteCommand response = connection.Command("DELETE FROM response WHERE owner = $owner AND id = $id", ("$owner", owner), ("$id", id));
        return response.ExecuteNonQuery() > 0;
    }

    private ValueTask<StoredResponse?> Find(string text, string owner, string id) => new(file().Read(connection =>
    {
        using SqliteCommand command = connection.Command(text, ("$owner", owner), ("$id", id));
        using SqliteDataReader reader = command.ExecuteReader();
        if (!reader.Read()) return null;
        return new StoredResponse
        {
            Owner = reader.GetString(0),
            Id = reader.GetString(1),
            PreviousId = reader.Text(2),
            CreatedAt = new DateTimeOffset(reader.GetInt64(3), TimeSpan.Zero),
            Expires = new DateTimeOffset(reader.GetInt64(4), TimeSpan.Zero),
            Model = reader.GetString(5),
            Response = reader.GetFieldValue<byte[]>(6),
            Input = reader.GetFieldValue<byte[]>(7),
        };
    }));
}
