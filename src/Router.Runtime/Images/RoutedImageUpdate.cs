namespace RouterGen;

/// <summary>The last update of a stream of images: it carries how the images came about, and perhaps the last of them.</summary>
public sealed class RoutedImageUpdate : ImageUpdate
{
    private readonly RouteSummary _route;

    internal RoutedImageUpdate(RouteSummary route) => _route = route;

    /// <summary>Makes a last update by hand, for tests of code that reads streams.</summary>
    public RoutedImageUpdate(string modelUsed, decimal? cost = null, TimeSpan duration = default, TimeSpan? timeToFirstImage = null, IReadOnlyList<Attempt>? attempts = null) =>
        _route = RouteSummary.Stated(modelUsed, cost, duration, attempts, timeToFirstImage);

    /// <summary>Gets the provider and model that answered, for example <c>openai/gpt-image-2</c>.</summary>
    public string ModelUsed => _route.ModelUsed;

    /// <summary>Gets the name of the deployment that answered.</summary>
    public string Deployment => _route.Deployment;

    /// <summary>Gets what the stream cost in USD; null where no price is known, or the provider did not count what it is paid by.</summary>
    public decimal? Cost => _route.CostOf(Usage);

    /// <summary>Gets how long the whole call took, failed attempts, waits and the consumer's own time included.</summary>
    public TimeSpan Duration => _route.Duration;

    /// <summary>Gets the time from the start of the answering attempt to its first image, whole or partial; null where there was none.</summary>
    public TimeSpan? TimeToFirstImage => _route.TimeToFirstToken;

    /// <summary>Gets all attempts of the call in order; the last one answered.</summary>
    public IReadOnlyList<Attempt> Attempts => _route.Attempts;

    /// <summary>Gets what was left out of the request or changed in it because the model that answered does not take it; empty where it was sent as asked.</summary>
    public IReadOnlyList<string> LeftOut { get; internal init; } = [];
}
