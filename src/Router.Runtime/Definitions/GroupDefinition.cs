using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>All that was declared of a model group; immutable. Emitted by the generator.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GroupDefinition
{
    /// <summary>Gets the group's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the group's deployments, in the order of their declaration; at least one.</summary>
    public required DeploymentDefinition[] Deployments { get; init; }

    /// <summary>Gets the most attempts of one call; 0 is one for each deployment and two more.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>Gets how often a call may ask deployments again that have failed it; null is as often as there may be attempts.</summary>
    public int? MaxRetries { get; init; }

    /// <summary>Gets the pause before a deployment is asked again by the same call, the first time; it doubles.</summary>
    public TimeSpan RetryBackoff { get; init; } = TimeSpan.FromSeconds(GroupProperties.DefaultRetryBackoffSeconds);

    /// <summary>Gets the longest of these pauses; no shorter than the first.</summary>
    public TimeSpan MaxRetryBackoff { get; init; } = TimeSpan.FromSeconds(GroupProperties.DefaultMaxRetryBackoffSeconds);

    /// <summary>Gets the longest time for which a deployment is left alone because its provider asks for it.</summary>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(GroupProperties.DefaultMaxRetryAfterSeconds);

    /// <summary>Gets the total deadline of a call.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(GroupProperties.DefaultTimeoutSeconds);

    /// <summary>Gets the longest that a call waits for deployments that have failed; null is the default, which does not hold for rate limits.</summary>
    public TimeSpan? MaxWait { get; init; }

    /// <summary>Gets the longest non-streaming attempt; zero is half of what is left while another deployment could answer.</summary>
    public TimeSpan AttemptTimeout { get; init; }

    /// <summary>Gets the longest time for a new connection, where the transport is the router's.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(GroupProperties.DefaultConnectTimeoutSeconds);

    /// <summary>Gets the longest wait for a stream's first content; zero is about twice what it lately took while another deployment could answer.</summary>
    public TimeSpan FirstTokenTimeout { get; init; }

    /// <summary>Gets the longest silence within a stream.</summary>
    public TimeSpan StreamIdleTimeout { get; init; } = TimeSpan.FromSeconds(GroupProperties.DefaultStreamIdleTimeoutSeconds);

    /// <summary>Gets the largest answer that is read whole, in bytes.</summary>
    public int MaxAnswerBytes { get; init; } = GroupProperties.DefaultMaxAnswerBytes;

    /// <summary>Gets how long a failed deployment cools; zero is the growing default.</summary>
    public TimeSpan Cooldown { get; init; }

    /// <summary>Gets the failures in a row before a deployment cools.</summary>
    public int AllowedFails { get; init; }

    /// <summary>Gets how a deployment is chosen.</summary>
    public RoutingStrategy Strategy { get; init; }

    /// <summary>Gets how long a measured latency holds.</summary>
    public TimeSpan LatencyTtl { get; init; } = TimeSpan.FromSeconds(GroupProperties.DefaultLatencyTtlSeconds);

    /// <summary>Gets how much slower than the fastest a deployment may be to share its calls, as a fraction.</summary>
    public double LatencyTolerance { get; init; }

    /// <summary>Gets whether latencies are measured in the background.</summary>
    public bool LatencyProbes { get; init; }

    /// <summary>Gets what the group may spend in USD in a period; null is unlimited.</summary>
    public decimal? Budget { get; init; }

    /// <summary>Gets what <see cref="Budget"/> is for.</summary>
    public BudgetPeriod BudgetPeriod { get; init; } = GroupProperties.DefaultBudgetPeriod;

    /// <summary>Gets the largest fraction of calls that are hedged; 0 is no hedging.</summary>
    public double HedgeLimit { get; init; }

    /// <summary>Gets the time without a first content after which a call is hedged; zero is what most calls took lately.</summary>
    public TimeSpan HedgeDelay { get; init; }

    /// <summary>Gets whether calls with the same long beginning keep to the same deployment.</summary>
    public bool PromptCacheAffinity { get; init; }

    /// <summary>Gets how many numbers the vectors of an embedding group have; 0 where their models decide.</summary>
    public int Dimensions { get; init; }

    /// <summary>Gets whether embedding models that differ may answer in each other's place.</summary>
    public bool AllowDifferentModels { get; init; }

    /// <summary>Gets how many calls may wait at once.</summary>
    public int MaxQueueLength { get; init; } = GroupProperties.DefaultMaxQueueLength;
}
