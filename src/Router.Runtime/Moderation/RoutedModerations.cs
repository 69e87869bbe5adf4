using System.Collections;
using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Judgements of inputs, in the order of the inputs, and how they came about.</summary>
public sealed class RoutedModerations : IReadOnlyList<Moderation>, ICallAnswer
{
    private readonly IReadOnlyList<Moderation> _judgements;
    private RouteSummary _route = RouteSummary.None;

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
        _route = new RouteSummary(modelUsed, modelUsed, null, default, duration, null, attempts?.ToArray() ?? []) { StatedCost = cost };

    /// <inheritdoc/>
    public int Count => _judgements.Count;

    /// <summary>Gets the judgement of an input.</summary>
    /// <param name="index">The input's place in the request, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input.</exception>
    public Moderation this[int index] => _judgements[index];

    /// <summary>Gets whether any of the inputs is harmful.</summary>
    public bool Flagged => _judgements.Any(static judgement => judgement.Flagged);

    /// <summary>Gets what the provider counted; null where it did not say.</summary>
    public UsageDetails? Usage { get; }

    /// <summary>Gets the provider and model that answered, for example <c>openai/omni-moderation-latest</c>.</summary>
    public string ModelUsed => _route.ModelUsed;

    /// <summary>Gets the name of the deployment that answered.</summary>
    public string Deployment => _route.Deployment;

    /// <summary>Gets what it cost in USD, 0 for what is free; null where no price is known or the provider did not report what the price is for.</summary>
    public decimal? Cost => _route.CostOf(Usage);

    /// <summary>Gets how long the whole call took, failed attempts and waits included.</summary>
    public TimeSpan Duration => _route.Duration;

    /// <summary>Gets all attempts, in the order in which they began.</summary>
    public IReadOnlyList<Attempt> Attempts => _route.Attempts;

    /// <summary>Gets what of the call's options had no effect, for example a model that the group does not have; empty where all had.</summary>
    public IReadOnlyList<string> LeftOut { get; internal set; } = [];

    ServiceTier? ICallAnswer.Tier => null;

    /// <inheritdoc/>
    public IEnumerator<Moderation> GetEnumerator() => _judgements.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Attach(RouteSummary route) => _route = route;
}
