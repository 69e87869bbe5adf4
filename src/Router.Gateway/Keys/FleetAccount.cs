namespace RouterGen.Gateway.Keys;

/// <summary>The limits of an account that all instances of a fleet keep together. Thread-safe.</summary>
internal sealed class FleetAccount
{
    private readonly AccountLimits _limits;
    private readonly FleetQuota? _requests;
    private readonly FleetQuota? _tokens;
    private readonly FleetPlaces? _places;

    private FleetAccount(RouterFleet fleet, string name, AccountLimits limits)
    {
        _limits = limits;
        if (limits.Requests is > 0 and { } requests) _requests = fleet.Quota(name + "/rpm", requests, BudgetPeriod.Minute);
        if (limits.Tokens is > 0 and { } tokens) _tokens = fleet.Quota(name + "/tpm", tokens, BudgetPeriod.Minute);
        if (limits.Parallel is > 0 and { } places) _places = fleet.Places(name + "/parallel", (int)Math.Min(places, int.MaxValue));
    }

    /// <summary>Returns those of an account; null where there is no fleet.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="kind">The kind of account.</param>
    /// <param name="id">What its use is counted under.</param>
    /// <param name="limits">Its limits.</param>
    public static FleetAccount? Of(RouterFleet? fleet, AccountKind kind, string id, AccountLimits limits) =>
        fleet is null ? null : new FleetAccount(fleet, FormattableString.Invariant($"account/{kind}/{id}"), limits);

    /// <summary>Lets a request in, if no limit is reached.</summary>
    /// <param name="reservedTokens">The tokens that requests under way here may use.</param>
    /// <returns>Null, or the limit that is reached.</returns>
    public LimitReached? TryEnter(long reservedTokens)
    {
        if (_tokens is { } tokens && (tokens.IsUsedUp || tokens.Used + reservedTokens >= tokens.Cap)) return LimitReached.Rate(_limits, tokens.Cap, "tokens", Wait(tokens));
        if (_places is { } places && !places.TryTake()) return LimitReached.Parallel(_limits, _limits.Parallel!.Value);
        if (_requests is not { } requests || requests.TryUse(1)) return null;
        _places?.Return();
        return LimitReached.Rate(_limits, requests.Cap, "requests", Wait(requests));
    }

    /// <summary>Takes back what a request entered that another account refused.</summary>
    public void Undo()
    {
        _requests?.Adjust(-1);
        _places?.Return();
    }

    /// <summary>Lets requests go.</summary>
    public void Free(long requests)
    {
        for (long i = 0; i < requests; i++) _places?.Return();
    }

    /// <summary>Takes the places of requests that are under way already.</summary>
    public void Occupy(long requests)
    {
        for (long i = 0; i < requests; i++) _places?.Take();
    }

    /// <summary>Counts the tokens that a request used.</summary>
    public void Add(long tokens)
    {
        if (tokens > 0) _tokens?.Adjust(tokens);
    }

    // What is reserved here may come back sooner than the minute ends.
    private static TimeSpan Wait(FleetQuota quota) => quota.ReturnsIn is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1);
}
