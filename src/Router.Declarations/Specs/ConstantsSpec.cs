using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Specs;

/// <summary>What specialises a codec: the same for all deployments of a project that requests are written alike for.</summary>
/// <param name="Dialect">The wire format.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="Model">The model as the provider knows it.</param>
/// <param name="Traits">What the model takes, and how requests to it are written.</param>
/// <param name="Efforts">The reasoning efforts that it takes.</param>
/// <param name="DefaultMaxOutputTokens">The output limit that is sent where a call gives none; 0 for none.</param>
/// <param name="BodyStart">The members that begin a request's body in place of the model, as JSON without braces; null for the model.</param>
internal sealed record ConstantsSpec(Dialect Dialect, string Provider, string Model, ModelTraits Traits, EffortSpec Efforts, int DefaultMaxOutputTokens, string? BodyStart);
