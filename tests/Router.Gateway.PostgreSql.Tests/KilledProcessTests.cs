using System.Diagnostics;
using RouterGen.PostgreSql.Tests.Server;

namespace RouterGen.Gateway.PostgreSql.Tests;

/// <summary>Several processes write to one database and are killed while they do: what was acknowledged is there, and costs, rows and sums agree.</summary>
public sealed class KilledProcessTests(SharedServer shared)
{
    private const int RowsOfABatch = 20;

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_and_nothing_is_written_in_part()
    {
        using TestStore test = await TestStore.StartAsync(shared);
        var acknowledged = new HashSet<string>();
        for (int round = 0; round < 2; round++)
        {
            Process[] writers = [.. Enumerable.Range(0, 3).Select(i => Start(test.Address, $"{round}-{i}"))];
            Task<List<string>>[] read = [.. writers.Select(static (writer, i) => ReadAsync(writer, batches: 5 + (i * 4)))]; // Each is killed at another place.
            foreach (List<string> batches in await Task.WhenAll(read)) acknowledged.UnionWith(batches);
        }

        CancellationToken token = TestContext.Current.CancellationToken;
        IGatewayStore store = test.Store;
        SpendPage all = await store.ReadAsync(new SpendQuery { Limit = int.MaxValue }, token);
        string[] batchesOfRows = [.. all.Rows.GroupBy(static row => row.Id[..row.Id.LastIndexOf('-')]).Select(static batch => (batch.Key, Count: batch.Count())).Where(static batch => batch.Count is RowsOfABatch).Select(static batch => batch.Key)];
        Assert.True(acknowledged.Count >= 2 * (5 + 9 + 13));
        Assert.Equal(all.Total, batchesOfRows.Length * RowsOfABatch); // A batch is there whole or not at all.
        Assert.Empty(acknowledged.Except(batchesOfRows));
        decimal cost = all.Total * 0.000001m;
        Assert.Equal(cost, (await store.SpentAsync([new(AccountKind.Key, "k", DateTimeOffset.UnixEpoch)], token))[0].Cost);
        Assert.Equal(cost, (await store.SumAsync(new SpendQuery(), SpendParts.None, token))[0].Cost);
        AccountPage accounts = await store.ListAsync(new AccountQuery { Kind = AccountKind.Key, Limit = int.MaxValue }, token);
        Assert.Empty(acknowledged.Except(accounts.Accounts.Select(static account => account.Id)));
    }

    private static async Task<List<string>> ReadAsync(Process writer, int batches)
    {
        var read = new List<string>();
        while (await writer.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            read.Add(line);
            if (read.Count == batches) writer.Kill();
        }

        read.RemoveRange(batches, read.Count - batches); // The last line may be a part of one.
        string error = await writer.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.True(error.Length == 0, error);
        await writer.WaitForExitAsync(TestContext.Current.CancellationToken);
        writer.Dispose();
        return read;
    }

    private static Process Start(string address, string name)
    {
        string program = Path.Combine(AppContext.BaseDirectory.Replace("Router.Gateway.PostgreSql.Tests", "SpendWriter", StringComparison.Ordinal), "SpendWriter.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, address, name]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
    }
}
