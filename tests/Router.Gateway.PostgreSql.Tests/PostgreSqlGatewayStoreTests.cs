using RouterGen.Gateway.Tests.Stores;
using RouterGen.PostgreSql.Tests.Server;

namespace RouterGen.Gateway.PostgreSql.Tests;

/// <summary>A store in a database: what all stores do, and what several instances do to one another.</summary>
public sealed class PostgreSqlGatewayStoreTests(SharedServer shared) : StoreContract, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountPeriod Period = new(AccountKind.Key, "k", DateTimeOffset.UnixEpoch);

    private TestStore _test = null!;

    protected override IGatewayStore Store => _test.Store;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _test = await TestStore.StartAsync(shared);

    public ValueTask DisposeAsync()
    {
        _test?.Dispose();
        return default;
    }

    [Fact]
    public async Task Nothing_that_a_request_brings_is_refused()
    {
        GatewaySpend[] strange =
        [
            new() { Id = "nul \0 and half \ud800 a character", At = Noon, Group = "\0", Model = "\udc00", EndUser = "\0", TeamId = "\ud800", Tags = ["\0", "\"\\\ud800"], Charges = [new(AccountKind.Team, "\ud800", Noon)] },
            new() { Id = new string('i', 100_000), At = Noon, EndUser = new string('e', 100_000), Group = new string('ü', 5000), Tags = [new string('t', 9000)], Charges = [new(AccountKind.Team, new string('t', 9000), Noon)] },
            new() { Id = "money", At = Noon, Cost = decimal.MaxValue, InputTokens = long.MaxValue, OutputTokens = long.MinValue, Charges = [Period] },
            new() { Id = "first", At = DateTimeOffset.MinValue, Charges = [Period with { Start = DateTimeOffset.MinValue }] },
            new() { Id = "last", At = DateTimeOffset.MaxValue },
        ];
        IReadOnlyList<PeriodSpend> once = await Store.ChargeAsync(strange, Token);
        Assert.Equal(once, await Store.ChargeAsync(strange, Token));
        Assert.Equal(4, once.Count);
        Assert.Equal(5, await _test.ReadAsync<long>("SELECT count(*) FROM routergen.request"));
        Assert.Equal(1_000_000_000_000m, (await Store.SpentAsync([Period], Token))[0].Cost);
        Assert.True(await Store.AddAsync(new GatewayAccount { Kind = AccountKind.Team, Id = "t\0", Alias = "\ud800", Metadata = """{"a":"\u0000"}""" }, Token));
        Assert.Equal(("t\0", """{"a":"\u0000"}"""), ((await Store.FindAsync(AccountKind.Team, "t\0", Token))!.Id, (await Store.FindAsync(AccountKind.Team, "t\0", Token))!.Metadata));
    }

    [Fact]
    public async Task Eight_instances_charge_the_same_accounts_in_any_order_and_often_twice()
    {
        GatewaySpend[] rows = [.. Enumerable.Range(0, 800).Select(static i => new GatewaySpend
        {
            Id = $"{i:000}",
            At = Noon.AddHours(-i),
            Cost = 0.000001m * i,
            KeyId = $"k{i % 7}",
            Model = $"m{i % 3}",
            Tags = i % 2 == 0 ? ["x", "y"] : [],
            Charges = [new(AccountKind.Key, $"k{i % 7}", DateTimeOffset.UnixEpoch), new(AccountKind.Team, $"t{i % 2}", DateTimeOffset.UnixEpoch)],
        })];
        await Parallel.ForAsync(0, 8, Token, async (instance, token) =>
        {
            using var database = new PostgreSqlDatabase(_test.Address);
            var store = new PostgreSqlGatewayStore(database);
            IEnumerable<GatewaySpend[]> batches = rows.Where((_, i) => i % 4 == instance / 2).Chunk(20);
            foreach (GatewaySpend[] batch in instance % 2 == 0 ? batches : batches.Reverse()) await store.ChargeAsync([.. batch.Reverse(), batch[0]], token);
        });
        Assert.Equal(800, (await Store.ReadAsync(new SpendQuery(), Token)).Total);
        IReadOnlyList<PeriodSpend> spent = await Store.SpentAsync([.. Enumerable.Range(0, 7).Select(static i => new AccountPeriod(AccountKind.Key, $"k{i}", DateTimeOffset.UnixEpoch))], Token);
        Assert.Equal(rows.GroupBy(static row => row.KeyId).OrderBy(static key => key.Key).Select(static key => key.Sum(static row => row.Cost)), spent.Select(static one => one.Cost));
        Assert.Equal(rows.Sum(static row => row.Cost), (await Store.SumAsync(new SpendQuery(), SpendParts.None, Token))[0].Cost);
        Assert.Equal(["x", "y"], (await Store.SumAsync(new SpendQuery(), SpendParts.Tag, Token)).Select(static sum => sum.Tag).Order());
        Assert.Equal(rows.Where(static row => row.Tags.Count > 0).Sum(static row => row.Cost), (await Store.SumAsync(new SpendQuery(), SpendParts.Tag, Token))[0].Cost);
    }

    [Fact]
    public async Task Months_that_are_over_are_dropped_and_of_the_last_one_rows_are_deleted()
    {
        await Store.ChargeAsync([.. Enumerable.Range(0, 6).Select(static i => new GatewaySpend { Id = $"{i}", At = Noon.AddDays(-20 * i), Cost = 1, Charges = [Period] })], Token);
        Assert.Equal(4, await Store.PruneAsync(Noon.AddDays(-20), Token));
        Assert.Equal(0, await Store.PruneAsync(Noon.AddDays(-20), Token));
        Assert.Equal(["0", "1"], (await Store.ReadAsync(new SpendQuery(), Token)).Rows.Select(static row => row.Id));
        Assert.Equal(1, await _test.ReadAsync<long>("SELECT count(*) FROM pg_inherits WHERE inhparent = 'routergen.request'::regclass"));
        Assert.Equal(6, (await Store.SpentAsync([Period], Token))[0].Cost);

        // A row of a month that was dropped makes it anew.
        await Store.ChargeAsync([new GatewaySpend { Id = "late", At = Noon.AddDays(-60), Cost = 1, Charges = [Period] }], Token);
        Assert.Equal(3, (await Store.ReadAsync(new SpendQuery(), Token)).Total);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public async Task Instances_that_start_at_once_make_the_tables_once(int instances)
    {
        await Task.WhenAll(Enumerable.Range(0, instances).Select(async i =>
        {
            using var database = new PostgreSqlDatabase(_test.Address);
            await new PostgreSqlGatewayStore(database).ChargeAsync([new GatewaySpend { Id = $"{i}", At = Noon, Cost = 1, Charges = [Period] }], Token);
        }));
        Assert.Equal(instances, (await Store.SpentAsync([Period], Token))[0].Cost);
    }

    [Fact]
    public async Task Tables_of_a_later_version_are_left_alone()
    {
        await _test.Store.PrepareAsync(Token);
        await _test.Server.RunAsync("UPDATE routergen.schema_part SET version = 99", _test.Name);
        using var database = new PostgreSqlDatabase(_test.Address);
        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await new PostgreSqlGatewayStore(database).PrepareAsync(Token));
        Assert.Contains("later version of RouterGen.Gateway.PostgreSql (version 99 of 'gateway'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_of_attempts_may_share_the_database()
    {
        using var database = new PostgreSqlDatabase(_test.Address);
        await new PostgreSqlGatewayStore(database).ChargeAsync([new GatewaySpend { Id = "r", At = Noon }], Token);
        await new PostgreSqlSpendStore(database).AppendAsync([new SpendEntry { Id = "a", At = Noon, Group = "g", Deployment = "d", Model = "m" }], Token);
        Assert.Equal(2, await _test.ReadAsync<long>("SELECT count(*) FROM routergen.schema_part"));
    }
}
