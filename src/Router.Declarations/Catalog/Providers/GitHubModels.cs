using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>GitHub Models, which serves models of others: https://docs.github.com/en/github-models.</summary>
internal static class GitHubModels
{
    private static readonly ModelTraits Chat =
        new ModelTraits(JsonSchema | Tools | Vision, Sampling | Penalties | Stop | Seed | ParallelToolCalls | RequiredToolChoice)
            .WithQuirks(StreamUsageOption | MessageNames);

    public static readonly ProviderRow Provider = new("github", Dialect.OpenAIChat, "https://models.github.ai/inference")
    {
        KeyVariable = "GITHUB_TOKEN",
        KeyPrefixes = ["ghp_", "github_pat_", "gho_", "ghu_", "ghs_", "ghr_"],
        ServesUnlisted = true,
        UnlistedTraits = Chat,
    };
}
