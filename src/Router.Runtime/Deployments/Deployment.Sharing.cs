using RouterGen.Infrastructure;

namespace RouterGen;

// What it shares with other deployments of the router: the state of its endpoint with those that have the same endpoint, key
// and model, and declared limits with those of the same LimitGroup. Most share nothing, and pay a comparison or two for it.
// And with the other instances of a fleet: limits, budgets, long cooldowns, and what people change.
public sealed partial class Deployment
{
    private static readonly TimeSpan ShortestTold = TimeSpan.FromSeconds(1); // What is over sooner is over before others know.

    void ISharer.Invalidate() => Table.Invalidate(Index);

    void ISharer.Wake() => _queue?.Changed();

    void ISharer.AnnounceCooldown(TimeSpan cooldown)
    {
        RouterLog.CoolingDown(_context.Logger, Group, Name, cooldown.TotalSeconds);
        Announce(DeploymentChangeKind.CoolingDown, cooldown: cooldown);
    }

    void ISharer.AnnounceRecovery(TimeSpan outage)
    {
        RouterLog.Recovered(_context.Logger, Group, Name, outage.TotalSeconds);
        Announce(DeploymentChangeKind.Recovered, outage: outage);
    }

    void ISharer.AnnounceProbe() => Announce(DeploymentChangeKind.Probing);

    /// <summary>Something has changed at the endpoint: to be told behind it.</summary>
    private void InvalidateEndpoint()
    {
        Table.Invalidate(Index);
        _endpoint.Sharers.Invalidate(except: this);
    }

    /// <summary>Tells the others with which it shares something that a call has come or gone. Its own table knows.</summary>
    private void InvalidateOthers()
    {
        _endpoint.Sharers.Invalidate(except: this);
        _limits?.Sharers.Invalidate(except: this);
    }

    /// <summary>Lets calls have their turn that wait for it, or for others with which it shares something.</summary>
    private void WakeAll()
    {
        _queue?.Changed();
        _endpoint.Sharers.Wake(except: this);
        _limits?.Sharers.Wake(except: this);
    }

    /// <summary>
    /// Announces a change of the breaker once for each deployment that it concerns, in the name of its own group. A deployment
    /// that may be asked again at once does not cool down.
    /// </summary>
    private void AnnounceToSharers(BreakerChange change, long now)
    {
        if (change is BreakerChange.None) return;
        if (change is BreakerChange.Closed)
        {
            TimeSpan outage = _endpoint.EndOutage(now);
            foreach (ISharer sharer in _endpoint.Sharers.All) sharer.AnnounceRecovery(outage);
            return;
        }

        var cooldown = new TimeSpan(Breakers.CoolUntil - now);
        if (cooldown <= TimeSpan.Zero) return;
        _endpoint.BeginOutage(now);
        foreach (ISharer sharer in _endpoint.Sharers.All) sharer.AnnounceCooldown(cooldown);
    }

    /// <summary>Begins with the limits that hold in its <see cref="LimitGroup"/>: the first deployment states them.</summary>
    private void JoinLimits()
    {
        if (_limits is null) return;
        lock (_limits.Changing)
        {
            if (_limits.Sharers.All is [Deployment first, ..]) _settings = _settings.WithLimitsOf(first._settings);
            _limits.Sharers.Join(this);
        }
    }

    /// <summary>Replaces the settings; shared limits are replaced in all deployments that share them.</summary>
    private DeploymentSettings Replace<T>(T argument, Func<DeploymentSettings, T, DeploymentSettings> change, out DeploymentSettings after)
    {
        if (_limits is null) return ReplaceOwn(argument, change, out after);
        lock (_limits.Changing)
        {
            DeploymentSettings before = ReplaceOwn(argument, change, out after);
            if (after.WithLimitsOf(before) == after) return before;
            foreach (ISharer sharer in _limits.Sharers.All)
            {
                if (sharer is Deployment other && other != this) other.ReplaceOwn(after, static (settings, limits) => settings.WithLimitsOf(limits), out _);
            }

            return before;
        }
    }

    /// <summary>The limits that it shares were changed here: that holds for the others, too.</summary>
    private void AnnounceSharedLimits()
    {
        _limits!.Sharers.Wake(except: this);
        foreach (ISharer sharer in _limits.Sharers.All)
        {
            if (sharer is Deployment other && other != this) other.AnnounceControl(DeploymentChangeKind.SettingsChanged);
        }
    }

    private DeploymentSettings ReplaceOwn<T>(T argument, Func<DeploymentSettings, T, DeploymentSettings> change, out DeploymentSettings after)
    {
        DeploymentSettings before;
        do
        {
            before = _settings;
            after = change(before, argument);
        }
        while (!ReferenceEquals(Interlocked.CompareExchange(ref _settings, after, before), before)); // != would compare values

        return before;
    }

    private string FleetScope => FleetScopes.Of(Group, Name);

    private FleetLimits? ShareOfLimits() => _context.Fleet is { } fleet && !IsShadow
        ? _limits is null
            ? new FleetLimits(fleet, FleetScope, () => InFlight, Replenished)
            : new FleetLimits(fleet, FleetScopes.OfLimits(Definition.LimitGroup!), () => _limits.InFlight, Replenished)
        : null;

    private void Replenished()
    {
        Table.Invalidate(Index);
        InvalidateOthers();
        WakeAll();
    }

    /// <summary>Begins with what the fleet knows of its endpoint, and as people left it.</summary>
    private void JoinFleet()
    {
        if (_context.Fleet is not { } fleet || IsShadow) return;
        fleet.Join(FleetScope, (IFleetDeployment)this);
        JoinFleetEndpoint();
    }

    private void JoinFleetEndpoint()
    {
        if (FleetEndpoint is { } endpoint) _context.Fleet!.Join(endpoint, (IFleetEndpoint)this);
    }

    /// <summary>Gets the endpoint, key and model by which it shares cooldowns; null where it shares none.</summary>
    private string? FleetEndpoint => _context.Fleet is not null && !IsShadow && Credentials.Address is { } address
        ? FleetScopes.OfEndpoint(address, Credentials.SharingIdentity(Definition), Model, Definition.Codec.Profile.ServiceTier)
        : null;

    /// <summary>
    /// Tells the fleet of a cooldown that holds for all: the provider asked for it, or nothing but a person ends it. An instance that merely cannot reach a provider says nothing of the others' networks.
    /// </summary>
    private void TellFleet(AttemptFailure failure, TimeSpan cooldown, long now)
    {
        if (cooldown < ShortestTold || FleetEndpoint is not { } endpoint) return;
        if (failure.RetryAfter is null && FailureRule.For(failure.Kind).Effect is not (HealthEffect.CoolAsAsked or HealthEffect.CoolLong)) return;
        _context.Fleet!.Tell(new SharedCooldown(endpoint, cooldown, failure.Kind, failure.StatusCode), now + cooldown.Ticks);
    }

    void IFleetEndpoint.Follow(SharedCooldown cooldown, string scope, long until)
    {
        long now = _context.Clock.Now;
        if (scope != FleetEndpoint || until <= now || Breakers.CoolUntil >= until) return; // Not its endpoint any more, or its own finding.
        var failure = new AttemptFailure(cooldown.Cause, "Another instance of the fleet was told so.") { StatusCode = cooldown.StatusCode };
        BreakerChange change = Breakers.Fail(FailureRule.For(cooldown.Cause).DependsOnKey, failure, until, Probes.None, now);
        InvalidateEndpoint();
        AnnounceToSharers(change, now);
    }

    void IFleetDeployment.Follow(SharedControl control)
    {
        Change(
            (State: ServiceStates.Parse(control.State), control.Weight, _context.Clock.Now),
            static (settings, told) => settings.In(told.State ?? settings.State, told.Now) with { Weight = told.Weight is { } weight && IsWeight(weight) ? weight : settings.Weight });
    }
}
