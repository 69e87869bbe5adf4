using System.ComponentModel;

namespace RouterGen.Infrastructure;

/// <summary>All that was declared of a model group; immutable. Emitted by the generator.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GroupDefinition
{
    /// <summary>The group's name.</summary>
    public required string Name { get; init; }

    /// <summary>The group's deployments, in the order of their declaration; at least one.</summary>
    public required DeploymentDefinition[] Deployments { get; init; }

    /// <summary>The most attempts of one call; 0 is one for each deployment and two more.</summary>
    public int MaxAttempts { get; init; }

    /// <summary>The total deadline of a call.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(600);

    /// <summary>The longest non-streaming attempt; zero is half of what is left while another deployment could answer.</summary>
    public TimeSpan AttemptTimeout { get; init; }

    /// <summary>The longest wait for a stream's first content; zero is a minute while another deployment could answer.</summary>
    public TimeSpan FirstTokenTimeout { get; init; }

    /// <summary>The longest silence within a stream.</summary>
    public TimeSpan StreamIdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a failed deployment cools; zero is the growing default.</summary>
    public TimeSpan Cooldown { get; init; }

    /// <summary>Failures in a row before a deployment cools.</summary>
    public int AllowedFails { get; init; }
}
