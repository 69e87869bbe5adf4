using System.Collections;
using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Vectors of texts, in the order of the texts, and how they came about.</summary>
public sealed class RoutedEmbeddings : IReadOnlyList<Embedding<float>>, ICallAnswer
{
    /// <summary>The additional property of <see cref="GeneratedEmbeddings{TEmbedding}"/> that holds the <see cref="RoutedEmbeddings"/> they were made of.</summary>
    public const string RouteProperty = "routergen.route";

    private readonly IReadOnlyList<Embedding<float>> _embeddings;
    private RouteSummary _route = RouteSummary.None;

    /// <summary>Makes an answer of what a provider sent. For codecs.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public RoutedEmbeddings(IReadOnlyList<Embedding<float>> embeddings, UsageDetails? usage)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        _embeddings = embeddings;
        Usage = usage;
    }

    /// <summary>Makes an answer by hand, for tests of code that takes one.</summary>
    public RoutedEmbeddings(IReadOnlyList<Embedding<float>> embeddings, string modelUsed, decimal? cost = null, TimeSpan duration = default, IReadOnlyList<Attempt>? attempts = null) : this(embeddings, usage: null) =>
        _route = new RouteSummary(modelUsed, modelUsed, null, default, duration, null, attempts?.ToArray() ?? []) { StatedCost = cost };

    internal RoutedEmbeddings(IReadOnlyList<Embedding<float>> embeddings, UsageDetails? usage, RouteSummary route) : this(embeddings, usage) => _route = route;

    /// <inheritdoc/>
    public int Count => _embeddings.Count;

    /// <summary>Gets the vector of a text.</summary>
    /// <param name="index">The text's place in the request, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such text.</exception>
    public Embedding<float> this[int index] => _embeddings[index];

    /// <summary>Gets the vector, where one text was asked for.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public ReadOnlyMemory<float> Vector => Count == 1 ? _embeddings[0].Vector : throw new InvalidOperationException($"There are {Count} vectors: take one by its index.");

    /// <summary>Gets what the provider counted, over all batches; null where it did not say.</summary>
    public UsageDetails? Usage { get; }

    /// <summary>Gets the provider and model that answered, for example <c>openai/text-embedding-3-small</c>; of several batches, the first one's.</summary>
    public string ModelUsed => _route.ModelUsed;

    /// <summary>Gets the name of the deployment that answered; of several batches, the first one's.</summary>
    public string Deployment => _route.Deployment;

    /// <summary>Gets what it cost in USD, over all batches; null where no price is known or the provider reported no usage.</summary>
    public decimal? Cost => _route.CostOf(Usage);

    /// <summary>Gets how long the whole call took, failed attempts and waits included.</summary>
    public TimeSpan Duration => _route.Duration;

    /// <summary>Gets all attempts, batch by batch in the order of the texts.</summary>
    public IReadOnlyList<Attempt> Attempts => _route.Attempts;

    /// <summary>
    /// Gets what was left out of the request because the model that answered does not take it, for example <c>dimensions: left out</c>; empty
    /// where it was sent as asked.
    /// </summary>
    public IReadOnlyList<string> LeftOut { get; internal set; } = [];

    ServiceTier? ICallAnswer.Tier => null;

    /// <inheritdoc/>
    public IEnumerator<Embedding<float>> GetEnumerator() => _embeddings.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Gets how it came about.</summary>
    internal RouteSummary Route => _route;

    internal void Attach(RouteSummary route) => _route = route;

    /// <summary>Returns the same as the framework's type, with <see cref="RouteProperty"/> and, where something was left out, <see cref="RoutedResponse.LeftOutProperty"/>.</summary>
    internal GeneratedEmbeddings<Embedding<float>> ToGenerated()
    {
        var generated = new GeneratedEmbeddings<Embedding<float>>(_embeddings) { Usage = Usage, AdditionalProperties = new() { [RouteProperty] = this } };
        if (LeftOut.Count > 0) generated.AdditionalProperties[RoutedResponse.LeftOutProperty] = LeftOut.ToArray();
        return generated;
    }
}
