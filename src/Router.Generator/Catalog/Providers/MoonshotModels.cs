using RouterGen.Generator.Model;
using static RouterGen.Generator.Model.ModelTraits;

namespace RouterGen.Generator.Catalog.Providers;

/// <summary>Moonshot and its Kimi models: https://platform.moonshot.ai/docs.</summary>
internal static class MoonshotModels
{
    // Answers can be JSON, but not by a schema.
    private const ModelTraits Chat = Sampling | Penalties | Stop | Tools | Vision | StreamUsageOption;

    public static readonly ProviderRow Provider = new("moonshot", Dialect.OpenAIChat, "https://api.moonshot.ai/v1")
    {
        EndpointVariable = "MOONSHOT_API_BASE",
        KeyVariable = "MOONSHOT_API_KEY",
        ServesUnlisted = true,
        UnlistedTraits = Chat,
    };
}
