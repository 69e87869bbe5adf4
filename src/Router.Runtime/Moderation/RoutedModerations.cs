using System.Collections;
using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Judgements of inputs, in the order of the inputs, and how they came about.</summary>
public sealed class RoutedModerations : RoutedAnswer, IReadOnlyList<Moderation>
{
    private readonly IReadOnlyList<Moderation> _judgements;
    /// <summary>Makes an answer of what a provider sent. For codecs.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RoutedModerations(IReadOnlyList<Moderation> judgements, UsageDetails? usage)
    {
        ArgumentNullException.ThrowIfNull(judgements);
        _judgements = judgements;
        Usage = usage;
    }

    /// <summary>Makes an answer by hand, for tests of code that takes one.</summary>
    public RoutedModerations(IReadOnlyList<Moderation> judgements, string modelUsed, decimal? cost = null, TimeSpan duration = default, IReadOnlyList<Attempt>? attempts = null) : this(judgements, usage: null) =>
        Attach(RouteSummary.Stated(modelUsed, cost, duration, attempts));

    /// <inheritdoc/>
    public int Count => _judgements.Count;

    /// <summary>Gets the judgement of an input.</summary>
    /// <param name="index">The input's place in the request, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input.</exception>
    public Moderation this[int index] => _judgements[index];

    /// <summary>Gets whether any of the inputs is harmful.</summary>
    public bool Flagged => _judgements.Any(static judgement => judgement.Flagged);

    /// <inheritdoc/>
    public IEnumerator<Moderation> GetEnumerator() => _judgements.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
