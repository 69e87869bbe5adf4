using RouterGen.PostgreSql.Tests.Server;
using RouterGen.Stores.Tests;

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
            foreach (List<string> batches in await WriterProcess.RunAsync("SpendWriter", test.Address, $"{round}")) acknowledged.UnionWith(batches);
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
}
