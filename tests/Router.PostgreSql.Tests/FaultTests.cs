using Npgsql;
using RouterGen.PostgreSql.Tests.Server;
using RouterGen.Spending.Tests;

namespace RouterGen.PostgreSql.Tests;

/// <summary>A server that is away, killed, read-only or restored, and a network that is slow, silent or cut: what a ledger was given is there once, and none of it holds anything up for ever.</summary>
public sealed class FaultTests(SharedServer shared) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private PostgresServer _server = null!;
    private string _name = "";

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await shared.GetAsync();
        _name = new NpgsqlConnectionStringBuilder(await _server.NewDatabaseAsync()).Database!;
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_server_that_is_killed_and_comes_back_has_all_entries_once()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        await server.KillAsync();
        using var database = new PostgreSqlDatabase(server.Address());
        var store = new PostgreSqlSpendStore(database);
        await using var ledger = new SpendLedger(store);
        ledger.Add(SpendStoreContract.Entry("while it was down at the start"));
        SpendStoreException exception = await Assert.ThrowsAsync<SpendStoreException>(() => ledger.FlushAsync(Test));
        AssertNoPassword(exception);
        await server.StartAgainAsync();
        await ledger.FlushAsync(Test);

        // In the middle of writing, again and again.
        var acknowledged = new List<string>();
        for (int round = 0; round < 3; round++)
        {
            Task? killing = null;
            for (int i = 0; killing is null || !killing.IsCompleted; i++)
            {
                string id = $"{round}-{i}";
                ledger.Add(SpendStoreContract.Entry(id) with { Cost = 1 });
                try
                {
                    await ledger.FlushAsync(Test).WaitAsync(Patience, Test);
                    acknowledged.Add(id);
                }
                catch (SpendStoreException)
                {
                    await Task.Yield();
                }

                if (i == 20) killing = server.KillAsync();
            }

            await killing;
            await server.StartAgainAsync();
        }

        await ledger.FlushAsync(Test);
        List<SpendEntry> read = await SpendStoreContract.ReadAsync(store);
        Assert.Empty(acknowledged.Except(read.Select(static entry => entry.Id)));
        Assert.Equal(0, ledger.Dropped);
        Assert.Equal(read.Count - 1, await server.ReadAsync<long>("SELECT sum(cost_usd)::bigint FROM routergen.spend_day", "postgres"));
        Assert.True(acknowledged.Count >= 60);
    }

    [Fact]
    public async Task A_batch_whose_reply_was_lost_counts_once()
    {
        await using var network = new FaultyNetwork(_server.Port);
        using var database = new PostgreSqlDatabase(_server.Address(_name, network.Port));
        var store = new PostgreSqlSpendStore(database);
        await store.AppendAsync([SpendStoreContract.Entry("0")], Test);
        network.CutReplies(1);
        await store.AppendAsync([SpendStoreContract.Entry("1") with { Cost = 1 }], Test); // By a second try.
        Assert.Equal(1, network.Lost);
        for (int lost = 2; lost < 10; lost++)
        {
            network.CutReplies(lost);
            SpendEntry entry = SpendStoreContract.Entry($"{lost}") with { Cost = 1 };
            while (true)
            {
                try
                {
                    await store.AppendAsync([entry], Test);
                    break;
                }
                catch (NpgsqlException exception)
                {
                    AssertNoPassword(exception);
                }
            }
        }

        Assert.Equal(10, (await SpendStoreContract.ReadAsync(store)).Count);
        Assert.Equal(9, await _server.ReadAsync<long>("SELECT sum(cost_usd)::bigint FROM routergen.spend_day", _name));
        Assert.True(network.Lost > 30);
    }

    [Fact]
    public async Task A_slow_network_is_no_error()
    {
        using (var near = new PostgreSqlDatabase(_server.Address(_name))) await new PostgreSqlSpendStore(near).PrepareAsync(Test); // which takes many journeys
        await using var network = new FaultyNetwork(_server.Port) { Delay = TimeSpan.FromSeconds(1) };
        using var database = new PostgreSqlDatabase(_server.Address(_name, network.Port)) { ConnectTimeout = TimeSpan.FromSeconds(30) };
        var store = new PostgreSqlSpendStore(database);
        await store.AppendAsync([SpendStoreContract.Entry("1")], Test);
        network.Delay = TimeSpan.Zero;
        Assert.Single(await SpendStoreContract.ReadAsync(store));
    }

    [Fact]
    public async Task A_silent_network_is_noticed_and_left_behind()
    {
        await using var network = new FaultyNetwork(_server.Port);
        using var database = new PostgreSqlDatabase(_server.Address(_name, network.Port)) { ConnectTimeout = TimeSpan.FromSeconds(1), CommandTimeout = TimeSpan.FromSeconds(1) };
        var store = new PostgreSqlSpendStore(database);
        await store.AppendAsync([SpendStoreContract.Entry("1")], Test);
        network.IsSilent = true;
        AssertNoPassword(await Assert.ThrowsAnyAsync<NpgsqlException>(() => store.AppendAsync([SpendStoreContract.Entry("2")], Test).AsTask().WaitAsync(Patience, Test)));
        AssertNoPassword(await Assert.ThrowsAnyAsync<NpgsqlException>(() => store.AppendAsync([SpendStoreContract.Entry("2")], Test).AsTask().WaitAsync(Patience, Test)));
        network.IsSilent = false;
        network.CutAll();
        await store.AppendAsync([SpendStoreContract.Entry("2")], Test).AsTask().WaitAsync(Patience, Test);
        Assert.Equal(2, (await SpendStoreContract.ReadAsync(store)).Count);
    }

    [Fact]
    public async Task A_read_only_server_is_read()
    {
        using (var database = new PostgreSqlDatabase(_server.Address(_name))) await new PostgreSqlSpendStore(database).AppendAsync([SpendStoreContract.Entry("1")], Test);
        await _server.RunAsync($"ALTER DATABASE {_name} SET default_transaction_read_only = on");
        using var again = new PostgreSqlDatabase(_server.Address(_name));
        var store = new PostgreSqlSpendStore(again);
        await using var ledger = new SpendLedger(store);
        ledger.Add(SpendStoreContract.Entry("2"));
        SpendStoreException exception = await Assert.ThrowsAsync<SpendStoreException>(() => ledger.FlushAsync(Test));
        Assert.Contains("read-only", exception.Message, StringComparison.Ordinal);
        Assert.Single(await SpendStoreContract.ReadAsync(store));
        await _server.RunAsync($"ALTER DATABASE {_name} SET default_transaction_read_only = off");
        await _server.RunAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{_name}'");
        await ledger.FlushAsync(Test);
        Assert.Equal(2, (await SpendStoreContract.ReadAsync(store)).Count);
    }

    [Fact]
    public async Task A_backup_that_is_restored_lacks_what_came_after_it_and_takes_what_comes_now()
    {
        string dump = Path.GetTempFileName();
        try
        {
            using var database = new PostgreSqlDatabase(_server.Address(_name));
            var store = new PostgreSqlSpendStore(database);
            await using var ledger = new SpendLedger(store);
            DateTimeOffset later = SpendStoreContract.Entry("").At.AddMonths(1);
            ledger.Add(SpendStoreContract.Entry("1") with { Cost = 1 });
            await ledger.FlushAsync(Test);
            await File.WriteAllTextAsync(dump, await _server.RunProgramAsync("pg_dump", _name), Test);
            ledger.Add(SpendStoreContract.Entry("2") with { Cost = 2, At = later });
            await ledger.FlushAsync(Test);
            await _server.RunAsync($"ALTER DATABASE {_name} ALLOW_CONNECTIONS false");
            await _server.RunAsync($"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{_name}'");
            await _server.RunAsync($"ALTER DATABASE {_name} RENAME TO {_name}_old");
            ledger.Add(SpendStoreContract.Entry("3") with { Cost = 4, At = later });
            await Assert.ThrowsAsync<SpendStoreException>(() => ledger.FlushAsync(Test));
            await _server.RunAsync($"CREATE DATABASE {_name}_restored"); // Under its own name a program that waits would make the tables.
            await _server.RunProgramAsync("psql", $"{_name}_restored", "-q", "-v", "ON_ERROR_STOP=1", "-f", dump);
            await _server.RunAsync($"ALTER DATABASE {_name}_restored RENAME TO {_name}");
            await ledger.FlushAsync(Test);

            // What was acknowledged before and is not in the backup is not written again: it is gone, and nothing counts twice.
            Assert.Equal(["1", "3"], (await SpendStoreContract.ReadAsync(store)).Select(static entry => entry.Id));
            Assert.Equal(5, await _server.ReadAsync<long>("SELECT sum(cost_usd)::bigint FROM routergen.spend_day", _name));
        }
        finally
        {
            File.Delete(dump);
        }
    }

    [Fact]
    public async Task Tables_that_are_gone_are_made_anew()
    {
        using var database = new PostgreSqlDatabase(_server.Address(_name));
        var store = new PostgreSqlSpendStore(database);
        await store.AppendAsync([SpendStoreContract.Entry("1")], Test);
        await _server.RunAsync("DROP SCHEMA routergen CASCADE", _name);
        await store.AppendAsync([SpendStoreContract.Entry("2")], Test);
        Assert.Equal("2", Assert.Single(await SpendStoreContract.ReadAsync(store)).Id);
    }

    [Fact]
    public async Task A_wrong_password_is_reported_and_not_told()
    {
        using var database = new PostgreSqlDatabase($"postgres://{PostgresServer.User}:s3cret@127.0.0.1:{_server.Port}/{_name}");
        PostgresException exception = await Assert.ThrowsAsync<PostgresException>(async () => await new PostgreSqlSpendStore(database).PrepareAsync(Test));
        Assert.DoesNotContain("s3cret", exception.ToString(), StringComparison.Ordinal);
    }

    private static void AssertNoPassword(Exception exception) => Assert.DoesNotContain(PostgresServer.Password, exception.ToString(), StringComparison.Ordinal);
}
