using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What of a group can be changed at run time: as it was declared, until configuration says otherwise.</summary>
internal sealed class LiveGroupSettings(GroupDefinition definition)
{
    private volatile Overrides _overrides = new(null, null, null, null);

    /// <summary>The total deadline of a call.</summary>
    public TimeSpan Timeout => _overrides.Timeout ?? definition.Timeout;

    /// <summary>The longest that a call waits for deployments that have failed; null where it is not stated.</summary>
    public TimeSpan? MaxWait => _overrides.MaxWait ?? definition.MaxWait;

    /// <summary>The most attempts of one call; 0 where it is not stated.</summary>
    public int MaxAttempts => _overrides.MaxAttempts ?? definition.MaxAttempts;

    /// <summary>How a deployment is chosen, in place of what was declared or set by code; null where configuration does not say.</summary>
    public RoutingStrategy? Strategy => _overrides.Strategy;

    /// <summary>Replaces all overrides at once; null is as declared.</summary>
    public void Override(TimeSpan? timeout, TimeSpan? maxWait, int? maxAttempts, RoutingStrategy? strategy) =>
        _overrides = new Overrides(timeout, maxWait, maxAttempts, strategy);

    private sealed record Overrides(TimeSpan? Timeout, TimeSpan? MaxWait, int? MaxAttempts, RoutingStrategy? Strategy);
}
