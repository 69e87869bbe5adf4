using System.Diagnostics;
using RouterGen.Spending.Tests;

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
            Process[] writers = [.. Enumerable.Range(0, 3).Select(i => Start(file, $"{round}-{i}"))];
            Task<List<string>>[] read = [.. writers.Select(static (writer, i) => ReadAsync(writer, batches: 5 + (i * 4)))]; // Each is killed at another place.
            foreach (List<string> ids in await Task.WhenAll(read)) acknowledged.UnionWith(ids);
        }

        using var store = new SqliteSpendStore(file);
        List<SpendEntry> entries = await SpendStoreContract.ReadAsync(store);
        Assert.True(acknowledged.Count >= 3 * (5 + 9 + 13) * 20);
        Assert.Empty(acknowledged.Except(entries.Select(static entry => entry.Id)));
        Assert.All(entries, static entry => Assert.Equal(["x"], entry.Tags));
    }

    /// <summary>Reads what a process acknowledges, kills it after so many batches, and reads what it had written by then.</summary>
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

    private static Process Start(string file, string name)
    {
        string program = Path.Combine(AppContext.BaseDirectory.Replace("Router.Sqlite.Tests", "LedgerWriter", StringComparison.Ordinal), "LedgerWriter.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, file, name]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
