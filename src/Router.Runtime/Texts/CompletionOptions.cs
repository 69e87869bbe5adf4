using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>Options of a call that goes on with a text. What is null is the provider's to decide; what a model does not take is left out, and the answer lists it.</summary>
public sealed class CompletionOptions
{
    /// <summary>Gets or sets the text that follows what is to be written: the model fills the gap between the prompt and it.</summary>
    public string? Suffix { get; set; }

    /// <summary>Gets or sets the most tokens to write. Many servers write 16 where this is null.</summary>
    public int? MaxOutputTokens { get; set; }

    /// <summary>Gets or sets the temperature, usually 0 to 2.</summary>
    public float? Temperature { get; set; }

    /// <summary>Gets or sets the share of probability that words are chosen from, 0 to 1.</summary>
    public float? TopP { get; set; }

    /// <summary>Gets or sets from how many of the likeliest tokens each is chosen.</summary>
    public int? TopK { get; set; }

    /// <summary>Gets or sets how much a token is disfavoured by how often it came already, -2 to 2.</summary>
    public float? FrequencyPenalty { get; set; }

    /// <summary>Gets or sets how much a token is disfavoured because it came already, -2 to 2.</summary>
    public float? PresencePenalty { get; set; }

    /// <summary>Gets or sets the seed of the model's choices.</summary>
    public long? Seed { get; set; }

    /// <summary>Gets or sets the texts before which the model stops.</summary>
    public IList<string>? StopSequences { get; set; }

    /// <summary>
    /// Gets or sets how many alternatives of each token are told with their probabilities: 0 for the chosen tokens alone, null for none. A
    /// demand: a deployment that cannot tell them is not asked.
    /// </summary>
    public int? LogProbabilities { get; set; }

    /// <summary>Gets or sets the deployment or model of the group that is to answer, by its name; one that the group does not have has no effect.</summary>
    public string? ModelId { get; set; }

    /// <summary>Gets or sets further members of the request, by their names on the wire; and <see cref="CallOptions"/> under <see cref="CallOptions.PropertyName"/>.</summary>
    public AdditionalPropertiesDictionary? AdditionalProperties { get; set; }

    /// <summary>Returns a copy, with lists and dictionaries of its own.</summary>
    public CompletionOptions Clone()
    {
        var copy = (CompletionOptions)MemberwiseClone();
        copy.StopSequences = StopSequences is null ? null : [.. StopSequences];
        copy.AdditionalProperties = AdditionalProperties?.Clone();
        return copy;
    }
}
