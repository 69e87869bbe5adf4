using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>
/// The last update of a stream: it carries how the answer came about, and the usage where the provider reported it. Its
/// <see cref="ChatResponseUpdate.RawRepresentation"/> is itself, so that what wraps it keeps its route.
/// </summary>
public class RoutedResponseUpdate : ChatResponseUpdate
{
    private readonly RouteSummary _route;

    internal RoutedResponseUpdate(RouteSummary route) => (_route, RawRepresentation) = (route, this);

    /// <summary>Makes a last update by hand, for tests of code that reads streams.</summary>
    public RoutedResponseUpdate(string modelUsed, decimal? cost = null, TimeSpan duration = default, TimeSpan? timeToFirstToken = null, IReadOnlyList<Attempt>? attempts = null) =>
        (_route, RawRepresentation) = (RouteSummary.Stated(modelUsed, cost, duration, attempts, timeToFirstToken), this);

    /// <summary>Gets the usage of the stream, for its cost.</summary>
    internal UsageDetails? Usage { get; init; }

    /// <summary>Gets how the stream came about.</summary>
    internal RouteSummary Route => _route;

    /// <summary>Gets how a structured answer was asked for; null where any answer was one.</summary>
    internal AnswerMechanism? Mechanism { get; init; }

    /// <summary>Gets the provider and model that answered, for example <c>openai/gpt-4o-mini</c>.</summary>
    public string ModelUsed => _route.ModelUsed;

    /// <summary>Gets the name of the deployment that answered.</summary>
    public string Deployment => _route.Deployment;

    /// <summary>Gets what the stream cost in USD; null where no price is known or the provider reported no usage. For several streams together see <see cref="CallOptionsExtensions.GetCost"/>.</summary>
    public decimal? Cost => _route.CostOf(Usage);

    /// <summary>Gets how long the whole call took, failed attempts, waits and the consumer's own time included.</summary>
    public TimeSpan Duration => _route.Duration;

    /// <summary>Gets the time from the start of the answering attempt to its first content; null where there was none.</summary>
    public TimeSpan? TimeToFirstToken => _route.TimeToFirstToken;

    /// <summary>Gets whether the answer came out of a cache: no deployment was asked, and it cost nothing.</summary>
    public bool FromCache => _route.FromCache;

    /// <summary>Gets all attempts of the call in order; the last one answered.</summary>
    public IReadOnlyList<Attempt> Attempts => _route.Attempts;
}
