using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What of a group can be changed at run time: as it was declared, until configuration says otherwise.</summary>
internal sealed class LiveGroupSettings(GroupDefinition definition)
{
    private volatile Dictionary<string, double>? _overrides;

    /// <summary>Gets the total deadline of a call.</summary>
    public TimeSpan Timeout => Overridden("TimeoutSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : definition.Timeout;

    /// <summary>Gets the longest that a call waits for deployments that have failed; null where it is not stated.</summary>
    public TimeSpan? MaxWait => Overridden("MaxWaitSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : definition.MaxWait;

    /// <summary>Gets the most attempts of one call; 0 where it is not stated.</summary>
    public int MaxAttempts => (int?)Overridden("MaxAttempts") ?? definition.MaxAttempts;

    /// <summary>Gets how a deployment is chosen, in place of what was declared or set by code; null where configuration does not say.</summary>
    public RoutingStrategy? Strategy => (RoutingStrategy?)(int?)Overridden("Strategy");

    /// <summary>Replaces all overrides at once, by property; what is not there is as declared.</summary>
    public void Override(Dictionary<string, double> values) => _overrides = values.Count == 0 ? null : values;

    private double? Overridden(string property) => _overrides is { } values && values.TryGetValue(property, out double value) ? value : null;
}
