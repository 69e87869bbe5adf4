using RouterGen.Infrastructure;

namespace RouterGen;

// What is found out about the key, here and at the deployments that share it, and the change to another key.
public sealed partial class Deployment
{
    private volatile Credentials _credentials;
    private volatile SharedKey? _key;

    /// <summary>
    /// Looks key, headers and endpoint up again. What is new is used by the next call, and what was known against the old is forgotten; calls
    /// under way go on with the old. Not to be called by two threads at once.
    /// </summary>
    internal void RenewCredentials()
    {
        Credentials before = _credentials;
        Credentials renewed = before.Renew(Definition, _context.Platforms, _context.Clients, Group);
        if (ReferenceEquals(renewed, before)) return;
        _credentials = renewed;
        _key?.Remove(this);
        ForgetKey(isElsewhere: renewed.Address != before.Address);
        _key = JoinKey();
        JoinFleetEndpoint();
        if (renewed.Problem is { } problem) RouterLog.NotConfigured(_context.Logger, Group, Name, problem);
        AnnounceControl(DeploymentChangeKind.SettingsChanged);
    }

    /// <summary>Ends the cooldowns that the key brought about which was used until now.</summary>
    /// <param name="isElsewhere">Whether the endpoint is another one, too.</param>
    internal void ForgetKey(bool isElsewhere = false)
    {
        Volatile.Write(ref _endpoint.KeyCoolsUntil, 0);
        BreakerChange change = Breakers.Forget(isElsewhere);
        if (isElsewhere) SetCostly(false);
        InvalidateEndpoint();
        WakeAll();
        AnnounceToSharers(change, _context.Clock.Now);
    }

    // Calls are to notice nothing of a shadow.
    private SharedKey? JoinKey() => !IsShadow && Credentials.Identity is { } identity ? _context.Keys.Join(identity, this) : null;

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
        if (_key is not { } key || lease.SaysNothingOfKey) return;
        if (failure is { Scope: FailureScope.Key } && cooldown > TimeSpan.Zero)
        {
            long until = now + cooldown.Ticks;
            Volatile.Write(ref _endpoint.KeyCoolsUntil, until);
            key.Fail(failure, until);
        }
        else if (change is BreakerChange.Closed && Volatile.Read(ref _endpoint.KeyCoolsUntil) != 0)
        {
            key.Recover();
        }
    }
}
