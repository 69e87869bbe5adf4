using Npgsql;
using RouterGen.PostgreSql.Connections;

namespace RouterGen.PostgreSql.Spending;

/// <summary>Reads entries and their sums.</summary>
internal static class SpendRows
{
    /// <summary>Reads the entry that a reader is at.</summary>
    public static SpendEntry Entry(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetString(0),
        At = reader.GetFieldValue<DateTimeOffset>(1).AddTicks(reader.GetInt16(2)),
        CallId = Text(reader, 3),
        Group = reader.GetString(4),
        Deployment = reader.GetString(5),
        Model = reader.GetString(6),
        Kind = Value<CallKind>(reader, 7),
        Purpose = Value<AttemptPurpose>(reader, 8),
        Outcome = Value<FailureKind>(reader, 9),
        Caller = Text(reader, 10),
        Session = Text(reader, 11),
        InputTokens = Number(reader, 12),
        OutputTokens = Number(reader, 13),
        Cost = reader.IsDBNull(14) ? null : reader.GetDecimal(14),
        IsEstimated = reader.GetBoolean(15),
        IsCallersKey = reader.GetBoolean(16),
        Duration = new TimeSpan(reader.GetInt64(17)),
        Tags = reader.GetFieldValue<string[]>(18),
    };

    /// <summary>Adds up entries, the largest cost first.</summary>
    public static async Task<IReadOnlyList<SpendTotal>> SumAsync(NpgsqlConnection connection, string statement, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        using NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = statement;
        command.Parameters.AddTime(from);
        command.Parameters.AddTime(until);
        var totals = new List<SpendTotal>();
        using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) totals.Add(new SpendTotal(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetDecimal(5), reader.GetInt64(6)));
        return [.. totals.OrderByDescending(static total => total.Cost).ThenBy(static total => total.Name, StringComparer.Ordinal)];
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static long? Number(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    // A name that only a later version has is the first of its kind.
    private static T Value<T>(NpgsqlDataReader reader, int column) where T : struct, Enum => Enum.TryParse(reader.GetString(column), out T value) ? value : default;
}
