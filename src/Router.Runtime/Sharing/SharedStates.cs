namespace RouterGen;

/// <summary>Finds what deployments of a router share, whichever groups they are in.</summary>
internal sealed class SharedStates
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Uri Address, string? Key, (string Name, ServiceTier? Tier) Model), EndpointState> _endpoints = [];
    private readonly Dictionary<string, LimitGroup> _limits = new(StringComparer.Ordinal);
    private int _costly;

    /// <summary>Gets whether any endpoint has failed in a way that is costly to try again; most of the time none has.</summary>
    public bool AnyIsCostly => Volatile.Read(ref _costly) > 0;

    /// <summary>An endpoint has become costly to try again, or is so no longer.</summary>
    public void CountCostly(bool value) => Interlocked.Add(ref _costly, value ? 1 : -1);

    /// <summary>The state of an endpoint, key and model.</summary>
    /// <param name="address">Where requests go.</param>
    /// <param name="key">The key, or what is used in its place; null where there is none.</param>
    /// <param name="model">The model as the provider knows it, and the service tier that is asked for: one that is full says nothing of the others.</param>
    /// <param name="latencyTtl">How long a latency holds in the recent mean, in ticks.</param>
    public EndpointState Endpoint(Uri address, string? key, (string Name, ServiceTier? Tier) model, long latencyTtl)
    {
        lock (_gate)
        {
            if (_endpoints.TryGetValue((address, key, model), out EndpointState? known))
            {
                known.KeepLatencies(latencyTtl);
                return known;
            }

            var state = new EndpointState(latencyTtl);
            _endpoints.Add((address, key, model), state);
            return state;
        }
    }

    /// <summary>The limits of that name.</summary>
    public LimitGroup Limits(string name)
    {
        lock (_gate)
        {
            if (!_limits.TryGetValue(name, out LimitGroup? group)) _limits.Add(name, group = new LimitGroup());
            return group;
        }
    }
}
