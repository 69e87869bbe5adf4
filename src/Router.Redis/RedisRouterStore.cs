using System.Collections.Concurrent;
using RouterGen.Redis.Connections;
using RouterGen.Redis.Exchange;
using StackExchange.Redis;

namespace RouterGen;

/// <summary>
/// A server of the Redis protocol (Redis 6 or later, Valkey, Dragonfly, Garnet) as the store of fleets. An exchange is one script, by the server's clock. Nothing connects before the first exchange, a server that
/// is away is connected to as soon as it is there, and what it holds ends by itself. Thread-safe. <see cref="RouterFleet"/> disposes it.
/// </summary>
/// <remarks>
/// What it holds are limits, what was spent of budgets as far as a fleet must know it, cooldowns, and what people changed. Losing all of it loses no money that was counted: a ledger is elsewhere.
/// No exception and no log has the password. See docs/redis.md.
/// </remarks>
public sealed class RedisRouterStore : IRouterStore, IAsyncDisposable
{
    private readonly RedisConnection _connection;
    private readonly ConcurrentDictionary<string, Listening> _listening = new(StringComparer.Ordinal);

    /// <summary>Makes a store with connections of its own.</summary>
    /// <param name="address">
    /// A configuration of StackExchange.Redis (<c>host:6379,user=router,password=…,ssl=true</c>, https://stackexchange.github.io/StackExchange.Redis/Configuration), or a URL (<c>rediss://router:…@host:6379/0</c>).
    /// </param>
    /// <exception cref="ArgumentException">It cannot be read, or names no host.</exception>
    public RedisRouterStore(string address)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(address);
        _connection = new RedisConnection(RedisAddress.Read(address));
    }

    /// <summary>Makes a store that uses the program's own connections.</summary>
    /// <param name="connection">They, which are not disposed. Where commands wait for a server that is away (<see cref="BacklogPolicy"/>), so do exchanges.</param>
    public RedisRouterStore(IConnectionMultiplexer connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connection = new RedisConnection(connection);
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    /// <exception cref="IOException">The server cannot be reached, does not answer, or refuses it.</exception>
    public async ValueTask<StoreAnswer> ExchangeAsync(StoreReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        return await RunAsync(
            async connection =>
            {
                (StoreAnswer answer, bool isNews) = await ExchangeScript.RunAsync(connection.GetDatabase(), report).ConfigureAwait(false);
                _ = ListenAsync(connection, report.Fleet);
                if (isNews) _ = TellAsync(connection, report.Fleet);
                return answer;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The server cannot be reached, does not answer, or refuses it.</exception>
    public async ValueTask<IReadOnlyList<FleetInstance>> InstancesAsync(string fleet, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        var keys = new FleetKeys(fleet);
        return await RunAsync(
            async connection =>
            {
                IDatabase database = connection.GetDatabase();
                string[] ids = [.. (await database.SortedSetRangeByRankAsync(keys.Instances).ConfigureAwait(false)).Select(static id => id.ToString()).Order(StringComparer.Ordinal)];
                if (ids.Length == 0) return [];
                RedisValue[] texts = await database.StringGetAsync([.. ids.Select(keys.Instance)]).ConfigureAwait(false);
                return ids.Zip(texts).Where(static one => one.Second.HasValue).Select(static one => FleetKeys.Read(one.First, one.Second.ToString())).ToArray();
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns host and port of each server, without user and password.</summary>
    public override string ToString() => _connection.ToString();

    /// <summary>Closes the connections that are the store's own.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach ((string fleet, Listening listening) in _listening)
        {
            if (!listening.Has) continue;
            try
            {
                await listening.Connection.GetSubscriber().UnsubscribeAsync(new FleetKeys(fleet).Hints, Hint, CommandFlags.FireAndForget).ConfigureAwait(false);
            }
            catch (Exception exception) when (RedisFailures.Is(exception) || exception is ObjectDisposedException)
            {
                // It hears nothing anyway.
            }
        }

        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Whether hints of a fleet arrive.</summary>
    internal bool IsListening(string fleet) => _listening.TryGetValue(fleet, out Listening? listening) && listening.Has;

    private async Task<T> RunAsync<T>(Func<IConnectionMultiplexer, Task<T>> run, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IConnectionMultiplexer? connection = null;
        try
        {
            connection = await _connection.GetAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            T result = await run(connection).WaitAsync(cancellationToken).ConfigureAwait(false);
            _connection.NoteAnswer();
            return result;
        }
        catch (Exception exception) when (RedisFailures.Is(exception))
        {
            if (exception is RedisServerException) _connection.NoteAnswer();
            else if (exception is TimeoutException && connection is not null) _connection.NoteSilence(connection);
            throw RedisFailures.Explain(ToString(), exception);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            if (connection is not null) _connection.NoteSilence(connection);
            throw new OperationCanceledException($"Redis at {this} has not answered in time.", exception, cancellationToken);
        }
    }

    private static async Task TellAsync(IConnectionMultiplexer connection, string fleet)
    {
        try
        {
            await connection.GetSubscriber().PublishAsync(new FleetKeys(fleet).Hints, RedisValue.EmptyString).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisFailures.Is(exception) || exception is ObjectDisposedException)
        {
            // Polling finds it.
        }
    }

    private async Task ListenAsync(IConnectionMultiplexer connection, string fleet)
    {
        Listening listening = _listening.AddOrUpdate(fleet, Begin, (name, known) => known.Connection == connection ? known : Begin(name));
        try
        {
            await listening.Begun.Value.ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisFailures.Is(exception) || exception is ObjectDisposedException)
        {
            _listening.TryRemove(new(fleet, listening)); // The next exchange tries again; until then polling finds what is new.
        }

        Listening Begin(string name) => new(connection, new Lazy<Task>(() => connection.GetSubscriber().SubscribeAsync(new FleetKeys(name).Hints, Hint)));
    }

    private void Hint(RedisChannel channel, RedisValue value) => Changed?.Invoke();

    private sealed record Listening(IConnectionMultiplexer Connection, Lazy<Task> Begun)
    {
        public bool Has => Begun is { IsValueCreated: true, Value.IsCompletedSuccessfully: true };
    }
}
