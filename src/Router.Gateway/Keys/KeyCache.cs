using System.Collections.Concurrent;

namespace RouterGen.Gateway.Keys;

/// <summary>
/// The keys that are known, and those that are known to be wrong, so that the store is asked once for each in a while. Both have a limit: keys that were not used for the longest time are
/// forgotten, and wrong ones all at once, so that guessing forgets no good key. Thread-safe.
/// </summary>
/// <param name="most">The most keys.</param>
internal sealed class KeyCache(int most)
{
    private const int MostWrong = 10_000;

    private readonly ConcurrentDictionary<KeyHash, KnownKey> _known = new();
    private readonly ConcurrentDictionary<KeyHash, DateTimeOffset> _wrong = new();
    private readonly Lock _evicting = new();

    /// <summary>Returns what is known of a key; null for nothing.</summary>
    public KnownKey? Find(in KeyHash hash) => _known.TryGetValue(hash, out KnownKey? known) && KeyHash.FixedTimeEquals(known.Hash, hash) ? known : null;

    /// <summary>Returns what is known of a key, of which nothing was known so far.</summary>
    public KnownKey Add(KnownKey key)
    {
        KnownKey known = _known.GetOrAdd(key.Hash, key);
        if (_known.Count > most) Evict();
        return known;
    }

    /// <summary>Forgets a key.</summary>
    public void Remove(in KeyHash hash) => _known.TryRemove(hash, out _);

    /// <summary>Returns whether a key is known to be wrong.</summary>
    public bool IsWrong(in KeyHash hash, DateTimeOffset now) => _wrong.TryGetValue(hash, out DateTimeOffset until) && now < until;

    /// <summary>Notes that a key is wrong.</summary>
    /// <returns>False where that was known.</returns>
    public bool NoteWrong(in KeyHash hash, DateTimeOffset until)
    {
        if (_wrong.Count >= MostWrong) _wrong.Clear();
        bool isNew = !_wrong.ContainsKey(hash);
        _wrong[hash] = until;
        return isNew;
    }

    /// <summary>Forgets wrong keys, of which one may have been made by now, and has what is known of all others looked at again.</summary>
    public void Expire()
    {
        _wrong.Clear();
        foreach (KnownKey known in _known.Values) known.Expire();
    }

    // An eighth at a time, so that what a look at all of them costs is spread over those that come.
    private void Evict()
    {
        lock (_evicting)
        {
            int excess = _known.Count - most;
            if (excess <= 0) return;
            foreach (KnownKey known in _known.Values.OrderBy(static known => known.LastUsed).Take(excess + (most / 8)).ToArray()) _known.TryRemove(known.Hash, out _);
        }
    }
}
