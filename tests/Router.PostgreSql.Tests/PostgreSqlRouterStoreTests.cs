using RouterGen.PostgreSql.Tests.Server;
using RouterGen.Runtime.Tests;

namespace RouterGen.PostgreSql.Tests;

/// <summary>A database as the store of a fleet: what all stores do.</summary>
public sealed class PostgreSqlRouterStoreTests(SharedServer shared) : RouterStoreContract, IAsyncLifetime
{
    private PostgreSqlDatabase _database = null!;
    private PostgreSqlRouterStore _store = null!;

    protected override IRouterStore Store => _store;

    protected override TimeSpan Lifetime => TimeSpan.FromMilliseconds(1500);

    public async ValueTask InitializeAsync()
    {
        PostgresServer server = await shared.GetAsync();
        _database = new PostgreSqlDatabase(await server.NewDatabaseAsync());
        _store = new PostgreSqlRouterStore(_database);
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
        _database?.Dispose();
    }

    // The server's own clock: what is waited for is its passing, and no test depends on how much longer it takes.
    protected override async Task PassAsync(TimeSpan time)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (clock.Elapsed < time) await Task.Delay(20, Cancellation);
    }

    protected override async Task HintsAsync()
    {
        // The first hint is that it listens now.
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Action note = () => listening.TrySetResult();
        Store.Changed += note;
        await ExchangeAsync(Report("listener"));
        await listening.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Store.Changed -= note;
    }
}
