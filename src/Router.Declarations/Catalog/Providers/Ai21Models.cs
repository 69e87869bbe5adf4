using RouterGen.Declarations.Model;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>AI21 and its Jamba models: https://docs.ai21.com.</summary>
internal static class Ai21Models
{
    // Answers can be JSON, but not by a schema.
    private static readonly ModelTraits Chat = new(Tools, Sampling | Stop | RequiredToolChoice);

    public static readonly ProviderRow Provider = new("ai21", Dialect.OpenAIChat, "https://api.ai21.com/studio/v1")
    {
        EndpointVariable = "AI21_API_BASE",
        KeyVariable = "AI21_API_KEY",
        KeyPrefixes = [],
        ServesUnlisted = true,
        UnlistedTraits = Chat,
        Models =
        [
            new("jamba-large", Chat, 256_000, 4_096, 2m, 8m) { Aliases = ["jamba-large-1.7"] },
            new("jamba-mini", Chat, 256_000, 4_096, 0.2m, 0.4m) { Aliases = ["jamba-mini-1.7"] },
        ],
    };
}
