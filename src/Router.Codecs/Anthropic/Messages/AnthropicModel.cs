using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads the quirks of a model that is asked in Anthropic's dialect.</summary>
[Embedded]
internal static class AnthropicModel
{
    /// <summary>Returns whether the model has all of the quirks.</summary>
    public static bool Has(this ModelProfile model, AnthropicQuirks quirks) => ((AnthropicQuirks)model.Quirks & quirks) == quirks;
}
