namespace RouterGen.Gateway.Keys;

/// <summary>
/// Finds the customers that requests name as their end users. Most names are of no customer: that is known of so many of them at a time, and looked at again after a while. Thread-safe.
/// </summary>
/// <param name="options">How keys are checked, and customers.</param>
/// <param name="loader">Reads customers.</param>
internal sealed class CustomerRegistry(GatewayKeyOptions options, GrantLoader loader)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1); // between two questions to a store that fails

    private readonly KeyCache _cache = new(options.MaxCachedKeys);

    /// <summary>Returns what a customer is good for; null for a name that is no customer's, or of which nothing is known while the store cannot be reached.</summary>
    /// <param name="id">The customer.</param>
    /// <param name="now">The time.</param>
    public ValueTask<KeyGrant?> FindAsync(string id, DateTimeOffset now)
    {
        if (KeyHash.Of(id) is not { } hash || _cache.IsWrong(hash, now)) return default;
        if (_cache.Find(hash) is not { } known) return new(LoadAsync(id, new KnownKey(hash), now));
        known.LastUsed = now;
        return known.Fresh(now) is { } customer ? new(customer) : new(LoadAsync(id, known, now));
    }

    /// <summary>Has everything looked at again, because accounts have changed.</summary>
    public void Expire() => _cache.Expire();

    private async Task<KeyGrant?> LoadAsync(string id, KnownKey known, DateTimeOffset now)
    {
        try
        {
            KeyGrant? customer = await known.LoadAsync(_ => loader.LoadCustomerAsync(id), now, options.CacheLifetime).ConfigureAwait(false);
            if (customer is null)
            {
                _cache.Remove(known.Hash);
                _cache.NoteWrong(known.Hash, now + options.CacheLifetime);
                return null;
            }

            known.LastUsed = now;
            _cache.Add(known);
            return customer;
        }
        catch (Exception)
        {
            // KeyRegistry has logged it, or does when it asks next. Those who are no customers must not fail with the store.
            if (known.Stale(now, options.OutageWindow) is not { } stale)
            {
                _cache.NoteWrong(known.Hash, now + Pause);
                return null;
            }

            known.Postpone(now + Pause);
            return stale;
        }
    }
}
