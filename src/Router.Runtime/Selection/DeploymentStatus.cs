namespace RouterGen;

/// <summary>Whether a deployment takes calls.</summary>
public enum DeploymentHealth
{
    /// <summary>It does.</summary>
    Healthy,

    /// <summary>It failed and is left alone for a while.</summary>
    CoolingDown,

    /// <summary>Its cooldown is over, and one call finds out for the others whether it works again.</summary>
    Probing,

    /// <summary>Its key or endpoint is missing or malformed.</summary>
    NotConfigured,
}

/// <summary>A deployment's state at one moment.</summary>
public readonly record struct DeploymentStatus
{
    /// <summary>The deployment's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it takes calls.</summary>
    public required DeploymentHealth Health { get; init; }

    /// <summary>Calls under way, streams included.</summary>
    public required int InFlight { get; init; }

    /// <summary>Failures since its last success.</summary>
    public required int FailuresInARow { get; init; }

    /// <summary>How much of its cooldown is left.</summary>
    public required TimeSpan CooldownRemaining { get; init; }

    /// <summary>How often its latency was measured in the background; these requests are no calls.</summary>
    public long LatencyProbes { get; init; }

    /// <summary>What these measurements cost in USD, as far as prices are known and the provider counted tokens.</summary>
    public decimal LatencyProbeCost { get; init; }

    /// <summary>Why it is not configured; null where it is. Names variables, never values.</summary>
    public string? Problem { get; init; }
}
