using Npgsql;
using RouterGen.PostgreSql.Fleet;

namespace RouterGen.PostgreSql;

/// <summary>
/// Listens for news of fleets, on a connection of its own. What is told while the connection is broken is lost, so that each new connection is a hint itself. It is made by the next exchange that
/// succeeds: that is when the database can be reached again.
/// </summary>
/// <param name="database">The database.</param>
internal sealed class FleetHints(PostgreSqlDatabase database) : IAsyncDisposable
{
    private const string Channel = "routergen_fleet";

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Action? _changed;
    private Task _listening = Task.CompletedTask;

    public void Add(Action? listener)
    {
        lock (_gate) _changed += listener;
    }

    public void Remove(Action? listener)
    {
        lock (_gate) _changed -= listener;
    }

    /// <summary>Listens, where somebody wants to know and nothing listens.</summary>
    public void Start()
    {
        lock (_gate)
        {
            if (_changed is null || !_listening.IsCompleted || _stop.IsCancellationRequested) return;
            _listening = ListenAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task listening;
        lock (_gate)
        {
            _stop.Cancel();
            listening = _listening;
        }

        await listening.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        await Task.Yield(); // Not under the lock.
        try
        {
            NpgsqlConnection connection = await database.OpenAsync(FleetSchema.Steps, _stop.Token).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                connection.Notification += (_, _) => Tell();
                using (NpgsqlCommand listen = connection.CreateCommand())
                {
                    listen.CommandText = "LISTEN " + Channel;
                    await listen.ExecuteNonQueryAsync(_stop.Token).ConfigureAwait(false);
                }

                Tell();
                try
                {
                    while (true) await connection.WaitAsync(_stop.Token).ConfigureAwait(false);
                }
                finally
                {
                    await StopListeningAsync(connection).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
        {
            // The next exchange that succeeds begins anew.
        }
    }

    // Connections of the pool are not reset: the next user would be told of what it does not want to know.
    private static async ValueTask StopListeningAsync(NpgsqlConnection connection)
    {
        try
        {
            using NpgsqlCommand command = connection.CreateCommand();
            command.CommandText = "UNLISTEN *";
            await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // It is broken.
        }
    }

    private void Tell()
    {
        Action? changed;
        lock (_gate) changed = _changed;
        changed?.Invoke();
    }
}
