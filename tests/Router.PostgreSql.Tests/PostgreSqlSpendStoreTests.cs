using Npgsql;
using RouterGen.PostgreSql.Tests.Server;
using RouterGen.Spending.Tests;

namespace RouterGen.PostgreSql.Tests;

/// <summary>A store in a database: what all stores do, months, sums of days, and values that a database might refuse.</summary>
public sealed class PostgreSqlSpendStoreTests(SharedServer shared) : SpendStoreContract, IAsyncLifetime
{
    private PostgreSqlDatabase _database = null!;
    private PostgresServer _server = null!;
    private string _name = "";

    protected override ISpendStore Store => field ??= new PostgreSqlSpendStore(_database);

    private static CancellationToken Test => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await shared.GetAsync();
        string address = await _server.NewDatabaseAsync();
        _name = new NpgsqlConnectionStringBuilder(address).Database!;
        _database = new PostgreSqlDatabase(address);
    }

    public ValueTask DisposeAsync()
    {
        _database?.Dispose();
        return default;
    }

    [Fact]
    public async Task Nothing_that_an_entry_brings_is_refused()
    {
        SpendEntry[] strange =
        [
            Entry("nul \0 and half \ud800 a character") with { Group = "g\0", Deployment = "\udc00", Model = "", CallId = "\0", Caller = "\0", Session = "\ud800\ud800", Tags = ["\0", "\"\\\ud800"] },
            Entry(new string('i', 100_000)) with { Caller = new string('c', 100_000), Group = new string('ü', 5000), Model = new string('m', 9000) },
            Entry("money") with { Cost = decimal.MaxValue, InputTokens = long.MaxValue, OutputTokens = long.MinValue, Duration = TimeSpan.MaxValue },
            Entry("less") with { Cost = decimal.MinValue },
            Entry("first") with { At = DateTimeOffset.MinValue },
            Entry("last") with { At = DateTimeOffset.MaxValue },
            Entry("offset") with { At = new DateTimeOffset(2026, 1, 1, 0, 30, 0, TimeSpan.FromHours(2)), Kind = (CallKind)99, Outcome = (FailureKind)99 },
        ];
        await Store.AppendAsync(strange, Test);
        await Store.AppendAsync(strange, Test);
        List<SpendEntry> read = await ReadAsync(Store);
        Assert.Equal(strange.Length, await CountAsync("SELECT count(*) FROM routergen.spend"));
        Assert.Equal(strange.Length - 1, read.Count); // No period that ends has its end in it.
        Assert.Equal("nul \ufffd and half \ufffd a character", read.Single(static entry => entry.Id.StartsWith("nul", StringComparison.Ordinal)).Id);
        Assert.Equal(new DateTimeOffset(2025, 12, 31, 22, 30, 0, TimeSpan.Zero), read.Single(static entry => entry.Id == "offset").At);
        Assert.Equal(6, Assert.Single(await SumAsync(Store, SpendDimension.All)).Attempts);
    }

    [Fact]
    public async Task Sums_of_days_are_those_of_the_entries_however_many_write_and_however_often()
    {
        SpendEntry[] entries = [.. Enumerable.Range(0, 400).Select(static i => Entry($"{i:000}") with
        {
            At = new DateTimeOffset(2026, 1, 30, 0, 0, 0, TimeSpan.Zero).AddHours(2 * i), Model = $"plain/{i % 3}", Caller = i % 2 == 0 ? "u" : null, Cost = 0.000001m * i, InputTokens = i, Outcome = i % 5 == 0 ? FailureKind.Timeout : FailureKind.None,
        })];

        // Two write the same batches, in another order, and each a part again.
        await Parallel.ForAsync(0, 8, Test, async (writer, token) =>
        {
            var store = new PostgreSqlSpendStore(_database);
            IEnumerable<SpendEntry[]> batches = entries.Where((_, i) => i % 4 == writer / 2).Chunk(10);
            foreach (SpendEntry[] batch in writer % 2 == 0 ? batches : batches.Reverse()) await store.AppendAsync([.. batch.Reverse(), batch[0]], token);
        });
        Assert.Equal(400, await CountAsync("SELECT count(*) FROM routergen.spend"));
        Assert.Equal(0, await CountAsync("""
            SELECT count(*) FROM (
              SELECT day, model, caller, attempts, failures, input_tokens, cost_usd FROM routergen.spend_day
              EXCEPT SELECT (at AT TIME ZONE 'UTC')::date, model, coalesce(caller, ''), count(*), count(*) FILTER (WHERE outcome <> 'None'), sum(input_tokens), sum(cost_usd) FROM routergen.spend GROUP BY 1, 2, 3) AS wrong
            """));
        Assert.Equal(0.0798m, (await SumAsync(Store, SpendDimension.All))[0].Cost);
        Assert.Equal(3, await CountAsync("SELECT count(*) FROM pg_inherits WHERE inhparent = 'routergen.spend'::regclass"));
    }

    [Fact]
    public async Task Months_are_dropped_and_the_sums_of_their_days_stay()
    {
        var november = new DateTimeOffset(2026, 11, 30, 23, 59, 59, TimeSpan.Zero);
        await Store.AppendAsync([Entry("old") with { At = november.AddMonths(-1), Cost = 1 }, Entry("last") with { At = november, Cost = 2 }, Entry("new") with { At = november.AddSeconds(1), Cost = 4 }], Test);
        var store = (PostgreSqlSpendStore)Store;
        Assert.Equal(0, await store.PruneAsync(november.AddMonths(-1), Test));
        Assert.Equal(2, await store.PruneAsync(november.AddDays(1), Test));
        Assert.Equal(0, await store.PruneAsync(november.AddDays(1), Test));
        Assert.Equal("new", Assert.Single(await ReadAsync(Store)).Id);
        Assert.Equal(7, await CountAsync("SELECT sum(cost_usd)::bigint FROM routergen.spend_day"));

        // Another store still believes that the month is there.
        await new PostgreSqlSpendStore(_database).AppendAsync([Entry("late") with { At = november }], Test);
        await store.PruneAsync(november.AddDays(1), Test);
        await Store.AppendAsync([Entry("later") with { At = november }], Test);
        await _server.RunAsync("DROP TABLE routergen.spend_2026_11", _name);
        await Store.AppendAsync([Entry("again") with { At = november }], Test);
        Assert.Equal(["again", "new"], (await ReadAsync(Store)).Select(static entry => entry.Id));
    }

    [Fact]
    public async Task All_is_there_for_another_process()
    {
        await Store.AppendAsync([Entry("1")], Test);
        using var other = new PostgreSqlDatabase(_server.Address(_name));
        Assert.Single(await ReadAsync(new PostgreSqlSpendStore(other)));
    }

    [Fact]
    public async Task Schemas_are_apart()
    {
        await Store.AppendAsync([Entry("1")], Test);
        using var other = new PostgreSqlDatabase(_server.Address(_name)) { Schema = "Other_1" };
        Assert.Empty(await ReadAsync(new PostgreSqlSpendStore(other)));
    }

    private Task<long> CountAsync(string sql) => _server.ReadAsync<long>(sql, _name);
}
