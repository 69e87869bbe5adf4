using System.Globalization;

namespace RouterGen;

/// <summary>What happened to a deployment.</summary>
public enum DeploymentChangeKind
{
    /// <summary>It failed and is left alone for a while.</summary>
    CoolingDown,

    /// <summary>Its cooldown is over, and one call finds out for all whether it works again.</summary>
    Probing,

    /// <summary>It works again, and takes calls as before.</summary>
    Recovered,

    /// <summary>It takes no new calls; those under way go on.</summary>
    Draining,

    /// <summary>It was draining, and its last call has ended.</summary>
    Drained,

    /// <summary>It takes no calls at all; those under way go on.</summary>
    Disabled,

    /// <summary>It takes calls again.</summary>
    Enabled,

    /// <summary>Its weight, order or limits, its key or its endpoint are others than before.</summary>
    SettingsChanged,
}

/// <summary>A change of a deployment's state, as <see cref="RouterOptions.DeploymentChanged"/> gets it.</summary>
public readonly record struct DeploymentChange
{
    /// <summary>Gets the name of the group that the deployment serves.</summary>
    public required string Group { get; init; }

    /// <summary>Gets the deployment's name.</summary>
    public required string Deployment { get; init; }

    /// <summary>Gets what happened.</summary>
    public required DeploymentChangeKind Kind { get; init; }

    /// <summary>Gets how long it cools down, as far as is known now; zero where it does not.</summary>
    public TimeSpan Cooldown { get; init; }

    /// <summary>Gets how long it took no calls but probes, where it has recovered; else zero.</summary>
    public TimeSpan Outage { get; init; }

    /// <summary>Gets why it cools down, where it does; else <see cref="FailureKind.None"/>.</summary>
    public FailureKind Cause { get; init; }

    /// <summary>One line for logs: <c>chat: anthropic/claude-haiku-4-5 CoolingDown for 20 s after RateLimited</c>.</summary>
    public override string ToString()
    {
        string details = Kind switch
        {
            DeploymentChangeKind.CoolingDown => string.Create(CultureInfo.InvariantCulture, $" for {Cooldown.TotalSeconds:0.#} s after {Cause}"),
            DeploymentChangeKind.Recovered => string.Create(CultureInfo.InvariantCulture, $" after {Outage.TotalSeconds:0.#} s"),
            _ => "",
        };
        return $"{Group}: {Deployment} {Kind}{details}";
    }
}
