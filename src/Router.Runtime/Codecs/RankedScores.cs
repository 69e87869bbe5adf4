using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>The scores of an answer while it is read, in whatever order they come.</summary>
/// <param name="documents">How many documents the request has.</param>
/// <param name="wanted">How many of them the answer must have; no more than there are.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RankedScores(int documents, int wanted)
{
    private readonly List<(int Index, double Score)> _ranked = new(wanted);
    private readonly bool[] _seen = new bool[documents];
    private string? _fault;

    /// <summary>Gets how many documents the request has.</summary>
    public int Documents => documents;

    /// <summary>Gets or sets what the provider counted; null where it did not say.</summary>
    public UsageDetails? Usage { get; set; }

    /// <summary>Adds the score of a document.</summary>
    /// <param name="index">The document's place in the request, from 0.</param>
    /// <param name="score">How well it answers the query; the more, the better.</param>
    public void Add(long index, double score)
    {
        if (index < 0 || index >= documents) _fault ??= string.Create(CultureInfo.InvariantCulture, $"a score for document {index}, but the request has {documents}");
        else if (_seen[index]) _fault ??= string.Create(CultureInfo.InvariantCulture, $"two scores for document {index}");
        else if (!double.IsFinite(score)) _fault ??= string.Create(CultureInfo.InvariantCulture, $"a score for document {index} that is not finite");
        else _ranked.Add(((int)index, score));
        if (index >= 0 && index < documents) _seen[index] = true;
    }

    /// <summary>Returns what is wrong with the scores: missing ones, two for one document, numbers that are none; null where nothing is.</summary>
    public string? FaultOf() => _fault ?? (_ranked.Count < wanted
        ? string.Create(CultureInfo.InvariantCulture, $"{_ranked.Count} {(_ranked.Count == 1 ? "score" : "scores")} where {wanted} were asked for")
        : null);

    /// <summary>
    /// Returns the documents that are wanted, best first. Those of one score stay in the order of the answer. Some servers rank all documents however
    /// many are wanted: what is too much is left away.
    /// </summary>
    public (int Index, double Score)[] ToRanking() => [.. _ranked.OrderByDescending(static ranked => ranked.Score).Take(wanted)];
}
