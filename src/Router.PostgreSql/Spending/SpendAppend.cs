using Npgsql;
using RouterGen.PostgreSql.Connections;
using RouterGen.PostgreSql.Values;

namespace RouterGen.PostgreSql.Spending;

/// <summary>Adds entries, and adds those that are new to the sums of their day: in one transaction, and one journey to the server.</summary>
internal static class SpendAppend
{
    // Rows and sums in one order for all writers, so that no two wait for each other.
    public static string Statement(string schema) => $"""
        WITH added AS (
          INSERT INTO {schema}.spend (at, at_tick, id, call_id, group_name, deployment, model, kind, purpose, outcome, caller, session, tags, input_tokens, output_tokens, cost_usd, is_estimated, is_callers_key, duration_ticks)
          SELECT at, at_tick, id, call_id, group_name, deployment, model, kind, purpose, outcome, caller, session, tags::text[], input_tokens, output_tokens, cost_usd, is_estimated, is_callers_key, duration_ticks
          FROM unnest($1::timestamptz[], $2::smallint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::bigint[], $15::bigint[], $16::numeric[], $17::boolean[], $18::boolean[], $19::bigint[])
            AS entry (at, at_tick, id, call_id, group_name, deployment, model, kind, purpose, outcome, caller, session, tags, input_tokens, output_tokens, cost_usd, is_estimated, is_callers_key, duration_ticks)
          ORDER BY at, id COLLATE "C"
          ON CONFLICT DO NOTHING
          RETURNING at, group_name, deployment, model, caller, outcome, input_tokens, output_tokens, cost_usd)
        INSERT INTO {schema}.spend_day AS d (day, part, group_name, deployment, model, caller, attempts, failures, input_tokens, output_tokens, cost_usd, unpriced)
        SELECT day, sha256(convert_to(ROW(group_name, deployment, model, caller)::text, 'UTF8')) AS part, group_name, deployment, model, caller, attempts, failures, input_tokens, output_tokens, cost_usd, unpriced
        FROM (
          SELECT (at AT TIME ZONE 'UTC')::date AS day, group_name, deployment, model, coalesce(caller, '') AS caller, count(*) AS attempts, count(*) FILTER (WHERE outcome <> 'None') AS failures,
            coalesce(sum(input_tokens), 0)::bigint AS input_tokens, coalesce(sum(output_tokens), 0)::bigint AS output_tokens, coalesce(sum(cost_usd), 0) AS cost_usd,
            count(*) FILTER (WHERE cost_usd IS NULL AND input_tokens IS NOT NULL) AS unpriced
          FROM added GROUP BY 1, 2, 3, 4, 5) AS sums
        ORDER BY 1, 2
        ON CONFLICT (day, part) DO UPDATE SET attempts = d.attempts + excluded.attempts, failures = d.failures + excluded.failures, input_tokens = d.input_tokens + excluded.input_tokens,
          output_tokens = d.output_tokens + excluded.output_tokens, cost_usd = d.cost_usd + excluded.cost_usd, unpriced = d.unpriced + excluded.unpriced
        """;

    /// <summary>Adds entries.</summary>
    public static async Task<int> RunAsync(NpgsqlConnection connection, string statement, IReadOnlyList<SpendEntry> entries, CancellationToken cancellationToken)
    {
        using NpgsqlBatch batch = connection.WriteBatch();
        var command = new NpgsqlBatchCommand(statement);
        command.AddColumn(entries, static entry => StoredValue.Microsecond(entry.At));
        command.AddColumn(entries, static entry => StoredValue.Tick(entry.At));
        command.AddColumn(entries, static entry => StoredValue.Id(entry.Id));
        command.AddColumn(entries, static entry => StoredValue.Text(entry.CallId));
        command.AddColumn(entries, static entry => StoredValue.Text(entry.Group));
        command.AddColumn(entries, static entry => StoredValue.Text(entry.Deployment));
        command.AddColumn(entries, static entry => StoredValue.Text(entry.Model));
        command.AddColumn(entries, static entry => entry.Kind.ToString());
        command.AddColumn(entries, static entry => entry.Purpose.ToString());
        command.AddColumn(entries, static entry => entry.Outcome.ToString());
        command.AddColumn(entries, static entry => StoredValue.Text(entry.Caller));
        command.AddColumn(entries, static entry => StoredValue.Text(entry.Session));
        command.AddColumn(entries, static entry => StoredValue.Array(entry.Tags));
        command.AddColumn(entries, static entry => entry.InputTokens is { } tokens ? StoredValue.Tokens(tokens) : (long?)null);
        command.AddColumn(entries, static entry => entry.OutputTokens is { } tokens ? StoredValue.Tokens(tokens) : (long?)null);
        command.AddColumn(entries, static entry => entry.Cost is { } cost ? StoredValue.Usd(cost) : (decimal?)null);
        command.AddColumn(entries, static entry => entry.IsEstimated);
        command.AddColumn(entries, static entry => entry.IsCallersKey);
        command.AddColumn(entries, static entry => entry.Duration.Ticks);
        batch.BatchCommands.Add(command);
        return await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
