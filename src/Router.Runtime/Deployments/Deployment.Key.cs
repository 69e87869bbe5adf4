using RouterGen.Infrastructure;

namespace RouterGen;

// What is found out about the key, here and at the deployments that share it.
public sealed partial class Deployment
{
    private readonly SharedKey? _key;

    EndpointState IKeyUser.Endpoint => _endpoint;

    /// <summary>The key does not work: cools down, without having failed itself.</summary>
    BreakerChange IKeyUser.CoolWithKey(AttemptFailure failure, long until)
    {
        Volatile.Write(ref _endpoint.KeyCoolsUntil, until);
        BreakerChange change = Breakers.CoolKey(failure, until);
        _endpoint.BeginOutage(_context.Clock.Now);
        InvalidateEndpoint();
        return change;
    }

    /// <summary>The key works again: ends the cooldown, where it was the key's alone.</summary>
    BreakerChange IKeyUser.FreeWithKey()
    {
        long until = Interlocked.Exchange(ref _endpoint.KeyCoolsUntil, 0);
        if (until == 0) return BreakerChange.None;
        BreakerChange change = Breakers.ReleaseKey(until);
        InvalidateEndpoint();
        return change;
    }

    /// <summary>Announces what another deployment found out about the key.</summary>
    void IKeyUser.AnnounceKey(BreakerChange change)
    {
        WakeAll();
        AnnounceToSharers(change, _context.Clock.Now);
    }

    /// <summary>Tells the deployments with the same key what an outcome here says about it.</summary>
    private void ShareKey(AttemptFailure? failure, BreakerChange change, TimeSpan cooldown, in Lease lease, long now)
    {
        if (_key is null || lease.IsCallersKey) return;
        if (failure is { Scope: FailureScope.Key } && cooldown > TimeSpan.Zero)
        {
            long until = now + cooldown.Ticks;
            Volatile.Write(ref _endpoint.KeyCoolsUntil, until);
            _key.Fail(failure, until);
        }
        else if (change is BreakerChange.Closed && Volatile.Read(ref _endpoint.KeyCoolsUntil) != 0)
        {
            _key.Recover();
        }
    }
}
