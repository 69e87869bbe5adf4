using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>A key, and the deployments that use it: one of those that share an <see cref="EndpointState"/>, which speaks for all of them.</summary>
internal sealed class SharedKey
{
    private readonly Lock _gate = new();
    private IKeyUser[] _users = [];
    private AttemptFailure? _failure; // why the key is not used; null while it works, as far as is known
    private long _coolUntil;

    /// <summary>Adds a deployment; of a key that cools down it cools down as well.</summary>
    public void Add(IKeyUser user)
    {
        lock (_gate)
        {
            if (!Array.Exists(_users, other => other.Endpoint == user.Endpoint)) _users = [.. _users, user];
            if (_failure is not null) user.CoolWithKey(_failure, _coolUntil);
        }
    }

    /// <summary>Removes a deployment, which uses another key from now on.</summary>
    public void Remove(IKeyUser user)
    {
        lock (_gate) _users = Array.FindAll(_users, other => other.Endpoint != user.Endpoint);
    }

    /// <summary>A deployment has found out that the key does not work: the others need not find out one by one.</summary>
    public void Fail(AttemptFailure failure, long coolUntil) => Follow(failure, coolUntil);

    /// <summary>A deployment has found out that the key works: those that cool down for the key alone need not probe.</summary>
    public void Recover() => Follow(null, 0);

    /// <summary>
    /// Lets all deployments follow a verdict, also the one that found it: it may have followed another verdict in the meantime.
    /// They follow it under the lock, so that of two verdicts at the same time all follow the last one.
    /// </summary>
    private void Follow(AttemptFailure? failure, long coolUntil)
    {
        IKeyUser[] users;
        BreakerChange[] changes;
        lock (_gate)
        {
            (_failure, _coolUntil) = (failure, coolUntil);
            users = _users;
            changes = Array.ConvertAll(users, user => failure is null ? user.FreeWithKey() : user.CoolWithKey(failure, coolUntil));
        }

        for (int i = 0; i < users.Length; i++) users[i].AnnounceKey(changes[i]);
    }
}
