using Npgsql;
using RouterGen.PostgreSql.Values;

namespace RouterGen.PostgreSql.Connections;

/// <summary>Adds the parameters of statements, in the order of their numbers.</summary>
internal static class ParameterExtensions
{
    /// <summary>Adds a column of rows, as an array.</summary>
    public static void AddColumn<TRow, T>(this NpgsqlBatchCommand command, IReadOnlyList<TRow> rows, Func<TRow, T> valueOf)
    {
        var values = new T[rows.Count];
        for (int i = 0; i < values.Length; i++) values[i] = valueOf(rows[i]);
        command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values });
    }

    /// <summary>Adds a value.</summary>
    public static void AddValue<T>(this NpgsqlParameterCollection parameters, T value) => parameters.Add(new NpgsqlParameter<T> { TypedValue = value });

    /// <summary>Adds a text, as columns hold it; null for none.</summary>
    public static void AddText(this NpgsqlParameterCollection parameters, string? text) => parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = (object?)StoredValue.Text(text) ?? DBNull.Value });

    /// <summary>Adds a time as two values: to the microsecond, and what it has beyond, in ticks.</summary>
    public static void AddTime(this NpgsqlParameterCollection parameters, DateTimeOffset time)
    {
        parameters.AddValue(StoredValue.Microsecond(time));
        parameters.AddValue(StoredValue.Tick(time));
    }
}
