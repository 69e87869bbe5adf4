using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelEfforts;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>
/// xAI and its models: https://docs.x.ai/docs/models, as of 2026-11-28. Prices are those for less than 200,000 input tokens;
/// longer prompts cost twice as much.
/// </summary>
internal static class XaiModels
{
    // Reasoning models refuse penalties and stop sequences. Only some let the effort be chosen. Reasoning tokens are reported apart from the others.
    private static readonly ModelTraits Reasoner =
        new ModelTraits(Tools | JsonSchema, Sampling | Seed | ParallelToolCalls | RequiredToolChoice)
            .WithQuirks(MaxCompletionTokens | StreamUsageOption | ReasoningBesideOutput);

    private static readonly ModelTraits WithEffort = Reasoner.With(Reasoning);
    private static readonly ModelTraits Chat = Reasoner.With(Penalties | Stop);
    private static readonly ModelTraits Early = Chat.Without(JsonSchema);
    private static readonly ModelTraits Grok43 = WithEffort.With(Vision);

    public static readonly ProviderRow Provider = new("xai", Dialect.OpenAIChat, "https://api.x.ai/v1")
    {
        EndpointVariable = "XAI_API_BASE",
        KeyVariable = "XAI_API_KEY",
        KeyPrefixes = ["xai-"],
        UnlistedTraits = Reasoner.With(Vision),
        Families =
        [
            new("grok-*non-reasoning", "grok-4.20-0309-non-reasoning"),
            new("grok-4.20", "grok-4.20-0309-reasoning"),
            new("grok-", "grok-4.7"),
        ],
        Models =
        [
            new("grok-2", Chat, 131_072, 131_072, 2m, 10m) { Aliases = ["grok-2-1212", "grok-2-latest"] },
            new("grok-2-vision", Chat.With(Vision), 32_768, 32_768, 2m, 10m) { Aliases = ["grok-2-vision-1212", "grok-2-vision-latest"], Retires = "2026-02-28", Successor = "grok-4.3" },
            new("grok-3", Chat, 131_072, 131_072, 3m, 15m, 0.75m) { Aliases = ["grok-3-beta", "grok-3-latest"], Retires = "2026-05-15", Successor = "grok-4.3" },
            new("grok-3-fast-beta", Chat, 131_072, 131_072, 5m, 25m, 1.25m) { Aliases = ["grok-3-fast-latest"] },
            new("grok-3-mini", WithEffort, 131_072, 131_072, 0.3m, 0.5m, 0.075m) { Efforts = new(Low | High), Aliases = ["grok-3-mini-beta", "grok-3-mini-latest"], Retires = "2026-02-28", Successor = "grok-4.3" },
            new("grok-3-mini-fast", WithEffort, 131_072, 131_072, 0.6m, 4m, 0.15m) { Efforts = new(Low | High), Aliases = ["grok-3-mini-fast-beta", "grok-3-mini-fast-latest"] },
            new("grok-4", Reasoner.With(Vision), 256_000, 256_000, 3m, 15m) { Aliases = ["grok-4-0709", "grok-4-latest"], Retires = "2026-05-15", Successor = "grok-4.3" },
            new("grok-4-1-fast-non-reasoning", Chat.With(Vision), 2_000_000, 2_000_000, 0.2m, 0.5m, 0.05m) { Aliases = ["grok-4-1-fast-non-reasoning-latest"], Retires = "2026-05-15", Successor = "grok-4.3" },
            new("grok-4-1-fast-reasoning", Reasoner.With(Vision), 2_000_000, 2_000_000, 0.2m, 0.5m, 0.05m) { Aliases = ["grok-4-1-fast", "grok-4-1-fast-reasoning-latest"], Retires = "2026-05-15", Successor = "grok-4.3" },
            new("grok-4-fast-non-reasoning", Chat.With(Vision), 2_000_000, 2_000_000, 0.2m, 0.5m, 0.05m) { Retires = "2026-05-15", Successor = "grok-4.3" },
            new("grok-4-fast-reasoning", Reasoner.With(Vision), 2_000_000, 2_000_000, 0.2m, 0.5m, 0.05m) { Retires = "2026-05-15", Successor = "grok-4.3" },
            new("grok-4.20-0309-non-reasoning", Chat.With(Vision), 1_000_000, 1_000_000, 1.25m, 2.5m, 0.2m) { Aliases = ["grok-4.20-non-reasoning", "grok-4.20-beta-0309-non-reasoning"] },
            new("grok-4.20-0309-reasoning", Reasoner.With(Vision), 1_000_000, 1_000_000, 1.25m, 2.5m, 0.2m) { Aliases = ["grok-4.20-reasoning", "grok-4.20-beta-0309-reasoning"] },
            new("grok-4.20-multi-agent-beta-0309", Reasoner.With(Vision), 2_000_000, 2_000_000, 2m, 6m, 0.2m) { Aliases = ["grok-4.20-multi-agent-0309"] },
            new("grok-4.3", Grok43, 1_000_000, 1_000_000, 1.25m, 2.5m, 0.2m) { Efforts = new(ModelEfforts.None | Low | Medium | High), Aliases = ["grok-4.3-latest"] },
            new("grok-4.5", Grok43, 500_000, 500_000, 2m, 6m, 0.5m),
            new("grok-4.6", Grok43, 500_000, 500_000, 2m, 6m, 0.5m),
            new("grok-4.7", Grok43, 500_000, 500_000, 2m, 6m, 0.5m) { Efforts = new(Low | Medium | High | ExtraHigh) },
            new("grok-beta", Early.With(Vision), 131_072, 131_072, 5m, 15m),
            new("grok-build-0.1", Reasoner, 256_000, 256_000, 1m, 2m) { Retires = "2026-11-19", Successor = "grok-4.7" },
            new("grok-code-fast-1", Reasoner, 256_000, 256_000, 0.2m, 1.5m, 0.02m) { Aliases = ["grok-code-fast", "grok-code-fast-1-0825"], Retires = "2026-05-15", Successor = "grok-4.7" },
            new("grok-vision-beta", Early.With(Vision), 8_192, 8_192, 5m, 15m),
        ],
    };
}
