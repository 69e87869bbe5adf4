using System.Collections;
using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Vectors of texts, in the order of the texts, and how they came about.</summary>
public sealed class RoutedEmbeddings : RoutedAnswer, IReadOnlyList<Embedding<float>>
{
    /// <summary>The additional property of <see cref="GeneratedEmbeddings{TEmbedding}"/> that holds the <see cref="RoutedEmbeddings"/> they were made of.</summary>
    public const string RouteProperty = "routergen.route";

    private readonly IReadOnlyList<Embedding<float>> _embeddings;
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
        Attach(RouteSummary.Stated(modelUsed, cost, duration, attempts));

    internal RoutedEmbeddings(IReadOnlyList<Embedding<float>> embeddings, UsageDetails? usage, RouteSummary route) : this(embeddings, usage) => Attach(route);

    /// <inheritdoc/>
    public int Count => _embeddings.Count;

    /// <summary>Gets the vector of a text.</summary>
    /// <param name="index">The text's place in the request, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such text.</exception>
    public Embedding<float> this[int index] => _embeddings[index];

    /// <summary>Gets the vector, where one text was asked for.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public ReadOnlyMemory<float> Vector => Count == 1 ? _embeddings[0].Vector : throw new InvalidOperationException($"There are {Count} vectors: take one by its index.");

    /// <inheritdoc/>
    public IEnumerator<Embedding<float>> GetEnumerator() => _embeddings.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Returns the same as the framework's type, with <see cref="RouteProperty"/> and, where something was left out, <see cref="RoutedResponse.LeftOutProperty"/>.</summary>
    internal GeneratedEmbeddings<Embedding<float>> ToGenerated()
    {
        var generated = new GeneratedEmbeddings<Embedding<float>>(_embeddings) { Usage = Usage, AdditionalProperties = new() { [RouteProperty] = this } };
        if (LeftOut.Count > 0) generated.AdditionalProperties[RoutedResponse.LeftOutProperty] = LeftOut.ToArray();
        return generated;
    }
}
