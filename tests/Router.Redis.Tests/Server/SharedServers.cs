using RouterGen.Redis.Tests.Server;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace RouterGen.Redis.Tests.Server;

/// <summary>The servers of all tests that do them no harm, each with a fleet of its own.</summary>
public sealed class SharedServers : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly Dictionary<ServerKind, RedisServer> _servers = [];

    /// <summary>Returns one; a test is skipped where it is not on the machine, or fails where there must be one.</summary>
    public async Task<RedisServer> GetAsync(ServerKind kind)
    {
        await _starting.WaitAsync();
        try
        {
            if (!_servers.TryGetValue(kind, out RedisServer? server)) _servers.Add(kind, server = await RedisServer.StartAsync(kind));
            return server;
        }
        finally
        {
            _starting.Release();
        }
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        foreach (RedisServer server in _servers.Values) await server.DisposeAsync();
        _starting.Dispose();
    }
}
