using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>An answer of another kind of call than chat, and how it came about.</summary>
public abstract class RoutedAnswer : ICallAnswer
{
    private protected RoutedAnswer()
    {
    }

    /// <summary>
    /// Gets what was counted: tokens, or the pieces that the model is paid by (<see cref="UsageCounts"/>), over all batches of a call; null where the
    /// provider did not say.
    /// </summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Gets the provider and model that answered, for example <c>openai/gpt-image-2</c>; of several batches, the first one's.</summary>
    public string ModelUsed => Route.ModelUsed;

    /// <summary>Gets the name of the deployment that answered; of several batches, the first one's.</summary>
    public string Deployment => Route.Deployment;

    /// <summary>Gets what it cost in USD, over all batches, 0 for what is free; null where no price is known, or the provider did not report what the price is for.</summary>
    public decimal? Cost => Route.CostOf(Usage);

    /// <summary>Gets how long the whole call took, failed attempts and waits included.</summary>
    public TimeSpan Duration => Route.Duration;

    /// <summary>Gets all attempts of the call in order, batch by batch; the last one answered.</summary>
    public IReadOnlyList<Attempt> Attempts => Route.Attempts;

    /// <summary>
    /// Gets what was left out of the request or changed in it because the model that answered does not take it, for example <c>dimensions: left out</c>;
    /// empty where it was sent as asked.
    /// </summary>
    public IReadOnlyList<string> LeftOut { get; internal set; } = [];

    ServiceTier? ICallAnswer.Tier => null;

    /// <summary>Gets how it came about.</summary>
    internal RouteSummary Route { get; private set; } = RouteSummary.None;

    internal void Attach(RouteSummary route) => Route = route;
}
