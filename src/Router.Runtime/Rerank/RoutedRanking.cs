using System.Collections;
using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Documents in the order of how well they answer a query, the best first, and how that came about.</summary>
public sealed class RoutedRanking : RoutedAnswer, IReadOnlyList<RankedDocument>
{
    private readonly IReadOnlyList<RankedDocument> _documents;
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
        Attach(RouteSummary.Stated(modelUsed, cost, duration, attempts));

    /// <inheritdoc/>
    public int Count => _documents.Count;

    /// <summary>Gets the document in a place of the ranking.</summary>
    /// <param name="index">The place, from 0 for the best.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public RankedDocument this[int index] => _documents[index];

    /// <inheritdoc/>
    public IEnumerator<RankedDocument> GetEnumerator() => _documents.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
