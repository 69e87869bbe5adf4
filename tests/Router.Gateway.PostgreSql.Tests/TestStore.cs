using Npgsql;
using RouterGen.PostgreSql.Tests.Server;

namespace RouterGen.Gateway.PostgreSql.Tests;

/// <summary>A store in a database of its own.</summary>
internal sealed class TestStore : IDisposable
{
    private readonly PostgreSqlDatabase _database;

    private TestStore(PostgresServer server, string address)
    {
        Server = server;
        Address = address;
        Name = new NpgsqlConnectionStringBuilder(address).Database!;
        _database = new PostgreSqlDatabase(address);
        Store = new PostgreSqlGatewayStore(_database);
    }

    public PostgresServer Server { get; }

    public string Address { get; }

    public string Name { get; }

    public PostgreSqlGatewayStore Store { get; }

    public static async Task<TestStore> StartAsync(SharedServer shared)
    {
        PostgresServer server = await shared.GetAsync();
        return new TestStore(server, await server.NewDatabaseAsync());
    }

    public Task<T> ReadAsync<T>(string sql) => Server.ReadAsync<T>(sql, Name);

    public void Dispose() => _database.Dispose();
}
