using Microsoft.CodeAnalysis;
using RouterGen.Infrastructure;

namespace RouterGen.Codecs;

/// <summary>Reads the quirks of a model that is asked in Bedrock's Converse dialect.</summary>
[Embedded]
internal static class ConverseModel
{
    /// <summary>Returns whether the model has all of the quirks.</summary>
    public static bool Has(this ModelProfile model, ConverseQuirks quirks) => ((ConverseQuirks)model.Quirks & quirks) == quirks;
}
