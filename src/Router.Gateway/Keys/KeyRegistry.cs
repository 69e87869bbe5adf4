using Microsoft.Extensions.Logging;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Keys;

/// <summary>
/// Finds what keys are good for: in memory, or in the store. While the store cannot be reached, keys that are known stay good for a while, and no request with one waits for it: a look at the store goes on
/// beside the requests when it takes longer than a moment. Thread-safe.
/// </summary>
/// <param name="options">How keys are checked.</param>
/// <param name="ledger">What accounts use.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failures of the store are logged.</param>
internal sealed partial class KeyRegistry(GatewayKeyOptions options, AccountLedger ledger, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan WrongLifetime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1); // between two questions to a store that fails

    private readonly KeyCache _cache = new(options.MaxCachedKeys);
    private readonly GrantLoader _loader = new(options, ledger, time);
    private readonly StorePatience _patience = new(time);
    private volatile bool _isFailing;
    private CustomerRegistry? _customers;

    /// <summary>Gets the customers that keys' clients name.</summary>
    public CustomerRegistry Customers => _customers ?? LazyInitializer.EnsureInitialized(ref _customers, () => new CustomerRegistry(options, _loader, time));

    /// <summary>Returns what a key is good for where that is known, without a look at the store; null otherwise.</summary>
    public KeyGrant? FindKnown(in KeyHash hash, DateTimeOffset now)
    {
        if (_cache.Find(hash) is not { } known) return null;
        known.LastUsed = now;
        return known.Fresh(now);
    }

    /// <summary>Returns whether a key is known, or was when it was last looked at.</summary>
    public bool WasKnown(in KeyHash hash) => _cache.Find(hash) is not null;

    /// <summary>Returns whether a key is known to be wrong.</summary>
    public bool IsWrong(in KeyHash hash, DateTimeOffset now) => _cache.IsWrong(hash, now);

    /// <summary>Notes that a key is wrong; false where that was known.</summary>
    public bool NoteWrong(in KeyHash hash, DateTimeOffset now) => _cache.NoteWrong(hash, now + (options.CacheLifetime < WrongLifetime ? options.CacheLifetime : WrongLifetime));

    /// <summary>Has everything looked at again, because accounts have changed.</summary>
    public void Expire()
    {
        _cache.Expire();
        Customers.Expire();
    }

    /// <summary>Finds what a key is good for.</summary>
    /// <returns>The grant, or null and no error for a key that there is none of, or the error of a store that cannot be reached.</returns>
    public async ValueTask<(KeyGrant? Grant, GatewayError? Error)> FindAsync(KeyHash hash, DateTimeOffset now)
    {
        KnownKey known = _cache.Find(hash) ?? new KnownKey(hash);
        KeyGrant? stale = Stale(known, now);
        bool isChanged = known.IsExpired; // By this instance, a moment ago, so that the store can be reached.
        Task<(KeyGrant? Grant, bool IsKnown)> loading = LoadAsync(known, now);
        if (stale is not null && !isChanged && !await _patience.EndsSoonAsync(loading).ConfigureAwait(false))
        {
            known.Postpone(now + Pause);
            return (stale, null);
        }

        (KeyGrant? grant, bool isKnown) = await loading.ConfigureAwait(false);
        if (isKnown) return (grant, null);
        if (stale is null) return (null, Unavailable());
        known.Postpone(now + Pause);
        return (stale, null);
    }

    // What spent others while the store is away is not known, so that a key with a budget may be refused sooner.
    private KeyGrant? Stale(KnownKey known, DateTimeOffset now)
    {
        if (known.Stale(now, options.OutageWindow) is not { } stale) return null;
        return options.BudgetOutageWindow < options.OutageWindow && Array.Exists(stale.Levels, static level => level.HasBudget) ? known.Stale(now, options.BudgetOutageWindow) : stale;
    }

    // Asks the store, unless something does so already; it never throws, since a request may not wait for it.
    private async Task<(KeyGrant? Grant, bool IsKnown)> LoadAsync(KnownKey known, DateTimeOffset now)
    {
        try
        {
            KeyGrant? grant = await known.LoadAsync(_loader.LoadKeyAsync, now, options.CacheLifetime).ConfigureAwait(false);
            if (_isFailing) NoteRecovered();
            _patience.Note(hasAnswered: true);
            if (grant is null)
            {
                _cache.Remove(known.Hash);
                return (null, true);
            }

            known.LastUsed = now;
            _cache.Add(known);
            return (grant, true);
        }
        catch (Exception exception)
        {
            if (!_isFailing) LogFailed(logger, exception.GetType().Name, exception.Message);
            _isFailing = true;
            _patience.Note(hasAnswered: false);
            return default;
        }
    }

    private static GatewayError Unavailable() => new(503, ErrorReason.Overloaded, "Keys cannot be checked at the moment: their store cannot be reached.") { RetryAfter = TimeSpan.FromSeconds(5), Code = "key_store_unavailable" };

    private void NoteRecovered()
    {
        _isFailing = false;
        LogRecovered(logger);
    }

    [LoggerMessage(130, LogLevel.Error, "The store of keys cannot be reached; keys that are known stay good for a while: {Exception}: {Message}")]
    private static partial void LogFailed(ILogger logger, string exception, string message);

    [LoggerMessage(131, LogLevel.Information, "The store of keys can be reached again")]
    private static partial void LogRecovered(ILogger logger);
}
