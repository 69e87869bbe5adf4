namespace RouterGen;

/// <summary>
/// Declares a model group on a partial class: a name, and the deployments (<see cref="DeploymentAttribute"/>)
/// that can serve it. The generator adds an accessor for the group to the class: <c>"claude-fast"</c>
/// becomes <c>ClaudeFast</c>.
/// </summary>
/// <param name="name">The group's name. Any non-empty text; unique within the class.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ModelGroupAttribute(string name) : Attribute
{
    /// <summary>The group's name.</summary>
    public string Name { get; } = name;

    /// <summary>
    /// Names of groups of the same class that are tried, in this order, when no deployment of this group can answer.
    /// Each is visited once in a call.
    /// </summary>
    public string[] Fallbacks { get; set; } = [];

    /// <summary>Groups that are tried when the request exceeds the context window of this group's deployments.</summary>
    public string[] ContextWindowFallbacks { get; set; } = [];

    /// <summary>Groups that are tried when a provider's content filter refuses the request.</summary>
    public string[] ContentPolicyFallbacks { get; set; } = [];

    /// <summary>
    /// The most attempts that one call may make, over all deployments and fallback groups; 1 or more.
    /// Unset: each deployment once, and then two more.
    /// </summary>
    public int MaxAttempts { get; set; }

    /// <summary>The total deadline of a call in seconds, over all its attempts and waits, to its last byte; for a stream the consumer's own time included. Default 600.</summary>
    public double TimeoutSeconds { get; set; } = 600;

    /// <summary>
    /// The longest time in seconds that one attempt of a non-streaming call may take. Unset: half of what is left of
    /// the total deadline while another deployment could still answer, else all of it.
    /// </summary>
    public double AttemptTimeoutSeconds { get; set; }

    /// <summary>
    /// The longest time in seconds from the start of a streaming attempt to its first content. Unset: 60, or half of what
    /// is left of the total deadline if that is less, while another deployment could still answer, else all of it.
    /// </summary>
    public double FirstTokenTimeoutSeconds { get; set; }

    /// <summary>The longest silence in seconds within a stream after its first content. Default 60.</summary>
    public double StreamIdleTimeoutSeconds { get; set; } = 60;

    /// <summary>
    /// How long in seconds a deployment is left alone after it failed, where the provider does not say.
    /// Unset: 0.2 s after the first failure, doubling from 0.5 s to 30 s with each further one in a row, jittered.
    /// </summary>
    public double CooldownSeconds { get; set; }

    /// <summary>How many failures in a row a deployment may have before it cools down. Default 0: it cools at the first.</summary>
    public int AllowedFails { get; set; }
}
