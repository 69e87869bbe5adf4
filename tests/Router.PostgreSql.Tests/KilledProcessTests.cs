using System.Diagnostics;
using RouterGen.PostgreSql.Tests.Server;
using RouterGen.Spending.Tests;

namespace RouterGen.PostgreSql.Tests;

/// <summary>Several processes write to one database and are killed while they do: what the ledger has acknowledged is there, and the sums of days are those of the entries.</summary>
public sealed class KilledProcessTests(SharedServer shared)
{
    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost()
    {
        PostgresServer server = await shared.GetAsync();
        string address = await server.NewDatabaseAsync();
        var acknowledged = new HashSet<string>();
        for (int round = 0; round < 2; round++)
        {
            Process[] writers = [.. Enumerable.Range(0, 3).Select(i => Start(address, $"{round}-{i}"))];
            foreach (List<string> ids in await Task.WhenAll(writers.Select(static (writer, i) => ReadAsync(writer, batches: 5 + (i * 4))))) acknowledged.UnionWith(ids); // Each is killed at another place.
        }

        using var database = new PostgreSqlDatabase(address);
        List<SpendEntry> entries = await SpendStoreContract.ReadAsync(new PostgreSqlSpendStore(database));
        Assert.True(acknowledged.Count >= 2 * (5 + 9 + 13) * 20);
        Assert.Empty(acknowledged.Except(entries.Select(static entry => entry.Id)));
        Assert.All(entries, static entry => Assert.Equal(["x"], entry.Tags));
        string name = new Npgsql.NpgsqlConnectionStringBuilder(address).Database!;
        Assert.Equal(entries.Count, await server.ReadAsync<long>("SELECT sum(attempts)::bigint FROM routergen.spend_day", name));
    }

    private static async Task<List<string>> ReadAsync(Process writer, int batches)
    {
        var ids = new List<string>();
        for (int read = 0; await writer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line; read++)
        {
            if (line.Split(' ') is { Length: 20 } whole) ids.AddRange(whole); // The last line may be a part of one.
            if (read == batches) writer.Kill();
        }

        string error = await writer.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(error.Length == 0, error);
        await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
        writer.Dispose();
        return ids;
    }

    private static Process Start(string address, string name)
    {
        string program = Path.Combine(AppContext.BaseDirectory.Replace("Router.PostgreSql.Tests", "LedgerWriter", StringComparison.Ordinal), "LedgerWriter.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, address, name]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
