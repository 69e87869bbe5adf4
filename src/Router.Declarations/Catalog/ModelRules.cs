using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>What requests to a model are fitted to.</summary>
/// <param name="Traits">The parameters and features that it takes.</param>
/// <param name="Efforts">The reasoning efforts that it takes.</param>
/// <param name="MaxOutputTokens">The most tokens that it may write; 0 where that is not known.</param>
internal sealed record ModelRules(ModelTraits Traits, EffortSpec Efforts, int MaxOutputTokens)
{
    /// <summary>What a request may demand. All other traits are parameters and how a request is written.</summary>
    public const ModelTraits Capabilities = ModelTraits.Tools | ModelTraits.JsonSchema | ModelTraits.Vision | ModelTraits.Audio | ModelTraits.Documents;
}
