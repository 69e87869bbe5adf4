using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RouterGen.Caching;

namespace RouterGen;

/// <summary>
/// A cache of answers, for <see cref="RouterOptions.Cache"/>: the same question in the same group is answered without a deployment being asked. Only whole answers are kept: no failure,
/// no refusal, nothing that a filter or a limit cut. Calls with the same question that come while it is asked wait for its answer; where that fails, the next one asks. A cache that fails or hangs is
/// logged, and calls go on without it. Thread-safe.
/// </summary>
public sealed partial class AnswerCache : IChatCache
{
    private static readonly JsonTypeInfo<ChatResponse> Json = (JsonTypeInfo<ChatResponse>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatResponse));

    private readonly IAnswerBytes _bytes;
    private readonly AnswerCacheOptions _settings;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Flight> _flights = new(StringComparer.Ordinal);
    private int _isFailing;

    /// <summary>Makes a cache over a distributed one, such as Redis, with the usual settings.</summary>
    /// <param name="cache">Where answers are kept. It is not disposed.</param>
    public AnswerCache(IDistributedCache cache) : this(cache, new AnswerCacheOptions())
    {
    }

    /// <summary>Makes a cache over a distributed one, such as Redis.</summary>
    /// <param name="cache">Where answers are kept. It is not disposed.</param>
    /// <param name="settings">How answers are cached.</param>
    public AnswerCache(IDistributedCache cache, AnswerCacheOptions settings) : this(new DistributedBytes(NotNull(cache)), settings)
    {
    }

    /// <summary>Makes a cache over a hybrid one, in this process and behind it in the cache that processes share, with the usual settings.</summary>
    /// <param name="cache">Where answers are kept. It is not disposed.</param>
    public AnswerCache(HybridCache cache) : this(cache, new AnswerCacheOptions())
    {
    }

    /// <summary>Makes a cache over a hybrid one: in this process, and behind it in the cache that processes share.</summary>
    /// <param name="cache">Where answers are kept. It is not disposed.</param>
    /// <param name="settings">How answers are cached.</param>
    public AnswerCache(HybridCache cache, AnswerCacheOptions settings) : this(new HybridBytes(NotNull(cache)), settings)
    {
    }

    private AnswerCache(IAnswerBytes bytes, AnswerCacheOptions settings)
    {
        _bytes = bytes;
        _settings = NotNull(settings);
        _logger = settings.LoggerFactory?.CreateLogger("RouterGen.Caching") ?? NullLogger.Instance;
    }

    /// <inheritdoc/>
    public async ValueTask<IChatCachePlace?> FindAsync(ChatCacheCall call, CancellationToken cancellationToken)
    {
        if (CacheKey.Of(call, _settings) is not { } key) return null;
        while (true)
        {
            Flight flight;
            bool isOurs = false;
            lock (_gate)
            {
                if (!_flights.TryGetValue(key, out flight!))
                {
                    _flights.Add(key, flight = new Flight());
                    isOurs = true;
                }
            }

            if (isOurs) return await BeginAsync(key, flight, cancellationToken).ConfigureAwait(false);
            if (await flight.Task.WaitAsync(cancellationToken).ConfigureAwait(false) is { } bytes && Read(bytes) is { } shared) return new Place(shared);
        }
    }

    private async ValueTask<IChatCachePlace> BeginAsync(string key, Flight flight, CancellationToken cancellationToken)
    {
        try
        {
            byte[]? bytes = await TryAsync("read", timeout => _bytes.GetAsync(key, timeout), cancellationToken).ConfigureAwait(false);
            if (bytes is null || Read(bytes) is not { } answer) return new Place(this, key, flight);
            Land(key, flight, bytes);
            return new Place(answer);
        }
        catch
        {
            Land(key, flight, null);
            throw;
        }
    }

    private void Land(string key, Flight flight, byte[]? bytes)
    {
        lock (_gate) _flights.Remove(key);
        flight.TrySetResult(bytes);
    }

    /// <summary>What is not an answer, such as one that another version wrote, is as if it were not there.</summary>
    private static ChatResponse? Read(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, Json);
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            return null;
        }
    }

    private byte[]? Write(ChatResponse answer)
    {
        try
        {
            byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(answer, Json);
            return bytes.Length <= _settings.MaxAnswerBytes ? bytes : null;
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            LogNotWritten(_logger, exception.GetType().Name);
            return null;
        }
    }

    /// <summary>Asks the underlying cache, for as long as calls wait for it. What it throws is logged once, until it works again.</summary>
    private async ValueTask<byte[]?> TryAsync(string what, Func<CancellationToken, ValueTask<byte[]?>> useAsync, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // A cache may ignore the token: it is left to itself then.
            byte[]? bytes = await useAsync(over.Token).AsTask().WaitAsync(_settings.Timeout, _settings.TimeProvider, cancellationToken).ConfigureAwait(false);
            if (Interlocked.Exchange(ref _isFailing, 0) == 1) LogRecovered(_logger);
            return bytes;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            await over.CancelAsync().ConfigureAwait(false);
            if (Interlocked.Exchange(ref _isFailing, 1) == 0) LogFailed(_logger, what, exception.GetType().Name);
            return null;
        }
    }

    private static T NotNull<T>(T value) where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        return value;
    }

    [LoggerMessage(60, LogLevel.Warning, "The cache of answers fails on {What}, and calls go on without it: {Exception}")]
    private static partial void LogFailed(ILogger logger, string what, string exception);

    [LoggerMessage(61, LogLevel.Information, "The cache of answers works again")]
    private static partial void LogRecovered(ILogger logger);

    [LoggerMessage(62, LogLevel.Debug, "An answer is not cached, since it cannot be written as JSON: {Exception}")]
    private static partial void LogNotWritten(ILogger logger, string exception);

    /// <summary>A question that is being asked; its result is the answer as bytes, null where there is none.</summary>
    private sealed class Flight() : TaskCompletionSource<byte[]?>(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Place : IChatCachePlace
    {
        private readonly AnswerCache? _cache;
        private readonly string _key = "";
        private Flight? _flight;

        public Place(ChatResponse answer) => Answer = answer;

        public Place(AnswerCache cache, string key, Flight flight) => (_cache, _key, _flight) = (cache, key, flight);

        public ChatResponse? Answer { get; }

        public async ValueTask KeepAsync(ChatResponse answer)
        {
            if (_cache is not { } cache || _flight is not { } flight || cache.Write(answer) is not { } bytes) return;
            _flight = null;
            cache.Land(_key, flight, bytes); // Those that wait need not wait for the cache.
            await cache.TryAsync("write", async token =>
            {
                await cache._bytes.SetAsync(_key, bytes, cache._settings.Expiration, token).ConfigureAwait(false);
                return null;
            }, CancellationToken.None).ConfigureAwait(false);
        }

        public ValueTask DisposeAsync()
        {
            if (_flight is { } flight) _cache!.Land(_key, flight, null);
            _flight = null;
            return default;
        }
    }
}
