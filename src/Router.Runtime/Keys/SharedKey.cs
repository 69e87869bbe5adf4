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
        AttemptFailure? failure;
        long until;
        lock (_gate)
        {
            if (!Array.Exists(_users, other => other.Endpoint == user.Endpoint)) _users = [.. _users, user];
            (failure, until) = (_failure, _coolUntil);
        }

        if (failure is not null) user.CoolWithKey(failure, until);
    }

    /// <summary>A deployment has found out that the key does not work: the others need not find out one by one.</summary>
    public void Fail(IKeyUser finder, AttemptFailure failure, long coolUntil)
    {
        foreach (IKeyUser user in Note(failure, coolUntil))
        {
            if (user.Endpoint != finder.Endpoint) user.AnnounceKey(user.CoolWithKey(failure, coolUntil));
        }
    }

    /// <summary>A deployment has found out that the key works: those that cool down for the key alone need not probe.</summary>
    public void Recover(IKeyUser finder)
    {
        foreach (IKeyUser user in Note(null, 0))
        {
            if (user.Endpoint != finder.Endpoint) user.AnnounceKey(user.FreeWithKey());
        }
    }

    private IKeyUser[] Note(AttemptFailure? failure, long coolUntil)
    {
        lock (_gate)
        {
            (_failure, _coolUntil) = (failure, coolUntil);
            return _users;
        }
    }
}
