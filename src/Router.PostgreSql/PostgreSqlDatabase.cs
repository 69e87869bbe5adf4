using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;
using RouterGen.PostgreSql.Connections;
using RouterGen.PostgreSql.Schema;

namespace RouterGen;

/// <summary>
/// A database of PostgreSQL (13 or later), for all stores that are made with it: one pool of connections, and one schema that its tables are in. Tables are made, and updated by later versions of the
/// package, when they are first used, by one process at a time however many start at once. Nothing connects before the first use. Thread-safe. Dispose it after the stores.
/// </summary>
/// <remarks>No exception, log or <see cref="ToString"/> has the password.</remarks>
public sealed class PostgreSqlDatabase : IAsyncDisposable, IDisposable
{
    private readonly NpgsqlConnectionStringBuilder _address;
    private readonly ConcurrentDictionary<string, bool> _ready = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _updating = new(1, 1);
    private readonly Lock _opening = new();
    private NpgsqlDataSource? _source;
    private bool _isDisposed;

    /// <summary>Makes a database.</summary>
    /// <param name="address">
    /// A connection string (<c>Host=db;Username=router;Password=…;Database=router</c>, https://www.npgsql.org/doc/connection-string-parameters.html) or a URL (<c>postgres://router:…@db/router?sslmode=require</c>).
    /// The variables PGPASSWORD and PGPASSFILE hold where it has no password. What it says of the pool and of time limits comes before the properties of this class.
    /// </param>
    /// <exception cref="ArgumentException">It cannot be read, or names no host.</exception>
    public PostgreSqlDatabase(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        _address = ConnectionText.Read(address);
    }

    /// <summary>Gets the schema: a letter, then letters, digits and underscores, at most 63. Default: <c>routergen</c>. It is made where it is missing.</summary>
    /// <exception cref="ArgumentException">The value is no such name.</exception>
    public string Schema
    {
        get;
        init => field = value is { Length: > 0 and <= 63 } && char.IsAsciiLetter(value[0]) && value.All(static character => char.IsAsciiLetterOrDigit(character) || character == '_')
            ? value
            : throw new ArgumentException("The name of the schema must be a letter, then letters, digits and underscores, at most 63.", nameof(value));
    } = "routergen";

    /// <summary>Gets the most connections; 1 or more. Default: 10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxConnections
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 10;

    /// <summary>Gets how long a connection may take to be made, in whole seconds from 1. Default: 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how long a statement may take, in whole seconds from 1. Default: 15 s. Updates of tables may take longer.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets the schema as an identifier of SQL.</summary>
    internal string QuotedSchema => SchemaUpdate.Identifier(Schema);

    private NpgsqlDataSource Source
    {
        get
        {
            lock (_opening)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                return _source ??= Open();
            }
        }
    }

    /// <summary>Returns whether a text is the address of a PostgreSQL database: a URL, or a connection string with a host. The path of a file is none.</summary>
    /// <param name="text">The text.</param>
    public static bool IsAddress(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ConnectionText.IsAddress(text);
    }

    /// <summary>Returns host, port and database, without user and password.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_address.Host}:{_address.Port}/{_address.Database ?? _address.Username}");

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        lock (_opening) _isDisposed = true;
        _source?.Dispose();
        _updating.Dispose();
    }

    /// <summary>Closes all connections.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    /// <summary>Opens a connection to tables that are of this version.</summary>
    /// <param name="part">The tables.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="InvalidOperationException">A later version of the package wrote the tables.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses it.</exception>
    internal async ValueTask<NpgsqlConnection> OpenAsync(SchemaSteps part, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        if (_ready.ContainsKey(part.Part)) return connection;
        try
        {
            await _updating.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (_ready.ContainsKey(part.Part)) return connection;
                await SchemaUpdate.RunAsync(connection, Schema, part, cancellationToken).ConfigureAwait(false);
                _ready[part.Part] = true;
                return connection;
            }
            finally
            {
                _updating.Release();
            }
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs what uses a connection. Tables that are gone, as after an older backup was restored, are made anew at the next use.</summary>
    /// <param name="part">The tables.</param>
    /// <param name="run">Uses the connection.</param>
    /// <param name="canRepeat">Whether it may run once more where the connection turns out to be broken, as all connections of the pool are when the server was started again.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="InvalidOperationException">A later version of the package wrote the tables.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses it.</exception>
    internal async ValueTask<T> RunAsync<T>(SchemaSteps part, Func<NpgsqlConnection, Task<T>> run, bool canRepeat, CancellationToken cancellationToken)
    {
        for (bool isLast = !canRepeat; ; isLast = true)
        {
            try
            {
                NpgsqlConnection connection = await OpenAsync(part, cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false)) return await run(connection).ConfigureAwait(false);
            }
            catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction)
            {
                _ready.TryRemove(part.Part, out _);
                if (isLast) throw;
            }
            catch (PostgresException exception) when (!isLast && exception.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                // Another one went first. Nothing was written.
            }
            catch (NpgsqlException exception) when (!isLast && IsBroken(exception))
            {
                Source.Clear(); // Those that wait in the pool are of the same server.
            }
        }
    }

    private static bool IsBroken(NpgsqlException exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } || exception.InnerException is SocketException { SocketErrorCode: not SocketError.ConnectionRefused } or EndOfStreamException or IOException { InnerException: SocketException };

    private NpgsqlDataSource Open()
    {
        var settings = new NpgsqlConnectionStringBuilder(_address.ConnectionString);
        SetUnlessStated("Maximum Pool Size", MaxConnections);
        SetUnlessStated("Timeout", Seconds(ConnectTimeout));
        SetUnlessStated("Command Timeout", Seconds(CommandTimeout));
        SetUnlessStated("Cancellation Timeout", 1000);
        SetUnlessStated("Tcp Keepalive", true);
        SetUnlessStated("Tcp Keepalive Time", 10);
        SetUnlessStated("Tcp Keepalive Interval", 5);
        SetUnlessStated("Application Name", "routergen");

        // Nothing is left behind in a session, so that nothing has to be reset: a pooler in between may give the next statement to another one.
        SetUnlessStated("No Reset On Close", true);
        settings.PersistSecurityInfo = false;
        settings.IncludeErrorDetail = false;
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableArrays();
        builder.EnableTransportSecurity();
        return builder.Build();

        void SetUnlessStated(string name, object value)
        {
            if (!_address.ShouldSerialize(name)) settings[name] = value;
        }
    }

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)time.TotalSeconds);
}
