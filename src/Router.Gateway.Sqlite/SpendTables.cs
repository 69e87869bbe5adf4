using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using RouterGen.Gateway.Stores;

namespace RouterGen.Gateway.Sqlite;

/// <summary>Writes and reads requests, what accounts spent, and sums by day.</summary>
internal static class SpendTables
{
    private const string AddSpent = """
        INSERT INTO spent (kind, spend_id, start, cost_pico_usd) VALUES ($kind, $id, $start, $cost)
        ON CONFLICT DO UPDATE SET cost_pico_usd = min(cost_pico_usd, 9000000000000000000 - excluded.cost_pico_usd) + excluded.cost_pico_usd
        """;

    private const string AddDay = """
        INSERT INTO day (day, key, team, user, end_user, "group", model, tag, requests, input_tokens, output_tokens, cost_pico_usd) VALUES ($day, $key, $team, $user, $endUser, $group, $model, $tag, $requests, $input, $output, $cost)
        ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens,
          cost_pico_usd = min(cost_pico_usd, 9000000000000000000 - excluded.cost_pico_usd) + excluded.cost_pico_usd
        """;

    private static readonly (SpendParts Part, string Column)[] Columns =
    [
        (SpendParts.Day, "day"), (SpendParts.Key, "key"), (SpendParts.Team, "team"), (SpendParts.User, "user"), (SpendParts.EndUser, "end_user"), (SpendParts.Group, "\"group\""), (SpendParts.Model, "model"), (SpendParts.Tag, "tag"),
    ];

    /// <summary>Writes requests that are not there yet, and charges for them.</summary>
    public static IReadOnlyList<PeriodSpend> Charge(SqliteConnection connection, IReadOnlyList<GatewaySpend> rows)
    {
        using var request = new RequestInsert(connection);
        var charges = new Dictionary<AccountPeriod, decimal>();
        var days = new Dictionary<SpendSum, DayTotals>();
        foreach (GatewaySpend row in rows)
        {
            bool isNew = request.Add(row);
            foreach (AccountPeriod period in row.Charges) CollectionsMarshal.GetValueRefOrAddDefault(charges, period, out _) += isNew ? row.Cost : 0;
            if (!isNew) continue;
            var part = new SpendSum { Day = DateOnly.FromDateTime(row.At.UtcDateTime), KeyId = row.KeyId, TeamId = row.TeamId, UserId = row.UserId, EndUser = row.EndUser, Group = row.Group, Model = row.Model };
            CollectionsMarshal.GetValueRefOrAddDefault(days, part, out _).Add(row);
            foreach (string tag in row.Tags.Distinct(StringComparer.Ordinal)) CollectionsMarshal.GetValueRefOrAddDefault(days, part with { Tag = tag }, out _).Add(row);
        }

        using SqliteCommand day = Prepared(connection, AddDay, "$day", "$key", "$team", "$user", "$endUser", "$group", "$model", "$tag", "$requests", "$input", "$output", "$cost");
        foreach ((SpendSum part, DayTotals totals) in days)
            day.Run(part.Day!.Value.DayNumber, part.KeyId ?? "", part.TeamId ?? "", part.UserId ?? "", part.EndUser ?? "", part.Group, part.Model, part.Tag ?? "", totals.Requests, totals.Input, totals.Output, SqliteCommands.Pico(totals.Cost));

        using SqliteCommand spent = Prepared(connection, AddSpent, "$kind", "$id", "$start", "$cost");
        foreach ((AccountPeriod period, decimal cost) in charges) spent.Run((int)period.Kind, period.SpendId, period.Start.UtcTicks, SqliteCommands.Pico(cost));
        return Spent(connection, [.. charges.Keys]);
    }

    /// <summary>Returns what was spent in periods.</summary>
    public static IReadOnlyList<PeriodSpend> Spent(SqliteConnection connection, IReadOnlyList<AccountPeriod> periods)
    {
        using SqliteCommand command = Prepared(connection, "SELECT cost_pico_usd FROM spent WHERE kind = $kind AND spend_id = $id AND start = $start", "$kind", "$id", "$start");
        var all = new PeriodSpend[periods.Count];
        for (int i = 0; i < all.Length; i++)
        {
            AccountPeriod period = periods[i];
            command.Parameters[0].Value = (int)period.Kind;
            command.Parameters[1].Value = period.SpendId;
            command.Parameters[2].Value = period.Start.UtcTicks;
            all[i] = new PeriodSpend(period, command.ExecuteScalar() is long pico ? SqliteCommands.Usd(pico) : 0);
        }

        return all;
    }

    /// <summary>Lists requests.</summary>
    public static SpendPage Read(SqliteConnection connection, SpendQuery query)
    {
        const string Wanted = " FROM request WHERE at >= $from AND at < $until AND ($id IS NULL OR id = $id OR (id > $id || '-' AND id < $id || '.')) AND ($key IS NULL OR key = $key) AND ($team IS NULL OR team = $team) AND ($user IS NULL OR user = $user) AND ($endUser IS NULL OR end_user = $endUser)";
        (string, object?)[] values =
        [
            ("$from", query.From.UtcTicks), ("$until", query.Until.UtcTicks), ("$id", query.Id), ("$key", query.KeyId), ("$team", query.TeamId), ("$user", query.UserId), ("$endUser", query.EndUser),
        ];
        using SqliteCommand count = connection.Command("SELECT count(*)" + Wanted, values);
        using SqliteCommand command = connection.Command("""SELECT id, at, duration_ticks, endpoint, "group", deployment, model, status, input_tokens, output_tokens, cost_pico_usd, key, team, user, end_user, tags""" + Wanted + " ORDER BY at DESC, id DESC LIMIT $limit OFFSET $offset", [.. values, ("$limit", query.Limit), ("$offset", query.Offset)]);
        var rows = new List<GatewaySpend>();
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read()) rows.Add(Read(reader));
        return new SpendPage(rows, (long)count.ExecuteScalar()!);
    }

    /// <summary>Adds up requests by day and what else is asked for.</summary>
    public static IReadOnlyList<SpendSum> Sum(SqliteConnection connection, SpendQuery query, SpendParts by)
    {
        // Costs in two parts, since a sum of integers that overflows is an error.
        string[] chosen = [.. Columns.Where(column => by.HasFlag(column.Part)).Select(static column => column.Column)];
        string all = string.Join(", ", Columns.Select(column => by.HasFlag(column.Part) ? column.Column : "NULL"));
        string groups = chosen.Length == 0 ? "" : $" GROUP BY {string.Join(", ", chosen)}";
        using SqliteCommand command = connection.Command(
            $"SELECT {all}, sum(requests), sum(input_tokens), sum(output_tokens), sum(cost_pico_usd / 1000000), sum(cost_pico_usd % 1000000) FROM day WHERE day >= $from AND day < $until AND tag {(by.HasFlag(SpendParts.Tag) ? "<>" : "=")} '' AND ($key IS NULL OR key = $key) AND ($team IS NULL OR team = $team) AND ($user IS NULL OR user = $user) AND ($endUser IS NULL OR end_user = $endUser){groups}",
            ("$from", DateOnly.FromDateTime(query.From.UtcDateTime).DayNumber),
            ("$until", DateOnly.FromDateTime(query.Until.UtcDateTime.AddTicks(-1)).DayNumber + 1),
            ("$key", query.KeyId), ("$team", query.TeamId), ("$user", query.UserId), ("$endUser", query.EndUser));
        var sums = new List<SpendSum>();
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (reader.IsDBNull(8)) continue; // The sum of nothing.
            sums.Add(new SpendSum
            {
                Day = reader.IsDBNull(0) ? null : DateOnly.FromDayNumber(reader.GetInt32(0)),
                KeyId = reader.Text(1),
                TeamId = reader.Text(2),
                UserId = reader.Text(3),
                EndUser = reader.Text(4),
                Group = reader.IsDBNull(5) ? null : reader.GetString(5),
                Model = reader.IsDBNull(6) ? null : reader.GetString(6),
                Tag = reader.Text(7),
                Requests = reader.GetInt64(8),
                InputTokens = reader.GetInt64(9),
                OutputTokens = reader.GetInt64(10),
                Cost = SqliteCommands.Usd((reader.GetInt64(11) * 1_000_000m) + reader.GetInt64(12)),
            });
        }

        return [.. sums.OrderBy(static sum => sum.Day).ThenByDescending(static sum => sum.Cost)];
    }

    private static GatewaySpend Read(SqliteDataReader reader) => new()
    {
        Id = reader.GetString(0),
        At = new DateTimeOffset(reader.GetInt64(1), TimeSpan.Zero),
        Duration = new TimeSpan(reader.GetInt64(2)),
        Endpoint = reader.GetString(3),
        Group = reader.GetString(4),
        Deployment = reader.GetString(5),
        Model = reader.GetString(6),
        Status = reader.GetInt32(7),
        InputTokens = reader.GetInt64(8),
        OutputTokens = reader.GetInt64(9),
        Cost = SqliteCommands.Usd(reader.GetInt64(10)),
        KeyId = reader.Text(11),
        TeamId = reader.Text(12),
        UserId = reader.Text(13),
        EndUser = reader.Text(14),
        Tags = AccountText.ReadTags(reader.GetString(15)),
    };

    // Requests of a batch that have all in common are one upsert.
    private struct DayTotals
    {
        public long Requests;
        public long Input;
        public long Output;
        public decimal Cost;

        public void Add(GatewaySpend row)
        {
            Requests++;
            Input += row.InputTokens;
            Output += row.OutputTokens;
            Cost += row.Cost;
        }
    }

    private static SqliteCommand Prepared(SqliteConnection connection, string text, params ReadOnlySpan<string> names)
    {
        SqliteCommand command = connection.Command(text);
        foreach (string name in names) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }
}
