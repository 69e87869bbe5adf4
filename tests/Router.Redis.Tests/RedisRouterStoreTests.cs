using System.Diagnostics;
using RouterGen.Redis.Tests.Server;
using RouterGen.Runtime.Tests;

namespace RouterGen.Redis.Tests;

/// <summary>Redis as the store of a fleet: what all stores do.</summary>
public sealed class RedisRouterStoreTests(SharedServers servers) : ServerContract(servers, ServerKind.Redis);

/// <summary>Garnet as the store of a fleet: what all stores do.</summary>
public sealed class GarnetRouterStoreTests(SharedServers servers) : ServerContract(servers, ServerKind.Garnet);

public abstract class ServerContract(SharedServers servers, ServerKind kind) : RouterStoreContract, IAsyncLifetime
{
    private RedisRouterStore _store = null!;

    protected override IRouterStore Store => _store;

    protected override TimeSpan Lifetime => TimeSpan.FromMilliseconds(1500);

    public async ValueTask InitializeAsync() => _store = new RedisRouterStore((await servers.GetAsync(kind)).Address());

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
    }

    // The server's own clock: what is waited for is its passing, and no test depends on how much longer it takes.
    protected override async Task PassAsync(TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time) await Task.Delay(20, Cancellation);
    }

    protected override async Task HintsAsync()
    {
        StoreReport report = Report("listener");
        while (!_store.IsListening(report.Fleet))
        {
            await ExchangeAsync(report);
            await Task.Delay(5, Cancellation);
        }
    }
}
