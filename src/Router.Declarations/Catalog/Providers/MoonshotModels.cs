using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelEfforts;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Moonshot and its Kimi models: https://platform.kimi.ai/docs, as of 2026-11-28.</summary>
internal static class MoonshotModels
{
    // Answers can be JSON, but not by a schema.
    private static readonly ModelTraits Chat = new ModelTraits(Tools, Sampling | Penalties | Stop | RequiredToolChoice).WithQuirks(StreamUsageOption);
    private static readonly ModelTraits Thinking = Chat.WithQuirks(ReturnsReasoningContent | ReasoningContentWithCalls);

    // From K2.5 on, sampling parameters and penalties are fixed: another value is refused. These models think unless told
    // not to, and then refuse a forced tool choice and a history without its reasoning.
    private static readonly ModelTraits Fixed = Thinking.With(Vision).Without(Sampling | Penalties | RequiredToolChoice);
    private static readonly ModelTraits Kimi3 = Fixed.With(Reasoning);

    public static readonly ProviderRow Provider = new("moonshot", Dialect.OpenAIChat, "https://api.moonshot.ai/v1")
    {
        EndpointVariable = "MOONSHOT_API_BASE",
        KeyVariable = "MOONSHOT_API_KEY",
        KeyPrefixes = ["sk-"],
        ServesUnlisted = true,
        UnlistedTraits = Fixed,
        UsualEfforts = new(Low | High | Max),
        Families = [new("moonshot-v1", "kimi-k2-0905-preview"), new("kimi-k2", "kimi-k2.6"), new("kimi-", "kimi-k3.1-pro")],
        Models =
        [
            new("kimi-k2-0711-preview", Chat, 131_072, 0, 0.6m, 2.5m, 0.15m) { Retires = "2026-05-25", Successor = "kimi-k3.1-pro" },
            new("kimi-k2-0905-preview", Chat, 262_144, 0, 0.6m, 2.5m, 0.15m) { Retires = "2026-05-25", Successor = "kimi-k3.1-pro" },
            new("kimi-k2-thinking", Thinking, 262_144, 0, 0.6m, 2.5m, 0.15m) { Retires = "2026-05-25", Successor = "kimi-k3.1-pro" },
            new("kimi-k2.5", Fixed, 262_144, 0, 0.6m, 3m, 0.1m),
            new("kimi-k2.6", Fixed, 262_144, 0, 0.95m, 4m),
            new("kimi-k2.7-code", Fixed, 262_144, 0, 0.95m, 4m),
            new("kimi-k2.7-code-highspeed", Fixed, 262_144, 0, 1.9m, 8m),
            new("kimi-k3", Kimi3, 1_048_576, 0, 3m, 15m, 0.3m),
            new("kimi-k3.1-pro", Kimi3, 1_048_576, 0, 2m, 10m, 0.2m),
            new("kimi-k3.1-pro-highspeed", Kimi3, 1_048_576, 0, 4m, 20m, 0.2m),
        ],
    };
}
