using RouterGen.PostgreSql.Tests.Server;
using RouterGen.Spending.Tests;
using RouterGen.Stores.Tests;

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
            foreach (List<string> lines in await WriterProcess.RunAsync("LedgerWriter", address, $"{round}")) acknowledged.UnionWith(lines.SelectMany(static line => line.Split(' ')));
        }

        using var database = new PostgreSqlDatabase(address);
        List<SpendEntry> entries = await SpendStoreContract.ReadAsync(new PostgreSqlSpendStore(database));
        Assert.True(acknowledged.Count >= 2 * (5 + 9 + 13) * 20);
        Assert.Empty(acknowledged.Except(entries.Select(static entry => entry.Id)));
        Assert.All(entries, static entry => Assert.Equal(["x"], entry.Tags));
        string name = new Npgsql.NpgsqlConnectionStringBuilder(address).Database!;
        Assert.Equal(entries.Count, await server.ReadAsync<long>("SELECT sum(attempts)::bigint FROM routergen.spend_day", name));
    }
}
