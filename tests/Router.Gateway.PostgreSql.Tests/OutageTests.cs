using Microsoft.Extensions.Logging.Abstractions;
using RouterGen.Gateway.Keys;
using RouterGen.Gateway.Spend;
using RouterGen.PostgreSql.Tests.Server;

namespace RouterGen.Gateway.PostgreSql.Tests;

/// <summary>A gateway's costs while its database is killed, and after a restart of the gateway in between: they are on disk, and in the database once.</summary>
public sealed class OutageTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly AccountPeriod Period = new(AccountKind.Key, "k", DateTimeOffset.UnixEpoch);

    private readonly string _folder = Directory.CreateTempSubdirectory("spool").FullName;
    private int _rows;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Costs_of_an_outage_are_in_the_database_once_also_after_a_restart_in_between()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        using var database = new PostgreSqlDatabase(server.Address());
        var store = new PostgreSqlGatewayStore(database);
        SpendWriter writer = Start(store);
        Add(writer, 2000);
        await writer.FlushAsync();

        // It is killed while batches are on their way.
        Task killing = server.KillAsync();
        while (!killing.IsCompleted)
        {
            Add(writer, 100);
            await Task.Delay(1, CancellationToken.None);
        }

        await killing;
        Add(writer, 500);
        await writer.FlushAsync();
        Add(writer, 500);
        await writer.StopAsync();
        Assert.NotEmpty(Spooled());

        // The next process starts while the database is still away, and a third one finds it.
        SpendWriter second = Start(store);
        Add(second, 100);
        await second.FlushAsync();
        await second.StopAsync();
        await server.StartAgainAsync();
        SpendWriter third = Start(store);
        Add(third, 100);
        for (int i = 0; i < 1000 && Spooled().Length > 0; i++) await third.FlushAsync();
        await third.StopAsync();
        Assert.Empty(Spooled());
        Assert.Equal(_rows, (await store.ReadAsync(new SpendQuery { Limit = 1 }, TestContext.Current.CancellationToken)).Total);
        Assert.Equal(_rows, (await store.SpentAsync([Period], TestContext.Current.CancellationToken))[0].Cost);
        Assert.Equal(_rows, (await store.SumAsync(new SpendQuery(), SpendParts.None, TestContext.Current.CancellationToken))[0].Requests);
    }

    private string[] Spooled() => Directory.GetFiles(_folder, "spend-*");

    private SpendWriter Start(IGatewayStore store)
    {
        GatewayKeyOptions options = new GatewayOptions().Keys;
        options.Store = store;
        options.SpoolFolder = _folder;
        options.FlushInterval = TimeSpan.FromMilliseconds(10);
        return new SpendWriter(options, new AccountLedger(), TimeProvider.System, NullLogger.Instance);
    }

    private void Add(SpendWriter writer, int rows)
    {
        for (int i = 0; i < rows; i++) writer.Add(new GatewaySpend { Id = $"{_rows++}", At = Noon, Cost = 1, KeyId = "k", Charges = [Period] });
    }
}
