using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// How one call is routed. Give it to a call (<see cref="ModelGroup"/> has overloads), or put it into
/// <see cref="ChatOptions.AdditionalProperties"/> under <see cref="PropertyName"/> where only <see cref="ChatOptions"/> get
/// through; it is never sent to a provider. Everything is optional. Not to be changed while a call uses it.
/// </summary>
public sealed class RoutingOptions
{
    /// <summary>The name of the property of <see cref="ChatOptions.AdditionalProperties"/> that carries routing options.</summary>
    public const string PropertyName = "routergen.routing";

    internal static readonly RoutingOptions None = new();

    /// <summary>How a deployment is chosen, instead of how the group says.</summary>
    public RoutingStrategy? Strategy { get; init; }

    /// <summary>The total deadline, instead of the group's; above zero.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The most attempts, instead of the group's; 1 or more.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>
    /// How often a deployment may be asked again after it failed in a certain way, for this call; 0 or more. Kinds that are
    /// not listed are treated as usual. A kind that is never retried at the same deployment stays so.
    /// </summary>
    public IReadOnlyDictionary<FailureKind, int>? Retries { get; init; }

    /// <summary>Whether only the group itself may answer, none of its fallback groups.</summary>
    public bool DisableFallbacks { get; init; }

    /// <summary>The name of the only deployment that may answer.</summary>
    public string? Deployment { get; init; }

    /// <summary>Marks that a deployment must bear; see <see cref="TagMatch"/>. Compared without regard to case.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whether a deployment must bear one of the <see cref="Tags"/> or all of them. Default: one.</summary>
    public TagMatch TagMatch { get; init; }

    /// <summary>Marks that a deployment must not bear.</summary>
    public IReadOnlyList<string> ExcludedTags { get; init; } = [];

    /// <summary>Where a deployment must be; compared without regard to case with its declared region.</summary>
    public string? Region { get; init; }

    /// <summary>Who goes first among the calls that wait for a deployment: the lowest. Default 0.</summary>
    public int Priority { get; init; }

    /// <summary>
    /// What calls have in common that should go to the same deployment: a conversation's or a user's id. Under
    /// <see cref="RoutingStrategy.Weighted"/> a user stays in an arm of an A/B test; the shares hold over all keys.
    /// </summary>
    public string? SessionKey { get; init; }

    /// <summary>
    /// Keys of the caller's own, by provider (<c>anthropic</c>): used for this call instead of the configured one, and sent
    /// to the deployments of that provider only.
    /// </summary>
    public IReadOnlyDictionary<string, string> ApiKeys { get; init; } = new Dictionary<string, string>();

    /// <summary>Anything that a <see cref="SelectionPolicy"/> of one's own wants to know of the call, such as the user's tier.</summary>
    public IReadOnlyDictionary<string, object?> Properties { get; init; } = new Dictionary<string, object?>();

    /// <summary>What the options of a call carry.</summary>
    internal static RoutingOptions Of(ChatOptions? options) =>
        options?.AdditionalProperties is { } extras && extras.TryGetValue(PropertyName, out object? value) && value is RoutingOptions routing ? routing : None;
}

/// <summary>How tags are compared.</summary>
public enum TagMatch
{
    /// <summary>A deployment must bear one of them.</summary>
    Any,

    /// <summary>A deployment must bear all of them.</summary>
    All,
}
