using RouterGen.PostgreSql.Tests.Server;

[assembly: AssemblyFixture(typeof(SharedServer))]

namespace RouterGen.PostgreSql.Tests.Server;

/// <summary>The server of all tests that do it no harm, each with a database of its own.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private PostgresServer? _server;

    /// <summary>Returns it; a test without PostgreSQL on the machine is skipped, or fails where there must be one.</summary>
    public async Task<PostgresServer> GetAsync()
    {
        PostgresServer.Require();
        await _starting.WaitAsync();
        try
        {
            return _server ??= await PostgresServer.StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    public ValueTask InitializeAsync() => default;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        _starting.Dispose();
    }
}
