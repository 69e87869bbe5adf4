using RouterGen.Spending.Tests;
using RouterGen.Stores.Tests;

namespace RouterGen.Sqlite.Tests;

/// <summary>Several processes write to one file and are killed while they do: what the ledger has acknowledged is there.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost()
    {
        string file = Path.Combine(_folder, "spend.db");
        var acknowledged = new HashSet<string>();
        for (int round = 0; round < 3; round++)
        {
            foreach (List<string> lines in await WriterProcess.RunAsync("LedgerWriter", file, $"{round}")) acknowledged.UnionWith(lines.SelectMany(static line => line.Split(' ')));
        }

        using var store = new SqliteSpendStore(file);
        List<SpendEntry> entries = await SpendStoreContract.ReadAsync(store);
        Assert.True(acknowledged.Count >= 3 * (5 + 9 + 13) * 20);
        Assert.Empty(acknowledged.Except(entries.Select(static entry => entry.Id)));
        Assert.All(entries, static entry => Assert.Equal(["x"], entry.Tags));
    }
}
