using System.Collections;
using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Documents in the order of how well they answer a query, the best first, and how that came about.</summary>
public sealed class RoutedRanking : IReadOnlyList<RankedDocument>, ICallAnswer
{
    private readonly IReadOnlyList<RankedDocument> _documents;
    private RouteSummary _route = RouteSummary.None;

    /// <summary>Makes an answer of what a provider sent. For codecs.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RoutedRanking(IReadOnlyList<RankedDocument> documents, UsageDetails? usage)
    {
        ArgumentNullException.ThrowIfNull(documents);
        _documents = documents;
        Usage = usage;
    }

    /// <summary>Makes an answer by hand, for tests of code that takes one.</summary>
    public RoutedRanking(IReadOnlyList<RankedDocument> documents, string modelUsed, decimal? cost = null, TimeSpan duration = default, IReadOnlyList<Attempt>? attempts = null) : this(documents, usage: null) =>
        _route = new RouteSummary(modelUsed, modelUsed, null, default, duration, null, attempts?.ToArray() ?? []) { StatedCost = cost };

    /// <inheritdoc/>
    public int Count => _documents.Count;

    /// <summary>Gets the document in a place of the ranking.</summary>
    /// <param name="index">The place, from 0 for the best.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public RankedDocument this[int index] => _documents[index];

    /// <summary>Gets what was counted: tokens, or <see cref="UsageCounts.SearchUnits"/>; null where the provider did not say.</summary>
    public UsageDetails? Usage { get; }

    /// <summary>Gets the provider and model that answered, for example <c>cohere/rerank-v3.5</c>.</summary>
    public string ModelUsed => _route.ModelUsed;

    /// <summary>Gets the name of the deployment that answered.</summary>
    public string Deployment => _route.Deployment;

    /// <summary>Gets what it cost in USD; null where no price is known or the provider did not report what the price is for.</summary>
    public decimal? Cost => _route.CostOf(Usage);

    /// <summary>Gets how long the whole call took, failed attempts and waits included.</summary>
    public TimeSpan Duration => _route.Duration;

    /// <summary>Gets all attempts, in the order in which they began.</summary>
    public IReadOnlyList<Attempt> Attempts => _route.Attempts;

    /// <summary>
    /// Gets what was left out of the request because the provider that answered does not take it, for example
    /// <c>MaxTokensPerDocument: left out</c>; empty where it was sent as asked.
    /// </summary>
    public IReadOnlyList<string> LeftOut { get; internal set; } = [];

    ServiceTier? ICallAnswer.Tier => null;

    /// <inheritdoc/>
    public IEnumerator<RankedDocument> GetEnumerator() => _documents.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Attach(RouteSummary route) => _route = route;
}
