using Npgsql;
using RouterGen;

namespace GatewayProgram;

/// <summary>Where keys and spend are kept: a SQLite file, or a database of PostgreSQL.</summary>
internal sealed class GatewayDatabase : IDisposable
{
    private readonly PostgreSqlDatabase? _server;
    private readonly SqliteGatewayStore? _file;

    private GatewayDatabase(SqliteGatewayStore file)
    {
        _file = file;
        Store = file;
        Responses = file.Responses;
    }

    private GatewayDatabase(PostgreSqlDatabase server, PostgreSqlGatewayStore store)
    {
        _server = server;
        Store = store;
        Responses = store.Responses;
    }


    /// <summary>Gets the store of the gateway.</summary>
    public IGatewayStore Store { get; }

    /// <summary>Gets the store of responses that clients asked to keep.</summary>
    public IResponseStore Responses { get; }

    /// <summary>Opens a database. One of PostgreSQL that cannot be reached yet is no error: keys are not known until it can.</summary>
    /// <param name="text">The path of a file, or an address of PostgreSQL.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    /// <exception cref="InvalidOperationException">A later version of the program wrote the tables.</exception>
    public static async Task<GatewayDatabase> OpenAsync(string text)
    {
        if (!PostgreSqlDatabase.IsAddress(text)) return new GatewayDatabase(new SqliteGatewayStore(text));
        var server = new PostgreSqlDatabase(text);
        var store = new PostgreSqlGatewayStore(server);
        try
        {
            await store.PrepareAsync();
        }
        catch (NpgsqlException exception)
        {
            Console.Error.WriteLine($"The database {server} cannot be used yet; virtual keys are refused with 503 until it can: {exception.Message}");
        }
        catch
        {
            server.Dispose();
            throw;
        }

        return new GatewayDatabase(server, store);
    }

    /// <summary>
    /// Makes the gateway an instance of the fleet of all that share a Redis, or else the database; null where it shares neither. Dispose it before the database.
    /// </summary>
    /// <param name="redis">The address of a server of the Redis protocol; null or empty for none.</param>
    /// <param name="database">The database; null for memory.</param>
    /// <exception cref="ArgumentException">The address cannot be read.</exception>
    public static RouterFleet? FleetOf(string? redis, GatewayDatabase? database) =>
        redis is { Length: > 0 } ? new RouterFleet(new RedisRouterStore(redis))
        : database?._server is { } server ? new RouterFleet(new PostgreSqlRouterStore(server))
        : null;

    public void Dispose()
    {
        _file?.Dispose();
        _server?.Dispose();
    }
}
