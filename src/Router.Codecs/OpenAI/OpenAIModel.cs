using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads the quirks of a model that is asked in a dialect of OpenAI.</summary>
[Embedded]
internal static class OpenAIModel
{
    /// <summary>Returns whether the model has all of the quirks.</summary>
    public static bool Has(this ModelProfile model, OpenAIQuirks quirks) => ((OpenAIQuirks)model.Quirks & quirks) == quirks;
}
