namespace RouterGen.Gateway.Keys;

/// <summary>
/// Finds the customers that requests name as their end users. Most names are of no customer: that is known of so many of them at a time, and looked at again after a while. Thread-safe.
/// </summary>
/// <param name="options">How keys are checked, and customers.</param>
/// <param name="loader">Reads customers.</param>
/// <param name="time">The clock.</param>
internal sealed class CustomerRegistry(GatewayKeyOptions options, GrantLoader loader, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1); // between two questions to a store that fails

    private readonly KeyCache _cache = new(options.MaxCachedKeys);
    private readonly StorePatience _patience = new(time);

    /// <summary>Returns what a customer is good for; null for a name that is no customer's, or of which nothing is known while the store cannot be reached, or is slow.</summary>
    /// <param name="id">The customer.</param>
    /// <param name="now">The time.</param>
    public ValueTask<KeyGrant?> FindAsync(string id, DateTimeOffset now)
    {
        if (KeyHash.Of(id) is not { } hash || _cache.IsWrong(hash, now)) return default;
        if (_cache.Find(hash) is not { } known) return new(FindAsync(id, new KnownKey(hash), now));
        known.LastUsed = now;
        return known.Fresh(now) is { } customer ? new(customer) : new(FindAsync(id, known, now));
    }

    /// <summary>Has everything looked at again, because accounts have changed.</summary>
    public void Expire() => _cache.Expire();

    private async Task<KeyGrant?> FindAsync(string id, KnownKey known, DateTimeOffset now)
    {
        Task<(KeyGrant? Customer, bool IsKnown)> loading = LoadAsync(id, known, now);
        if (await _patience.EndsSoonAsync(loading).ConfigureAwait(false))
        {
            (KeyGrant? customer, bool isKnown) = await loading.ConfigureAwait(false);
            if (isKnown) return customer;
        }

        // Those who are no customers must not fail, or wait, with the store.
        if (known.Stale(now, options.OutageWindow) is not { } stale)
        {
            _cache.NoteWrong(known.Hash, now + Pause);
            return null;
        }

        known.Postpone(now + Pause);
        return stale;
    }

    // It never throws, since a request may not wait for it. KeyRegistry logs what is wrong with the store.
    private async Task<(KeyGrant? Customer, bool IsKnown)> LoadAsync(string id, KnownKey known, DateTimeOffset now)
    {
        try
        {
            KeyGrant? customer = await known.LoadAsync(_ => loader.LoadCustomerAsync(id), now, options.CacheLifetime).ConfigureAwait(false);
            _patience.Note(hasAnswered: true);
            if (customer is null)
            {
                _cache.Remove(known.Hash);
                _cache.NoteWrong(known.Hash, now + options.CacheLifetime);
                return (null, true);
            }

            known.LastUsed = now;
            _cache.Add(known);
            return (customer, true);
        }
        catch (Exception)
        {
            _patience.Note(hasAnswered: false);
            return default;
        }
    }
}
