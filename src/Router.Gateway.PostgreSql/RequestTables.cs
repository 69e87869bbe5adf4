using Npgsql;
using RouterGen.PostgreSql.Connections;
using RouterGen.PostgreSql.Values;

namespace RouterGen.Gateway.PostgreSql;

/// <summary>Lists requests, and adds up those of days.</summary>
/// <param name="schema">The schema, as an identifier.</param>
internal sealed class RequestTables(string schema)
{
    private static readonly (SpendParts Part, string Column)[] Columns =
    [
        (SpendParts.Day, "day"), (SpendParts.Key, "key_id"), (SpendParts.Team, "team_id"), (SpendParts.User, "user_id"), (SpendParts.EndUser, "end_user"), (SpendParts.Group, "group_name"), (SpendParts.Model, "model"), (SpendParts.Tag, "tag"),
    ];

    // The moment decides to the tick, its microsecond which months are read. An id is itself, or itself with a hyphen and more.
    private readonly ListQuery _list = new(
        "id, at, at_tick, duration_ticks, endpoint, group_name, deployment, model, status, input_tokens, output_tokens, trim_scale(cost_usd), key_id, team_id, user_id, end_user, tags",
        $"""
        FROM {schema}.request WHERE (at, at_tick) >= ($1, $2) AND at >= $1 AND (at, at_tick) < ($3, $4) AND at <= $3 AND ($5 IS NULL OR id = $5 OR (id > $5 || '-' AND id < $5 || '.'))
        AND ($6 IS NULL OR key_id = $6) AND ($7 IS NULL OR team_id = $7) AND ($8 IS NULL OR user_id = $8) AND ($9 IS NULL OR end_user = $9)
        """,
        "at DESC, at_tick DESC, id DESC");

    /// <summary>Lists requests, the latest first, and counts them.</summary>
    public async Task<SpendPage> ReadAsync(NpgsqlConnection connection, SpendQuery query, CancellationToken cancellationToken)
    {
        (IReadOnlyList<GatewaySpend> rows, long total) = await _list.RunAsync(connection, parameters => AddQuery(parameters, query), query.Offset, query.Limit, Row, cancellationToken).ConfigureAwait(false);
        return new SpendPage(rows, total);
    }

    /// <summary>Adds up requests by day and what else is asked for.</summary>
    public async Task<IReadOnlyList<SpendSum>> SumAsync(NpgsqlConnection connection, SpendQuery query, SpendParts by, CancellationToken cancellationToken)
    {
        string[] chosen = [.. Columns.Where(column => by.HasFlag(column.Part)).Select(static column => column.Column)];
        string all = string.Join(", ", Columns.Select(column => by.HasFlag(column.Part) ? column.Column : "NULL"));
        string groups = chosen.Length == 0 ? "" : $" GROUP BY {string.Join(", ", chosen)}";
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT {all}, least(sum(requests), 9223372036854775807)::bigint, least(sum(input_tokens), 9223372036854775807)::bigint, least(sum(output_tokens), 9223372036854775807)::bigint, trim_scale(sum(cost_usd))
            FROM {schema}.request_day WHERE day >= $1 AND day < $2 AND tag {(by.HasFlag(SpendParts.Tag) ? "<>" : "=")} '' AND ($3 IS NULL OR key_id = $3) AND ($4 IS NULL OR team_id = $4) AND ($5 IS NULL OR user_id = $5) AND ($6 IS NULL OR end_user = $6){groups}
            """;
        command.Parameters.AddValue(DateOnly.FromDateTime(StoredValue.Time(query.From).UtcDateTime));
        command.Parameters.AddValue(DateOnly.FromDateTime(StoredValue.Time(query.Until).UtcDateTime.AddTicks(-1)).AddDays(1));
        foreach (string? text in (string?[])[query.KeyId, query.TeamId, query.UserId, query.EndUser]) command.Parameters.AddText(text);
        var sums = new List<SpendSum>();
        using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (reader.IsDBNull(11)) continue; // The sum of nothing.
            sums.Add(new SpendSum
            {
                Day = reader.IsDBNull(0) ? null : reader.GetFieldValue<DateOnly>(0),
                KeyId = Text(reader, 1),
                TeamId = Text(reader, 2),
                UserId = Text(reader, 3),
                EndUser = Text(reader, 4),
                Group = reader.IsDBNull(5) ? null : reader.GetString(5),
                Model = reader.IsDBNull(6) ? null : reader.GetString(6),
                Tag = Text(reader, 7),
                Requests = reader.GetInt64(8),
                InputTokens = reader.GetInt64(9),
                OutputTokens = reader.GetInt64(10),
                Cost = reader.GetDecimal(11),
            });
        }

        return [.. sums.OrderBy(static sum => sum.Day).ThenByDescending(static sum => sum.Cost)];
    }

    /// <summary>Deletes requests of a month before a moment in it.</summary>
    /// <returns>How many there were.</returns>
    public async Task<long> DeleteAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancellationToken)
    {
        using NpgsqlBatch batch = connection.WriteBatch();
        var command = new NpgsqlBatchCommand($"DELETE FROM {schema}.request WHERE at <= $1 AND (at, at_tick) < ($1, $2)");
        command.Parameters.AddTime(before);
        batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return command.RecordsAffected;
    }

    private static void AddQuery(NpgsqlParameterCollection parameters, SpendQuery query)
    {
        parameters.AddTime(query.From);
        parameters.AddTime(query.Until);
        foreach (string? text in (string?[])[query.Id, query.KeyId, query.TeamId, query.UserId, query.EndUser]) parameters.AddText(text);
    }

    private static GatewaySpend Row(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetString(0),
        At = reader.GetFieldValue<DateTimeOffset>(1).AddTicks(reader.GetInt16(2)),
        Duration = new TimeSpan(reader.GetInt64(3)),
        Endpoint = reader.GetString(4),
        Group = reader.GetString(5),
        Deployment = reader.GetString(6),
        Model = reader.GetString(7),
        Status = reader.GetInt32(8),
        InputTokens = reader.GetInt64(9),
        OutputTokens = reader.GetInt64(10),
        Cost = reader.GetDecimal(11),
        KeyId = Text(reader, 12),
        TeamId = Text(reader, 13),
        UserId = Text(reader, 14),
        EndUser = Text(reader, 15),
        Tags = reader.GetFieldValue<string[]>(16),
    };

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) || reader.GetString(column) is not { Length: > 0 } text ? null : text;
}
