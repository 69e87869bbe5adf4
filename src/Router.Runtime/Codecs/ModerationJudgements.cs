using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.AI;

namespace RouterGen.Infrastructure;

/// <summary>The judgements of an answer while it is read, in the order of the inputs.</summary>
/// <param name="inputs">How many inputs the request has.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModerationJudgements(int inputs)
{
    private readonly List<Moderation> _judgements = new(inputs);

    /// <summary>Gets or sets what the provider counted; null where it did not say.</summary>
    public UsageDetails? Usage { get; set; }

    /// <summary>Adds the judgement of the next input.</summary>
    public void Add(Moderation judgement) => _judgements.Add(judgement);

    /// <summary>Returns what is wrong with the judgements: too few or too many, nothing in one, scores that are no numbers; null where nothing is.</summary>
    public string? FaultOf()
    {
        if (_judgements.Count != inputs)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{_judgements.Count} {(_judgements.Count == 1 ? "judgement" : "judgements")} of {inputs} {(inputs == 1 ? "input" : "inputs")}");
        }

        for (int i = 0; i < inputs; i++)
        {
            Moderation judgement = _judgements[i];
            if (judgement.Categories.Count == 0 && judgement.Scores.Count == 0) return string.Create(CultureInfo.InvariantCulture, $"a judgement of input {i} without a category");
            if (!judgement.Scores.Values.All(double.IsFinite)) return string.Create(CultureInfo.InvariantCulture, $"a judgement of input {i} with scores that are not finite");
        }

        return null;
    }

    /// <summary>Returns the judgements, in the order of the inputs.</summary>
    public Moderation[] ToArray() => [.. _judgements];
}
