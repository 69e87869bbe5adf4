namespace RouterGen.Gateway.Tests.Stores;

/// <summary>The store in memory.</summary>
public sealed class MemoryGatewayStoreTests : StoreContract
{
    protected override IGatewayStore Store { get; } = new MemoryGatewayStore();

    [Fact]
    public async Task The_latest_rows_are_kept_and_all_sums()
    {
        var store = new MemoryGatewayStore(maxRows: 2);
        for (int i = 0; i < 5; i++) await store.ChargeAsync([new GatewaySpend { Id = $"r{i}", At = DateTimeOffset.UnixEpoch.AddSeconds(i), Cost = 1 }], TestContext.Current.CancellationToken);
        Assert.Equal(["r4", "r3"], (await store.ReadAsync(new SpendQuery(), TestContext.Current.CancellationToken)).Rows.Select(static row => row.Id));
        Assert.Equal(5, (await store.SumAsync(new SpendQuery(), SpendParts.None, TestContext.Current.CancellationToken))[0].Cost);
    }
}
