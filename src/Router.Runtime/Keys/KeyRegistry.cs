using System.Collections.Concurrent;

namespace RouterGen;

/// <summary>A key at the origin that it is sent to. It never prints itself.</summary>
internal readonly record struct KeyIdentity(string Origin, string Key)
{
    public override string ToString() => Origin;
}

/// <summary>
/// Which deployments of a router use the same key at the same origin. What one of them finds out about the key (it is
/// wrong, blocked, out of credit; it works again) holds for all of them.
/// </summary>
internal sealed class KeyRegistry
{
    private readonly ConcurrentDictionary<KeyIdentity, SharedKey> _keys = new();

    /// <summary>Adds a deployment to those that use its key.</summary>
    public SharedKey Join(KeyIdentity identity, IKeyUser user)
    {
        SharedKey key = _keys.GetOrAdd(identity, static _ => new SharedKey());
        key.Add(user);
        return key;
    }
}
