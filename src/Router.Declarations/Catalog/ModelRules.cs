using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>What requests to a model are fitted to.</summary>
/// <param name="Traits">What it takes, and how requests to it are written.</param>
/// <param name="Efforts">The reasoning efforts that it takes.</param>
/// <param name="OutputLimit">The most tokens that it can write; 0 where that is not known.</param>
internal sealed record ModelRules(ModelTraits Traits, EffortSpec Efforts, int OutputLimit);
