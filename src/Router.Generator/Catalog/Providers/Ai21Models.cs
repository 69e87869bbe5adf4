using RouterGen.Generator.Model;
using static RouterGen.Generator.Model.ModelTraits;

namespace RouterGen.Generator.Catalog.Providers;

/// <summary>AI21 and its Jamba models: https://docs.ai21.com.</summary>
internal static class Ai21Models
{
    // Answers can be JSON, but not by a schema.
    private const ModelTraits Chat = Sampling | Stop | Tools;

    public static readonly ProviderRow Provider = new("ai21", Dialect.OpenAIChat, "https://api.ai21.com/studio/v1")
    {
        EndpointVariable = "AI21_API_BASE",
        KeyVariable = "AI21_API_KEY",
        ServesUnlisted = true,
        UnlistedTraits = Chat,
    };
}
