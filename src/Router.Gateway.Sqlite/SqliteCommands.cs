using Microsoft.Data.Sqlite;

namespace RouterGen.Gateway.Sqlite;

/// <summary>Makes commands, whose values are always parameters, and reads columns.</summary>
internal static class SqliteCommands
{
    private const decimal PicoPerUsd = 1_000_000_000_000m;

    /// <summary>Makes a command.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="text">The statement, a constant of the program but for what it chooses from lists of its own.</param>
    /// <param name="values">The values of its parameters.</param>
    public static SqliteCommand Command(this SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        foreach ((string name, object? value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    /// <summary>Runs a statement that has no parameters.</summary>
    public static void Run(this SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.Command(text);
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a command again with other values, in the order of its parameters.</summary>
    public static int Run(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (int i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command.ExecuteNonQuery();
    }

    /// <summary>Returns a text; null where it is null or empty.</summary>
    public static string? Text(this SqliteDataReader reader, int column) => reader.IsDBNull(column) || reader.GetString(column) is not { Length: > 0 } text ? null : text;

    /// <summary>Returns a cost as an integer of a trillionth of a USD, so that sums are exact.</summary>
    public static long Pico(decimal usd) => (long)decimal.Round(Math.Clamp(usd * PicoPerUsd, long.MinValue, long.MaxValue));

    /// <summary>Returns a cost in USD.</summary>
    public static decimal Usd(decimal pico) => pico / PicoPerUsd;
}
