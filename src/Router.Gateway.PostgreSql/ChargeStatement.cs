using System.Runtime.InteropServices;
using Npgsql;
using RouterGen.PostgreSql.Connections;
using RouterGen.PostgreSql.Values;

namespace RouterGen.Gateway.PostgreSql;

/// <summary>Writes requests that are not there yet, adds them to the sums of their day, charges their accounts, and returns what these have spent: in one transaction, and one journey to the server.</summary>
/// <param name="schema">The schema, as an identifier.</param>
internal sealed class ChargeStatement(string schema)
{
    // Rows, sums and accounts in one order for all writers, so that no two wait for each other. Requests that are charged to the same accounts share a set of them.
    private readonly string _charge = $"""
        WITH entry AS (
          SELECT DISTINCT ON (at, id COLLATE "C") * FROM unnest($1::timestamptz[], $2::smallint[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::integer[], $10::bigint[], $11::bigint[], $12::numeric[], $13::text[], $14::text[], $15::text[], $16::text[], $17::text[], $18::integer[])
            AS entry (at, at_tick, id, duration_ticks, endpoint, group_name, deployment, model, status, input_tokens, output_tokens, cost_usd, key_id, team_id, user_id, end_user, tags, charged)
          ORDER BY at, id COLLATE "C"),
        added AS (
          INSERT INTO {schema}.request (at, at_tick, id, duration_ticks, endpoint, group_name, deployment, model, status, input_tokens, output_tokens, cost_usd, key_id, team_id, user_id, end_user, tags)
          SELECT at, at_tick, id, duration_ticks, endpoint, group_name, deployment, model, status, input_tokens, output_tokens, cost_usd, key_id, team_id, user_id, end_user, tags::text[] FROM entry
          ON CONFLICT DO NOTHING
          RETURNING at, id, group_name, model, input_tokens, output_tokens, cost_usd, key_id, team_id, user_id, end_user, tags),
        days AS (
          INSERT INTO {schema}.request_day AS d (day, part, key_id, team_id, user_id, end_user, group_name, model, tag, requests, input_tokens, output_tokens, cost_usd)
          SELECT day, sha256(convert_to(ROW(key_id, team_id, user_id, end_user, group_name, model, tag)::text, 'UTF8')) AS part, key_id, team_id, user_id, end_user, group_name, model, tag, requests, input_tokens, output_tokens, cost_usd
          FROM (
            SELECT (at AT TIME ZONE 'UTC')::date AS day, coalesce(key_id, '') AS key_id, coalesce(team_id, '') AS team_id, coalesce(user_id, '') AS user_id, coalesce(end_user, '') AS end_user, group_name, model, tag,
              count(*) AS requests, sum(input_tokens)::bigint AS input_tokens, sum(output_tokens)::bigint AS output_tokens, sum(cost_usd) AS cost_usd
            FROM added CROSS JOIN LATERAL (SELECT '' UNION SELECT unnest(tags)) AS named (tag) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) AS sums
          ORDER BY 1, 2
          ON CONFLICT (day, part) DO UPDATE SET requests = d.requests + excluded.requests, input_tokens = d.input_tokens + excluded.input_tokens, output_tokens = d.output_tokens + excluded.output_tokens, cost_usd = d.cost_usd + excluded.cost_usd)
        INSERT INTO {schema}.spent AS s (kind, spend_id, start, start_tick, cost_usd)
        SELECT kind, spend_id, start, start_tick, sum(added.cost_usd)
        FROM added JOIN entry USING (at, id) JOIN unnest($19::integer[], $20::smallint[], $21::text[], $22::timestamptz[], $23::smallint[]) AS charge (charged, kind, spend_id, start, start_tick) USING (charged)
        GROUP BY 1, 2, 3, 4 ORDER BY kind, spend_id COLLATE "C", start, start_tick
        ON CONFLICT (kind, spend_id, start, start_tick) DO UPDATE SET cost_usd = s.cost_usd + excluded.cost_usd
        """;

    private readonly string _spent = $"""
        SELECT coalesce(trim_scale(cost_usd), 0) FROM unnest($1::smallint[], $2::text[], $3::timestamptz[], $4::smallint[]) WITH ORDINALITY AS wanted (kind, spend_id, start, start_tick, place)
        LEFT JOIN {schema}.spent USING (kind, spend_id, start, start_tick) ORDER BY place
        """;

    /// <summary>Writes requests, and returns what the charged accounts have spent.</summary>
    public async Task<IReadOnlyList<PeriodSpend>> RunAsync(NpgsqlConnection connection, IReadOnlyList<GatewaySpend> rows, CancellationToken cancellationToken)
    {
        var sets = new Dictionary<IReadOnlyList<AccountPeriod>, int>(ReferenceEqualityComparer.Instance); // Most requests of a key have the same list.
        int[] charged = [.. rows.Select(row => SetOf(row.Charges, sets))];
        (int Set, AccountPeriod Period)[] charges = [.. sets.SelectMany(static set => set.Key.Select(period => (set.Value, period)))];
        AccountPeriod[] periods = [.. charges.Select(static charge => charge.Period).Distinct()];

        using NpgsqlBatch batch = connection.WriteBatch();
        var command = new NpgsqlBatchCommand(_charge);
        command.AddColumn(rows, static row => StoredValue.Microsecond(row.At));
        command.AddColumn(rows, static row => StoredValue.Tick(row.At));
        command.AddColumn(rows, static row => StoredValue.Id(row.Id));
        command.AddColumn(rows, static row => row.Duration.Ticks);
        command.AddColumn(rows, static row => StoredValue.Text(row.Endpoint));
        command.AddColumn(rows, static row => StoredValue.Text(row.Group));
        command.AddColumn(rows, static row => StoredValue.Text(row.Deployment));
        command.AddColumn(rows, static row => StoredValue.Text(row.Model));
        command.AddColumn(rows, static row => row.Status);
        command.AddColumn(rows, static row => StoredValue.Tokens(row.InputTokens));
        command.AddColumn(rows, static row => StoredValue.Tokens(row.OutputTokens));
        command.AddColumn(rows, static row => StoredValue.Usd(row.Cost));
        command.AddColumn(rows, static row => StoredValue.Text(row.KeyId));
        command.AddColumn(rows, static row => StoredValue.Text(row.TeamId));
        command.AddColumn(rows, static row => StoredValue.Text(row.UserId));
        command.AddColumn(rows, static row => StoredValue.Text(row.EndUser));
        command.AddColumn(rows, static row => StoredValue.Array(row.Tags));
        command.AddColumn(charged, static set => set);
        command.AddColumn(charges, static charge => charge.Set);
        AddPeriods(command, [.. charges.Select(static charge => charge.Period)]);
        batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(SpentCommand(periods));
        using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false); // The first is that of the settings; the charge has none.
        return await ReadAsync(reader, periods, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns what was spent in periods.</summary>
    public async Task<IReadOnlyList<PeriodSpend>> SpentAsync(NpgsqlConnection connection, IReadOnlyList<AccountPeriod> periods, CancellationToken cancellationToken)
    {
        using NpgsqlBatch batch = connection.CreateBatch();
        batch.BatchCommands.Add(SpentCommand(periods));
        using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await ReadAsync(reader, periods, cancellationToken).ConfigureAwait(false);
    }

    private static int SetOf(IReadOnlyList<AccountPeriod> charges, Dictionary<IReadOnlyList<AccountPeriod>, int> sets)
    {
        if (charges.Count == 0) return -1;
        ref int set = ref CollectionsMarshal.GetValueRefOrAddDefault(sets, charges, out bool isThere);
        return isThere ? set : set = sets.Count;
    }

    private NpgsqlBatchCommand SpentCommand(IReadOnlyList<AccountPeriod> periods)
    {
        var command = new NpgsqlBatchCommand(_spent);
        AddPeriods(command, periods);
        return command;
    }

    private static void AddPeriods(NpgsqlBatchCommand command, IReadOnlyList<AccountPeriod> periods)
    {
        command.AddColumn(periods, static period => (short)period.Kind);
        command.AddColumn(periods, static period => StoredValue.Id(period.SpendId));
        command.AddColumn(periods, static period => StoredValue.Microsecond(period.Start));
        command.AddColumn(periods, static period => StoredValue.Tick(period.Start));
    }

    private static async Task<IReadOnlyList<PeriodSpend>> ReadAsync(NpgsqlDataReader reader, IReadOnlyList<AccountPeriod> periods, CancellationToken cancellationToken)
    {
        var spent = new PeriodSpend[periods.Count];
        for (int i = 0; i < spent.Length; i++)
        {
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            spent[i] = new PeriodSpend(periods[i], reader.GetDecimal(0));
        }

        return spent;
    }
}
