using System.Net;
using StackExchange.Redis;

namespace RouterGen.Redis.Connections;

/// <summary>
/// A connection that is made when it is first used, and anew where that failed, or where it brings no answers: a network that swallows everything ends no connection. Or one of the program's own. Thread-safe.
/// </summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    private const int Patience = 2; // exchanges in a row without an answer

    private readonly ConfigurationOptions? _options;
    private readonly IConnectionMultiplexer? _given;
    private readonly Lock _gate = new();
    private Task<ConnectionMultiplexer>? _connecting;
    private int _unanswered;
    private bool _isDisposed;

    /// <summary>Makes one of its own.</summary>
    public RedisConnection(ConfigurationOptions options) => _options = options;

    /// <summary>Takes one of the program's, which is not disposed.</summary>
    public RedisConnection(IConnectionMultiplexer given) => _given = given;

    /// <summary>Returns it. A server that is away is no failure yet: it is connected to as soon as it is there.</summary>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    /// <exception cref="RedisConnectionException">No Sentinel says where the server is.</exception>
    public async Task<IConnectionMultiplexer> GetAsync()
    {
        Task<ConnectionMultiplexer> connecting;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_given is not null) return _given;
            if (_connecting is null or { IsFaulted: true } or { IsCanceled: true }) _connecting = ConnectionMultiplexer.ConnectAsync(_options!);
            connecting = _connecting;
        }

        return await connecting.ConfigureAwait(false);
    }

    /// <summary>Notes that a server has answered, whatever it says.</summary>
    public void NoteAnswer() => Volatile.Write(ref _unanswered, 0);

    /// <summary>Notes that no answer came in time; after some in a row the next use connects anew.</summary>
    /// <param name="connection">What was used.</param>
    public void NoteSilence(IConnectionMultiplexer connection)
    {
        lock (_gate)
        {
            if (_connecting is not { IsCompletedSuccessfully: true } current || current.Result != connection || ++_unanswered < Patience) return;
            _unanswered = 0;
            _connecting = null;
        }

        _ = CloseAsync(connection);
    }

    /// <summary>Returns host and port of each server, without user and password.</summary>
    public override string ToString() => string.Join(", ", (_given?.GetEndPoints(configuredOnly: true) ?? [.. _options!.EndPoints]).Select(static one => one is DnsEndPoint { Host: var host, Port: var port } ? $"{host}:{port}" : one.ToString()));

    public async ValueTask DisposeAsync()
    {
        Task<ConnectionMultiplexer>? connecting;
        lock (_gate)
        {
            _isDisposed = true;
            connecting = _connecting;
        }

        if (connecting is null) return;
        try
        {
            await CloseAsync(await connecting.ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (RedisException)
        {
            // There is none.
        }
    }

    private static async Task CloseAsync(IConnectionMultiplexer connection)
    {
        try
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            // It is closed all the same.
        }
    }
}
