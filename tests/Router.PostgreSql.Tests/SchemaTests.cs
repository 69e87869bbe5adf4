using Npgsql;
using RouterGen.PostgreSql.Schema;
using RouterGen.PostgreSql.Tests.Server;
using RouterGen.Spending.Tests;

namespace RouterGen.PostgreSql.Tests;

/// <summary>Tables are made and updated once, by whoever comes first, with no more rights than are needed.</summary>
public sealed class SchemaTests(SharedServer shared) : IAsyncLifetime
{
    private PostgresServer _server = null!;
    private string _address = "";
    private string _name = "";

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await shared.GetAsync();
        _address = await _server.NewDatabaseAsync();
        _name = new NpgsqlConnectionStringBuilder(_address).Database!;
    }

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public async Task Instances_that_start_at_once_make_the_tables_once(int instances)
    {
        PostgreSqlDatabase[] databases = [.. Enumerable.Range(0, instances).Select(_ => new PostgreSqlDatabase(_address))];
        await Task.WhenAll(databases.Select(async (database, i) => await new PostgreSqlSpendStore(database).AppendAsync([SpendStoreContract.Entry($"{i}"), SpendStoreContract.Entry("same")], Test)));
        Assert.Equal(instances + 1, (await SpendStoreContract.ReadAsync(new PostgreSqlSpendStore(databases[0]))).Count);
        Assert.Equal(1, await _server.ReadAsync<long>("SELECT count(*) FROM routergen.schema_part WHERE part = 'spend' AND version = 1", _name));
        foreach (PostgreSqlDatabase database in databases) database.Dispose();
    }

    [Fact]
    public async Task Steps_run_once_in_order_and_a_step_that_fails_leaves_nothing()
    {
        var first = new SchemaSteps("test", "P", new SchemaStep(1, "CREATE TABLE one (a int)"));
        var second = first with { Steps = [.. first.Steps, new SchemaStep(2, "ALTER TABLE one ADD b int; INSERT INTO one VALUES (1, 2)")] };
        var broken = first with { Steps = [.. second.Steps, new SchemaStep(3, "INSERT INTO one VALUES (3, 4); SELECT 1 / 0")] };
        await PrepareAsync(first);
        await PrepareAsync(second);
        await PrepareAsync(second);
        await Assert.ThrowsAsync<PostgresException>(() => PrepareAsync(broken));
        Assert.Equal(1, await _server.ReadAsync<long>("SELECT count(*) FROM routergen.one WHERE b = 2", _name));
        await PrepareAsync(second);

        async Task PrepareAsync(SchemaSteps steps)
        {
            using var database = new PostgreSqlDatabase(_address);
            await database.RunAsync(steps, static _ => Task.FromResult(0), canRepeat: true, Test);
        }
    }

    [Fact]
    public async Task Tables_of_a_later_version_are_left_alone()
    {
        using var database = new PostgreSqlDatabase(_address);
        await new PostgreSqlSpendStore(database).PrepareAsync(Test);
        await _server.RunAsync("UPDATE routergen.schema_part SET version = 99", _name);
        using var earlier = new PostgreSqlDatabase(_address);
        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(async () => await new PostgreSqlSpendStore(earlier).AppendAsync([SpendStoreContract.Entry("1")], Test));
        Assert.Contains("later version of RouterGen.PostgreSql (version 99 of 'spend'", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0, await _server.ReadAsync<long>("SELECT count(*) FROM routergen.spend", _name));
    }

    [Fact]
    public async Task A_user_needs_a_schema_of_its_own_and_no_more()
    {
        string user = $"small_{_name}";
        await _server.RunAsync($"CREATE ROLE {user} LOGIN PASSWORD 'small'; CREATE SCHEMA routergen AUTHORIZATION {user}; REVOKE ALL ON DATABASE {_name} FROM PUBLIC; GRANT CONNECT ON DATABASE {_name} TO {user}", _name);
        using var database = new PostgreSqlDatabase(new NpgsqlConnectionStringBuilder(_address) { Username = user, Password = "small" }.ConnectionString);
        var store = new PostgreSqlSpendStore(database);
        await store.AppendAsync([SpendStoreContract.Entry("1")], Test);
        Assert.Equal(1, await store.PruneAsync(DateTimeOffset.MaxValue, Test));
    }

    [Fact]
    public async Task A_dashboard_reads_with_a_role_that_can_do_nothing_else()
    {
        using var database = new PostgreSqlDatabase(_address);
        await new PostgreSqlSpendStore(database).AppendAsync([SpendStoreContract.Entry("1") with { Cost = 1.5m }], Test);
        string user = $"reader_{_name}";
        await _server.RunAsync($"CREATE ROLE {user} LOGIN PASSWORD 'reader'; GRANT USAGE ON SCHEMA routergen TO {user}; GRANT SELECT ON routergen.spend, routergen.spend_day TO {user}", _name);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_address) { Username = user, Password = "reader", Pooling = false }.ConnectionString);
        await connection.OpenAsync(Test);
        await using var command = new NpgsqlCommand("SELECT d.cost_usd FROM routergen.spend_day AS d, routergen.spend AS s WHERE d.day = (s.at AT TIME ZONE 'UTC')::date", connection);
        Assert.Equal(1.5m, await command.ExecuteScalarAsync(Test));
        await using var write = new NpgsqlCommand("DELETE FROM routergen.spend", connection);
        await Assert.ThrowsAsync<PostgresException>(() => write.ExecuteNonQueryAsync(Test));
    }
}
