using Npgsql;
using NpgsqlTypes;
using RouterGen.Infrastructure;
using RouterGen.PostgreSql;
using RouterGen.PostgreSql.Fleet;

namespace RouterGen;

/// <summary>
/// A database as the store of a fleet. An exchange is one statement, which the database runs by its own clock; instances that start at once, clocks that are wrong, and answers that are lost do no harm.
/// Hints of news come by LISTEN and NOTIFY, on a connection of their own from the same pool. Thread-safe. Give it to a <see cref="RouterFleet"/>.
/// </summary>
/// <remarks>
/// All methods throw <see cref="NpgsqlException"/> where the database cannot be reached or refuses it, and <see cref="InvalidOperationException"/> where a later version of this package made its tables. A
/// <see cref="RouterFleet"/> goes on without it then.
/// </remarks>
public sealed class PostgreSqlRouterStore : IRouterStore, IAsyncDisposable
{
    private readonly PostgreSqlDatabase _database;
    private readonly bool _ownsDatabase;
    private readonly FleetHints _hints;
    private int _isDisposed;

    /// <summary>Makes a store of a database, which is not disposed with it.</summary>
    /// <param name="database">The database.</param>
    public PostgreSqlRouterStore(PostgreSqlDatabase database) : this(database, ownsDatabase: false)
    {
    }

    internal PostgreSqlRouterStore(PostgreSqlDatabase database, bool ownsDatabase)
    {
        ArgumentNullException.ThrowIfNull(database);
        _database = database;
        _ownsDatabase = ownsDatabase;
        _hints = new FleetHints(database);
    }

    /// <inheritdoc/>
    public event Action? Changed
    {
        add => _hints.Add(value);
        remove => _hints.Remove(value);
    }

    /// <inheritdoc/>
    public async ValueTask<StoreAnswer> ExchangeAsync(StoreReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        string text = StoreText.Write(report);

        // The same report twice counts once, so it may be sent again.
        string answer = await _database.RunAsync(
            FleetSchema.Steps,
            async connection =>
            {
                using NpgsqlCommand command = connection.CreateCommand();
                command.CommandText = $"SELECT {_database.QuotedSchema}.fleet_exchange($1::jsonb)";
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text });
                return (string)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
            },
            canRepeat: true,
            cancellationToken).ConfigureAwait(false);
        _hints.Start();
        return StoreText.Read(answer);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<FleetInstance>> InstancesAsync(string fleet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        return await _database.RunAsync(
            FleetSchema.Steps,
            async connection =>
            {
                using NpgsqlCommand command = connection.CreateCommand();
                command.CommandText = $"SELECT id, seen_at, summary FROM {_database.QuotedSchema}.fleet_instance WHERE fleet = $1 AND until > clock_timestamp() ORDER BY id";
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = fleet, NpgsqlDbType = NpgsqlDbType.Text });
                var instances = new List<FleetInstance>();
                using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) instances.Add(new FleetInstance(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1), reader.IsDBNull(2) ? null : reader.GetString(2)));
                return instances;
            },
            canRepeat: true,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the hints.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0) return;
        await _hints.DisposeAsync().ConfigureAwait(false);
        if (_ownsDatabase) _database.Dispose();
    }
}
