using Npgsql;
using RouterGen.PostgreSql.Connections;

namespace RouterGen.Gateway.PostgreSql;

/// <summary>Lists a part of the rows that are wanted, and counts all of them, in one journey to the server.</summary>
/// <param name="Columns">What is read of a row.</param>
/// <param name="Wanted">From which table, and which rows, from <c>FROM</c> on.</param>
/// <param name="Order">The order.</param>
internal sealed record ListQuery(string Columns, string Wanted, string Order)
{
    /// <summary>Runs it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="addValues">Adds the parameters of what is wanted.</param>
    /// <param name="offset">How many rows are passed over.</param>
    /// <param name="limit">The most rows.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public async Task<(IReadOnlyList<T> Rows, long Total)> RunAsync<T>(NpgsqlConnection connection, Action<NpgsqlParameterCollection> addValues, int offset, int limit, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        using NpgsqlBatch batch = connection.CreateBatch();
        var count = new NpgsqlBatchCommand($"SELECT count(*) {Wanted}");
        addValues(count.Parameters);
        var list = new NpgsqlBatchCommand(FormattableString.Invariant($"SELECT {Columns} {Wanted} ORDER BY {Order} LIMIT ${count.Parameters.Count + 1} OFFSET ${count.Parameters.Count + 2}"));
        addValues(list.Parameters);
        list.Parameters.AddValue(limit);
        list.Parameters.AddValue(offset);
        batch.BatchCommands.Add(count);
        batch.BatchCommands.Add(list);
        using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        long total = reader.GetInt64(0);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) rows.Add(read(reader));
        return (rows, total);
    }
}
