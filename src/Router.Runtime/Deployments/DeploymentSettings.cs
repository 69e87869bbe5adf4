using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>Whether a deployment is in service.</summary>
internal enum ServiceState
{
    /// <summary>It takes calls.</summary>
    Enabled,

    /// <summary>It takes only calls that name it, and for a while its sessions.</summary>
    Draining,

    /// <summary>It takes none.</summary>
    Disabled,
}

/// <summary>What states are called where instances of a fleet tell each other of them.</summary>
internal static class ServiceStates
{
    /// <summary>The name of a state.</summary>
    public static string NameOf(ServiceState state) => state switch
    {
        ServiceState.Draining => "draining",
        ServiceState.Disabled => "disabled",
        _ => "enabled",
    };

    /// <summary>The state of that name; null for a name that only a later version has.</summary>
    public static ServiceState? Parse(string? name) => name switch
    {
        "enabled" => ServiceState.Enabled,
        "draining" => ServiceState.Draining,
        "disabled" => ServiceState.Disabled,
        _ => null,
    };
}

/// <summary>
/// What of a deployment can be changed at run time. Immutable: a change replaces the whole, so that a reader sees
/// either all of a change or nothing of it.
/// </summary>
internal sealed record DeploymentSettings
{
    // Sessions go on coming, also new ones with the same place among them: a drain that waits for the last would have no end.
    private const long SessionsStay = 10 * TimeSpan.TicksPerMinute;

    public ServiceState State { get; init; }

    /// <summary>Gets since when it drains, in ticks of the router's clock; ignored where it does not drain.</summary>
    public long DrainingSince { get; init; }

    public double Weight { get; init; }

    public int Order { get; init; }

    /// <summary>Gets the calls in flight at once; 0 is unlimited.</summary>
    public int MaxConcurrency
    {
        get;
        init
        {
            field = value;
            ConcurrencyOfACall = value > 0 ? 1f / value : 0;
        }
    }

    /// <summary>Gets what one call takes of <see cref="MaxConcurrency"/>, as a fraction; 0 where it is unlimited.</summary>
    public float ConcurrencyOfACall { get; private init; }

    /// <summary>Gets this instance's places of a limit of calls in flight that a fleet shares; null where there is no fleet, or no limit.</summary>
    public PlaceLease? Places { get; init; }

    /// <summary>How many calls may be in flight at once; 0 is unlimited.</summary>
    public int ConcurrencyAt(long now) => Places is null ? MaxConcurrency : Places.PlacesAt(now);

    /// <summary>Gets the limit of requests; null is unlimited.</summary>
    public RateLimit? Requests { get; private init; }

    /// <summary>Gets the limit of tokens; null is unlimited.</summary>
    public RateLimit? Tokens { get; private init; }

    /// <summary>Whether it drains, and still takes the sessions that belong to it.</summary>
    public bool TakesSessions(long now) => State is ServiceState.Draining && now - DrainingSince < SessionsStay;

    /// <summary>In another state. What drains already has done so since then.</summary>
    public DeploymentSettings In(ServiceState state, long now) => state == State ? this : this with { State = state, DrainingSince = now };

    /// <summary>How much of its limits is left: 1 is all, 0 is nothing.</summary>
    public double HeadroomAt(long now) =>
        Math.Min(Requests is null ? 1 : Requests.HeadroomAt(now), Tokens is null ? 1 : Tokens.HeadroomAt(now));

    /// <summary>Gets what of its limits a fleet shares; null where there is no fleet.</summary>
    public FleetLimits? Fleet { get; private init; }

    /// <summary>As it was declared.</summary>
    /// <param name="definition">What was declared.</param>
    /// <param name="fleet">What of its limits a fleet shares; null where there is no fleet.</param>
    public static DeploymentSettings Of(DeploymentDefinition definition, FleetLimits? fleet = null) => new DeploymentSettings
    {
        Fleet = fleet,
        Weight = definition.Weight,
        Order = definition.Order,
        Requests = Limit(null, definition.Rpm, now: 0, fleet is null ? null : fleet.Requests),
        Tokens = Limit(null, definition.Tpm, now: 0, fleet is null ? null : fleet.Tokens),
    }.WithConcurrency(definition.MaxConcurrency);

    /// <summary>With other limits, of which as much is used up as of those before; 0 is unlimited.</summary>
    public DeploymentSettings WithRates(int rpm, int tpm, long now) =>
        this with { Requests = Limit(Requests, rpm, now, Fleet is null ? null : Fleet.Requests), Tokens = Limit(Tokens, tpm, now, Fleet is null ? null : Fleet.Tokens) };

    /// <summary>With another limit of calls in flight; 0 is unlimited.</summary>
    public DeploymentSettings WithConcurrency(int most) => this with { MaxConcurrency = most, Places = most > 0 ? Fleet?.Places(most) : null };

    /// <summary>With the limits of another deployment, which are the same buckets then.</summary>
    public DeploymentSettings WithLimitsOf(DeploymentSettings other) =>
        this with { Requests = other.Requests, Tokens = other.Tokens, MaxConcurrency = other.MaxConcurrency, Places = other.Places };

    /// <summary>Whether calls take of the same buckets under both settings.</summary>
    public bool HasLimitsOf(DeploymentSettings other) => Requests == other.Requests && Tokens == other.Tokens;

    /// <summary>Gives back what a call took that is not made.</summary>
    public void GiveBack(int tokens, long now)
    {
        Requests?.Adjust(-1, now);
        Tokens?.Adjust(-tokens, now);
    }

    private static RateLimit? Limit(RateLimit? before, int perMinute, long now, Func<int, RateLease>? share) =>
        perMinute <= 0 ? null
        : before is null ? new RateLimit(perMinute, share?.Invoke(perMinute))
        : before.PerMinute == perMinute ? before
        : before.Changed(perMinute, now);
}
