using Npgsql;
using RouterGen;

namespace GatewayProgram;

/// <summary>Where keys and spend are kept: a SQLite file, or a database of PostgreSQL.</summary>
internal sealed class GatewayDatabase : IDisposable
{
    private readonly PostgreSqlDatabase? _server;
    private readonly SqliteGatewayStore? _file;

    private GatewayDatabase(PostgreSqlDatabase? server, SqliteGatewayStore? file)
    {
        _server = server;
        _file = file;
        Store = server is null ? file! : new PostgreSqlGatewayStore(server);
    }

    /// <summary>Gets the store of the gateway.</summary>
    public IGatewayStore Store { get; }

    /// <summary>Opens a database. One of PostgreSQL that cannot be reached yet is no error: keys are not known until it can.</summary>
    /// <param name="text">The path of a file, or an address of PostgreSQL.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    /// <exception cref="InvalidOperationException">A later version of the program wrote the tables.</exception>
    public static async Task<GatewayDatabase> OpenAsync(string text)
    {
        if (!PostgreSqlDatabase.IsAddress(text)) return new GatewayDatabase(null, new SqliteGatewayStore(text));
        var server = new PostgreSqlDatabase(text);
        var database = new GatewayDatabase(server, null);
        try
        {
            await ((PostgreSqlGatewayStore)database.Store).PrepareAsync();
        }
        catch (NpgsqlException exception)
        {
            Console.Error.WriteLine($"The database {server} cannot be used yet; virtual keys are refused with 503 until it can: {exception.Message}");
        }
        catch
        {
            database.Dispose();
            throw;
        }

        return database;
    }

    public void Dispose()
    {
        _file?.Dispose();
        _server?.Dispose();
    }
}
