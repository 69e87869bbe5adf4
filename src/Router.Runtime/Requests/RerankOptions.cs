using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>What a call for a ranking wants beside the query and the documents.</summary>
public sealed class RerankOptions
{
    /// <summary>Gets or sets how many documents are wanted, the best ones; 1 or more. Unset, or where there are fewer: all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? TopN
    {
        get;
        set => field = AtLeastOne(value);
    }

    /// <summary>
    /// Gets or sets after how many tokens a document is cut; 1 or more. Unset: as the provider does it. Providers that cannot be told are
    /// asked without it, and the answer says so (<see cref="RoutedAnswer.LeftOut"/>).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? MaxTokensPerDocument
    {
        get;
        set => field = AtLeastOne(value);
    }

    /// <summary>Gets or sets the model, by its name or with its provider before it (<c>cohere/rerank-v3.5</c>), where the group has several; null for any.</summary>
    public string? ModelId { get; set; }

    /// <summary>Gets or sets further members of the request, by the provider's names for them; those that the API does not know are left out.</summary>
    public AdditionalPropertiesDictionary? AdditionalProperties { get; set; }

    /// <summary>Returns the same options in another object.</summary>
    public RerankOptions Clone() => new() { TopN = TopN, MaxTokensPerDocument = MaxTokensPerDocument, ModelId = ModelId, AdditionalProperties = AdditionalProperties?.Clone() };

    private static int? AtLeastOne(int? value)
    {
        if (value is { } number) ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, nameof(value));
        return value;
    }
}
