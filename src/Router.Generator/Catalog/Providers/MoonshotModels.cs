using RouterGen.Generator.Model;
using static RouterGen.Generator.Model.ModelTraits;

namespace RouterGen.Generator.Catalog.Providers;

/// <summary>Moonshot and its Kimi models: https://platform.moonshot.ai/docs.</summary>
internal static class MoonshotModels
{
    // Answers can be JSON, but not by a schema.
    private const ModelTraits Chat = Sampling | Penalties | Stop | Tools | StreamUsageOption;

    // From K2.5 on, sampling parameters and penalties are fixed: another value is refused.
    private const ModelTraits Fixed = (Chat | Vision) & ~(Sampling | Penalties);

    public static readonly ProviderRow Provider = new("moonshot", Dialect.OpenAIChat, "https://api.moonshot.ai/v1")
    {
        EndpointVariable = "MOONSHOT_API_BASE",
        KeyVariable = "MOONSHOT_API_KEY",
        ServesUnlisted = true,
        UnlistedTraits = Fixed,
        Models =
        [
            new("kimi-k2-0711-preview", Chat, 131_072, 0, 0.6m, 2.5m, 0.15m),
            new("kimi-k2-0905-preview", Chat, 262_144, 0, 0.6m, 2.5m, 0.15m),
            new("kimi-k2-thinking", Chat, 262_144, 0, 0.6m, 2.5m, 0.15m),
            new("kimi-k2.5", Fixed, 262_144, 0, 0.6m, 3m, 0.1m),
        ],
    };
}
