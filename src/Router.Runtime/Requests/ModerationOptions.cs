using Microsoft.Extensions.AI;

namespace RouterGen;

/// <summary>What a call for moderation wants beside the texts.</summary>
public sealed class ModerationOptions
{
    /// <summary>Gets or sets the model, by its name or with its provider before it (<c>openai/omni-moderation-latest</c>), where the group has several; null for any.</summary>
    public string? ModelId { get; set; }

    /// <summary>Gets or sets further members of the request, by the provider's names for them.</summary>
    public AdditionalPropertiesDictionary? AdditionalProperties { get; set; }

    /// <summary>Returns the same options in another object.</summary>
    public ModerationOptions Clone() => new() { ModelId = ModelId, AdditionalProperties = AdditionalProperties?.Clone() };
}
