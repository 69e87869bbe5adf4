using RouterGen.Infrastructure;

namespace RouterGen;

/// <summary>What of a group can be changed at run time: as it was declared, until configuration says otherwise.</summary>
internal sealed class LiveGroupSettings(GroupDefinition definition)
{
    private volatile Dictionary<string, double>? _overrides;

    /// <summary>Gets the total deadline of a call.</summary>
    public TimeSpan Timeout => Time("TimeoutSeconds", definition.Timeout);

    /// <summary>Gets the longest that a call waits for deployments that have failed; null where it is not stated.</summary>
    public TimeSpan? MaxWait => Overridden("MaxWaitSeconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : definition.MaxWait;

    /// <summary>Gets the most attempts of one call; 0 where it is not stated.</summary>
    public int MaxAttempts => (int?)Overridden("MaxAttempts") ?? definition.MaxAttempts;

    /// <summary>Gets how often a call may ask deployments again that have failed it; null where it is not stated.</summary>
    public int? MaxRetries => (int?)Overridden("MaxRetries") ?? definition.MaxRetries;

    /// <summary>Gets the pause before a deployment is asked again by the same call, the first time.</summary>
    public TimeSpan RetryBackoff => Time("RetryBackoffSeconds", definition.RetryBackoff);

    /// <summary>Gets the longest of these pauses.</summary>
    public TimeSpan MaxRetryBackoff => Time("MaxRetryBackoffSeconds", definition.MaxRetryBackoff);

    /// <summary>Gets the longest time for which a deployment is left alone because its provider asks for it.</summary>
    public TimeSpan MaxRetryAfter => Time("MaxRetryAfterSeconds", definition.MaxRetryAfter);

    /// <summary>Gets the longest non-streaming attempt; zero where it is not stated.</summary>
    public TimeSpan AttemptTimeout => Time("AttemptTimeoutSeconds", definition.AttemptTimeout);

    /// <summary>Gets the longest wait for a stream's first content; zero where it is not stated.</summary>
    public TimeSpan FirstTokenTimeout => Time("FirstTokenTimeoutSeconds", definition.FirstTokenTimeout);

    /// <summary>Gets the longest silence within a stream.</summary>
    public TimeSpan StreamIdleTimeout => Time("StreamIdleTimeoutSeconds", definition.StreamIdleTimeout);

    /// <summary>Gets the longest time for a new connection.</summary>
    public TimeSpan ConnectTimeout => Time("ConnectTimeoutSeconds", definition.ConnectTimeout);

    /// <summary>Gets the largest answer that is read whole, in bytes.</summary>
    public int MaxAnswerBytes => (int?)Overridden("MaxAnswerBytes") ?? definition.MaxAnswerBytes;

    /// <summary>Gets how long a failed deployment cools; zero is the growing default.</summary>
    public TimeSpan Cooldown => Time("CooldownSeconds", definition.Cooldown);

    /// <summary>Gets the failures in a row before a deployment cools.</summary>
    public int AllowedFails => (int?)Overridden("AllowedFails") ?? definition.AllowedFails;

    /// <summary>Gets the time without a first content after which a call is hedged; zero where it is measured.</summary>
    public TimeSpan HedgeDelay => Time("HedgeDelaySeconds", definition.HedgeDelay);

    /// <summary>Gets how a deployment is chosen, in place of what was declared or set by code; null where configuration does not say.</summary>
    public RoutingStrategy? Strategy => (RoutingStrategy?)(int?)Overridden("Strategy");

    /// <summary>Replaces all overrides at once, by property; what is not there is as declared.</summary>
    public void Override(Dictionary<string, double> values) => _overrides = values.Count == 0 ? null : values;

    private TimeSpan Time(string property, TimeSpan declared) => Overridden(property) is { } seconds ? TimeSpan.FromSeconds(seconds) : declared;

    private double? Overridden(string property) => _overrides is { } values && values.TryGetValue(property, out double value) ? value : null;
}
