namespace RouterGen;

/// <summary>The leases of a deployment's limits, or of those of a limit group: made when there is a limit, which may be at any time.</summary>
/// <param name="fleet">The fleet.</param>
/// <param name="scope">The deployment, or the limit group.</param>
/// <param name="underWay">Returns the calls under way.</param>
/// <param name="replenished">Called when there is more of a limit.</param>
internal sealed class FleetLimits(RouterFleet fleet, string scope, Func<int> underWay, Action replenished)
{
    private RateLease? _requests;
    private RateLease? _tokens;
    private PlaceLease? _places;

    /// <summary>The lease of the limit of requests a minute.</summary>
    public RateLease Requests(int perMinute) => Rate(ref _requests, "/rpm", perMinute);

    /// <summary>The lease of the limit of tokens a minute.</summary>
    public RateLease Tokens(int perMinute) => Rate(ref _tokens, "/tpm", perMinute);

    /// <summary>The lease of the limit of calls in flight.</summary>
    public PlaceLease Places(int most)
    {
        if (_places is null)
        {
            _places = fleet.PlaceLeaseOf(scope + "/parallel", most);
            _places.Join(underWay);
            _places.Replenished += replenished;
        }

        _places.Most = most;
        return _places;
    }

    private RateLease Rate(ref RateLease? lease, string kind, int perMinute)
    {
        if (lease is null)
        {
            lease = fleet.Rate(scope + kind, perMinute);
            lease.Replenished += replenished;
        }

        lease.PerMinute = perMinute;
        return lease;
    }
}
