using RouterGen.Declarations.Arguments;
using RouterGen.Declarations.Catalog;
using RouterGen.Declarations.Model;
using RouterGen.Declarations.Problems;

namespace RouterGen.Declarations.Parsing;

/// <summary>Reads what a deployment is stated to support. That goes over all that the catalog knows or guesses of its model.</summary>
internal sealed class SupportParser(ProblemList problems)
{
    private static readonly (Feature Feature, ModelTraits Trait, string Name)[] Features =
    [
        (Feature.Tools, ModelTraits.Tools, "tools"),
        (Feature.JsonSchema, ModelTraits.JsonSchema, "a JSON schema"),
        (Feature.Vision, ModelTraits.Vision, "images"),
        (Feature.Audio, ModelTraits.Audio, "audio"),
        (Feature.Documents, ModelTraits.Documents, "documents"),
    ];

    /// <summary>Returns the traits of a model with what its deployment states.</summary>
    /// <param name="declared">The deployment.</param>
    /// <param name="dialect">Its wire format.</param>
    /// <param name="row">What is known of the model; null where nothing is.</param>
    /// <param name="traits">Its traits where nothing is stated.</param>
    public ModelTraits Parse(DeclaredArguments declared, Dialect dialect, ModelRow? row, ModelTraits traits)
    {
        if (declared.Integer("Supports") is not { } stated) return traits;
        if (row?.Mode is ModelMode.Embedding)
        {
            Report(declared, "anything of this", "an embedding model takes none of it");
            return traits;
        }

        ModelTraits supported = ModelTraits.None;
        foreach ((Feature feature, ModelTraits trait, string name) in Features)
        {
            if (((Feature)stated & feature) == 0) continue;
            if ((DialectRow.Of(dialect).Carries & trait) == 0) Report(declared, name, $"the wire format {dialect} cannot carry it");
            else supported |= trait;
        }

        if ((stated & ~Features.Aggregate(0, (all, known) => all | (int)known.Feature)) != 0) Report(declared, "something else", "Feature does not define it");
        bool takesTools = (supported & ModelTraits.Tools) != 0;
        return (traits & ~(ModelRules.Capabilities | (takesTools ? ModelTraits.None : ModelTraits.ParallelToolCalls))) | supported;
    }

    private void Report(DeclaredArguments declared, string feature, string reason) =>
        problems.Add(ProblemKinds.SenselessSupport, declared.PlaceOf("Supports"), declared.Text("Model") ?? "", feature, reason);
}
