using RouterGen.Declarations.Model;

namespace RouterGen.Declarations.Catalog;

/// <summary>What a provider takes of one request for vectors, and how such requests are written.</summary>
/// <param name="Traits">The traits of an embedding model of which nothing else is said.</param>
/// <param name="Texts">The most texts; 0 where no limit is known.</param>
/// <param name="Tokens">The most tokens of all texts; 0 where no limit is known.</param>
internal sealed record EmbeddingRules(ModelTraits Traits, int Texts, int Tokens)
{
    /// <summary>
    /// What holds unless the provider's file says more: OpenAI's limits, which most servers respect or exceed. A length is asked for where a call
    /// states one, since what the model answers is checked.
    /// </summary>
    public static readonly EmbeddingRules Usual = new(ModelTraits.None.With(ModelParameters.Dimensions), 2048, 300_000);
}
