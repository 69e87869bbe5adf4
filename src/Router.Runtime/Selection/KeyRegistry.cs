using System.Collections.Concurrent;
using RouterGen.Infrastructure;

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
    /// <returns>Null where it has none, and for a shadow: calls are to notice nothing of it.</returns>
    public SharedKey? Join(Deployment deployment)
    {
        if (deployment.IsShadow || deployment.Credentials.Identity is not { } identity) return null;
        SharedKey key = _keys.GetOrAdd(identity, static _ => new SharedKey());
        key.Add(deployment);
        return key;
    }
}

/// <summary>A key, and the deployments that use it: one of those that share an <see cref="EndpointState"/>, which speaks for all of them.</summary>
internal sealed class SharedKey
{
    private readonly Lock _gate = new();
    private Deployment[] _users = [];
    private AttemptFailure? _failure; // why the key is not used; null while it works, as far as is known
    private long _coolUntil;

    /// <summary>Adds a deployment; of a key that cools down it cools down as well.</summary>
    public void Add(Deployment deployment)
    {
        AttemptFailure? failure;
        long until;
        lock (_gate)
        {
            if (!Array.Exists(_users, deployment.SharesEndpointWith)) _users = [.. _users, deployment];
            (failure, until) = (_failure, _coolUntil);
        }

        if (failure is not null) deployment.CoolWithKey(failure, until);
    }

    /// <summary>A deployment has found out that the key does not work: the others need not find out one by one.</summary>
    public void Fail(Deployment finder, AttemptFailure failure, long coolUntil)
    {
        foreach (Deployment user in Note(failure, coolUntil))
        {
            if (!user.SharesEndpointWith(finder)) user.AnnounceKey(user.CoolWithKey(failure, coolUntil));
        }
    }

    /// <summary>A deployment has found out that the key works: those that cool down for the key alone need not probe.</summary>
    public void Recover(Deployment finder)
    {
        foreach (Deployment user in Note(null, 0))
        {
            if (!user.SharesEndpointWith(finder)) user.AnnounceKey(user.FreeWithKey());
        }
    }

    private Deployment[] Note(AttemptFailure? failure, long coolUntil)
    {
        lock (_gate)
        {
            (_failure, _coolUntil) = (failure, coolUntil);
            return _users;
        }
    }
}
