using RouterGen.Declarations.Model;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Perplexity and its models: https://docs.perplexity.ai/getting-started/models.</summary>
internal static class PerplexityModels
{
    // The models search by themselves: they take no tools, and neither a seed nor stop sequences. Usage comes with each chunk.
    private static readonly ModelTraits Research = new(JsonSchema | WebSearch, Sampling | TopK | Penalties);
    private static readonly ModelTraits Sonar = Research.With(Vision);

    public static readonly ProviderRow Provider = new("perplexity", Dialect.OpenAIChat, "https://api.perplexity.ai")
    {
        EndpointVariable = "PERPLEXITY_API_BASE",
        KeyVariable = "PERPLEXITY_API_KEY",
        KeyPrefixes = ["pplx-"],
        UnlistedTraits = Sonar,
        Models =
        [
            new("sonar", Sonar, 128_000, 0, 1m, 1m),
            new("sonar-deep-research", Research.With(Reasoning), 128_000, 0, 2m, 8m),
            new("sonar-pro", Sonar, 200_000, 8_000, 3m, 15m),
            new("sonar-reasoning", Sonar, 128_000, 0, 1m, 5m),
            new("sonar-reasoning-pro", Sonar, 128_000, 0, 2m, 8m),
            ModelRow.Embedding("pplx-embed-v1-0.6b", 32_768, 1_024, 0.004m),
            ModelRow.Embedding("pplx-embed-v1-4b", 32_768, 2_560, 0.03m),
        ],
    };
}
