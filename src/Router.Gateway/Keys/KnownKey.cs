namespace RouterGen.Gateway.Keys;

/// <summary>What is known of a key, and since when. Thread-safe.</summary>
/// <param name="hash">The key's hash.</param>
internal sealed class KnownKey(KeyHash hash)
{
    private readonly Lock _gate = new();
    private Snapshot? _snapshot;
    private Task<KeyGrant?>? _loading;
    private int _expired;

    /// <summary>Gets the key's hash.</summary>
    public KeyHash Hash => hash;

    /// <summary>Gets when the key was last used.</summary>
    public DateTimeOffset LastUsed { get; set; }

    /// <summary>Has the key looked at again at its next use.</summary>
    public void Expire() => Interlocked.Increment(ref _expired);

    /// <summary>Gets whether the key is to be looked at again because accounts have changed, and was not since.</summary>
    public bool IsExpired => Volatile.Read(ref _snapshot) is { } snapshot && snapshot.Expired != Volatile.Read(ref _expired);

    /// <summary>Returns what the key is good for, if that is known well enough; null where the store must be asked.</summary>
    public KeyGrant? Fresh(DateTimeOffset now) => Volatile.Read(ref _snapshot) is { } snapshot && now < snapshot.FreshUntil && snapshot.Expired == Volatile.Read(ref _expired) ? snapshot.Grant : null;

    /// <summary>Returns what the key was good for when the store could be asked the last time; null where that is too long ago.</summary>
    public KeyGrant? Stale(DateTimeOffset now, TimeSpan window) => Volatile.Read(ref _snapshot) is { } snapshot && now < snapshot.KnownUntil + window ? snapshot.Grant : null;

    /// <summary>Keeps using what is known, for a moment in which the store is not asked again.</summary>
    /// <param name="until">The end of that moment.</param>
    public void Postpone(DateTimeOffset until)
    {
        lock (_gate)
        {
            if (_snapshot is { } snapshot) Volatile.Write(ref _snapshot, snapshot with { FreshUntil = until, Expired = Volatile.Read(ref _expired) });
        }
    }

    /// <summary>Asks the store, unless something does so already.</summary>
    /// <param name="load">Asks the store; null for a key that there is none of.</param>
    /// <param name="now">The time.</param>
    /// <param name="lifetime">How long the answer holds.</param>
    public Task<KeyGrant?> LoadAsync(Func<KeyHash, Task<KeyGrant?>> load, DateTimeOffset now, TimeSpan lifetime)
    {
        lock (_gate)
        {
            if (_loading is { IsCompleted: false }) return _loading;
            return _loading = RunAsync(load, now, lifetime);
        }
    }

    private async Task<KeyGrant?> RunAsync(Func<KeyHash, Task<KeyGrant?>> load, DateTimeOffset now, TimeSpan lifetime)
    {
        int expired = Volatile.Read(ref _expired); // What changes while the store is asked is asked for again.
        KeyGrant? grant = await load(hash).ConfigureAwait(false);
        Volatile.Write(ref _snapshot, grant is null ? null : new Snapshot(grant, now + lifetime, now + lifetime, expired));
        return grant;
    }

    // KnownUntil is the end of the lifetime of what the store answered, from which the time of an outage counts.
    private sealed record Snapshot(KeyGrant Grant, DateTimeOffset FreshUntil, DateTimeOffset KnownUntil, int Expired);
}
