using Npgsql;
using RouterGen.PostgreSql.Tests.Server;

namespace RouterGen.Gateway.PostgreSql.Tests;

/// <summary>A server that is killed, read-only or restored, and a network that loses replies: what was charged counts once.</summary>
public sealed class FaultTests(SharedServer shared)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountPeriod Period = new(AccountKind.Key, "k", DateTimeOffset.UnixEpoch);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_charge_whose_reply_was_lost_counts_once()
    {
        using TestStore test = await TestStore.StartAsync(shared);
        await using var network = new FaultyNetwork(test.Server.Port);
        using var database = new PostgreSqlDatabase(test.Server.Address(test.Name, network.Port));
        var store = new PostgreSqlGatewayStore(database);
        await store.ChargeAsync([Row(0)], Token);
        for (int lost = 1; lost < 10; lost++)
        {
            network.CutReplies(lost);
            while (true)
            {
                try
                {
                    Assert.Equal(lost + 1, (await store.ChargeAsync([Row(lost)], Token))[0].Cost);
                    break;
                }
                catch (NpgsqlException)
                {
                    await Task.Yield();
                }
            }
        }

        Assert.True(network.Lost > 30);
        Assert.Equal(10, (await test.Store.SpentAsync([Period], Token))[0].Cost);
        Assert.Equal(10, (await test.Store.SumAsync(new SpendQuery(), SpendParts.None, Token))[0].Cost);
    }

    [Fact]
    public async Task A_change_of_an_account_whose_reply_was_lost_is_told_as_a_failure_and_not_made_twice()
    {
        using TestStore test = await TestStore.StartAsync(shared);
        await using var network = new FaultyNetwork(test.Server.Port);
        using var database = new PostgreSqlDatabase(test.Server.Address(test.Name, network.Port));
        var store = new PostgreSqlGatewayStore(database);
        await store.PrepareAsync(Token);
        network.CutReplies(1);
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await store.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k" }, Token));
        GatewayAccount read = (await store.FindAsync(AccountKind.Key, "k", Token))!; // It was made all the same.
        network.CutReplies(1);
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await store.ReplaceAsync("k", read with { Alias = "a" }, Token));
        Assert.Equal(2, (await store.FindAsync(AccountKind.Key, "k", Token))!.Version);
        Assert.False(await store.ReplaceAsync("k", read with { Alias = "b" }, Token));
    }

    [Fact]
    public async Task A_server_that_is_killed_while_many_charge_has_each_request_once()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        using var database = new PostgreSqlDatabase(server.Address());
        var store = new PostgreSqlGatewayStore(database);
        int acknowledged = 0;
        using var stop = new CancellationTokenSource();
        Task[] writers = [.. Enumerable.Range(0, 4).Select(async writer =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                while (true)
                {
                    try
                    {
                        await store.ChargeAsync([Row((writer * 1_000_000) + i)], CancellationToken.None);
                        Interlocked.Increment(ref acknowledged);
                        break;
                    }
                    catch (NpgsqlException)
                    {
                        await Task.Delay(1, CancellationToken.None);
                    }
                }
            }
        })];
        for (int round = 0; round < 2; round++)
        {
            int before = acknowledged;
            while (Volatile.Read(ref acknowledged) < before + 100) await Task.Delay(1, Token);
            await server.KillAsync();
            await server.StartAgainAsync();
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.Equal(acknowledged, (await store.SpentAsync([Period], Token))[0].Cost);
        Assert.Equal(acknowledged, (await store.ReadAsync(new SpendQuery { Limit = 1 }, Token)).Total);
        Assert.Equal(acknowledged, (await store.SumAsync(new SpendQuery(), SpendParts.None, Token))[0].Requests);
    }

    [Fact]
    public async Task A_read_only_server_knows_keys_and_takes_no_costs()
    {
        using TestStore test = await TestStore.StartAsync(shared);
        await test.Store.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k" }, Token);
        await test.Server.RunAsync($"ALTER DATABASE {test.Name} SET default_transaction_read_only = on");
        using var database = new PostgreSqlDatabase(test.Address);
        var store = new PostgreSqlGatewayStore(database);
        Assert.NotNull(await store.FindAsync(AccountKind.Key, "k", Token));
        Assert.Equal(0, (await store.SpentAsync([Period], Token))[0].Cost);
        PostgresException exception = await Assert.ThrowsAsync<PostgresException>(async () => await store.ChargeAsync([Row(1)], Token));
        Assert.Equal(PostgresErrorCodes.ReadOnlySqlTransaction, exception.SqlState);
    }

    [Fact]
    public async Task A_backup_that_is_restored_has_the_accounts_and_costs_of_its_time_and_takes_what_comes_now()
    {
        using TestStore test = await TestStore.StartAsync(shared);
        string dump = Path.GetTempFileName();
        try
        {
            await test.Store.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "k" }, Token);
            await test.Store.ChargeAsync([Row(1)], Token);
            await File.WriteAllTextAsync(dump, await test.Server.RunProgramAsync("pg_dump", test.Name), Token);
            await test.Store.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "later" }, Token);
            await test.Store.ChargeAsync([Row(2)], Token);
            await test.Server.RunAsync("DROP SCHEMA routergen CASCADE", test.Name);
            await test.Server.RunProgramAsync("psql", test.Name, "-q", "-v", "ON_ERROR_STOP=1", "-f", dump);
            await test.Store.ChargeAsync([Row(2), Row(3)], Token); // The second is one that was never acknowledged; it is written again.
            Assert.Null(await test.Store.FindAsync(AccountKind.Key, "later", Token));
            Assert.Equal(3, (await test.Store.SpentAsync([Period], Token))[0].Cost);
            Assert.Equal(3, (await test.Store.ReadAsync(new SpendQuery(), Token)).Total);
            Assert.True(await test.Store.AddAsync(new GatewayAccount { Kind = AccountKind.Key, Id = "new" }, Token));
        }
        finally
        {
            File.Delete(dump);
        }
    }

    private static GatewaySpend Row(int id) => new() { Id = $"{id}", At = Noon, Cost = 1, KeyId = "k", Charges = [Period] };
}
