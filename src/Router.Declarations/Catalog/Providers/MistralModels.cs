using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelEfforts;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Mistral and its models: https://docs.mistral.ai/getting-started/models, as of 2026-11-28.</summary>
internal static class MistralModels
{
    // A parameter that the API does not know is refused with a 422. Usage comes at the end of each stream, unasked.
    // Ids of calls are nine letters or digits, and no user speaks right after a tool's result.
    private static readonly ModelTraits Text =
        new ModelTraits(ModelCapabilities.None, Sampling | Penalties | Stop | Seed)
            .WithQuirks(RandomSeed | ShortCallIds | AssistantAfterResult);
    private static readonly ModelTraits Schema = Text.With(JsonSchema);
    private static readonly ModelTraits Agent = Schema.With(Tools).With(ParallelToolCalls | RequiredToolChoice);

    // Magistral always reasons; from Small 4 on the effort is "high" or "none". https://docs.mistral.ai/capabilities/reasoning
    private static readonly ModelTraits Magistral = Agent.WithQuirks(ReturnsThinkingParts);
    private static readonly ModelTraits Thinking = Magistral.With(Vision).With(Reasoning);

    public static readonly ProviderRow Provider = new("mistral", Dialect.OpenAIChat, "https://api.mistral.ai/v1")
    {
        EndpointVariable = "MISTRAL_API_BASE",
        KeyVariable = "MISTRAL_API_KEY",
        KeyPrefixes = [],
        UnlistedTraits = Agent.With(Vision),
        UsualEfforts = new(ModelEfforts.None | High),
        Families =
        [
            new("magistral", "magistral-medium-2509"),
            new("ministral", "ministral-3-14b-2512"),
            new("codestral", "codestral-2508"),
            new("devstral", "devstral-2512"),
            new("pixtral", "pixtral-large-2411"),
            new("mistral-small", "mistral-small-2603"),
            new("mistral-medium", "mistral-medium-3-5"),
            new("mistral-large", "mistral-large-4"),
        ],
        Models =
        [
            new("codestral-2405", Schema, 32_000, 8_191, 1m, 3m),
            new("codestral-2508", Agent, 256_000, 256_000, 0.3m, 0.9m) { Aliases = ["codestral-latest"] },
            new("codestral-mamba-latest", Text, 256_000, 256_000, 0.25m, 0.25m),
            new("devstral-2512", Agent, 256_000, 256_000, 0.4m, 2m) { Aliases = ["devstral-latest", "devstral-medium-latest"] },
            new("devstral-medium-2507", Agent, 128_000, 128_000, 0.4m, 2m),
            new("devstral-small-2505", Agent, 128_000, 128_000, 0.1m, 0.3m),
            new("devstral-small-2507", Agent, 128_000, 128_000, 0.1m, 0.3m),
            new("labs-devstral-small-2512", Agent, 256_000, 256_000, 0.1m, 0.3m) { Aliases = ["devstral-small-latest"] },
            new("magistral-medium-2506", Magistral, 40_000, 40_000, 2m, 5m),
            new("magistral-medium-2509", Magistral, 40_000, 40_000, 2m, 5m) { Aliases = ["magistral-medium-latest", "magistral-medium-1-2-2509"] },
            new("magistral-small-1-2-2509", Magistral, 40_000, 40_000, 0.5m, 1.5m),
            new("magistral-small-2506", Magistral, 40_000, 40_000, 0.5m, 1.5m) { Aliases = ["magistral-small-latest"] },
            new("ministral-3-14b-2512", Agent.With(Vision), 262_144, 262_144, 0.2m, 0.2m),
            new("ministral-3-3b-2512", Agent.With(Vision), 131_072, 131_072, 0.1m, 0.1m),
            new("ministral-3-8b-2512", Agent.With(Vision), 262_144, 262_144, 0.15m, 0.15m) { Aliases = ["ministral-8b-2512", "ministral-8b-latest"] },
            new("mistral-large-2402", Agent, 32_000, 8_191, 4m, 12m),
            new("mistral-large-2407", Agent, 128_000, 128_000, 3m, 9m),
            new("mistral-large-2411", Agent, 128_000, 128_000, 2m, 6m) { Retires = "2026-05-31", Successor = "mistral-large-2512" },
            new("mistral-large-2512", Agent.With(Vision), 262_144, 262_144, 0.5m, 1.5m) { Aliases = ["mistral-large-latest", "mistral-large-3"] },
            new("mistral-large-4", Thinking, 1_048_576, 1_048_576, 0.68m, 2.09m),
            new("mistral-medium", Schema, 32_000, 8_191, 2.7m, 8.1m) { Aliases = ["mistral-medium-2312"], Retires = "2025-06-16", Successor = "mistral-medium-3-5" },
            new("mistral-medium-2505", Agent, 131_072, 8_191, 0.4m, 2m),
            new("mistral-medium-3-1-2508", Agent.With(Vision), 131_072, 131_072, 0.4m, 2m) { Aliases = ["mistral-medium-2508"] },
            new("mistral-medium-3-5", Thinking, 262_144, 262_144, 1.5m, 7.5m) { Aliases = ["mistral-medium-latest"] },
            new("mistral-small", Agent, 32_000, 8_191, 0.1m, 0.3m),
            new("mistral-small-2603", Thinking, 262_144, 262_144, 0.15m, 0.6m) { Aliases = ["mistral-small-latest"] },
            new("mistral-small-3-2-2506", Agent.With(Vision), 131_072, 131_072, 0.06m, 0.18m) { Aliases = ["mistral-small-2506"] },
            new("mistral-tiny", Schema, 32_000, 8_191, 0.25m, 0.25m),
            new("open-codestral-mamba", Text, 256_000, 256_000, 0.25m, 0.25m),
            new("open-mistral-7b", Schema, 32_000, 8_191, 0.25m, 0.25m),
            new("open-mistral-nemo", Schema, 128_000, 128_000, 0.3m, 0.3m) { Aliases = ["open-mistral-nemo-2407"] },
            new("open-mixtral-8x22b", Agent, 65_336, 8_191, 2m, 6m),
            new("open-mixtral-8x7b", Agent, 32_000, 8_191, 0.7m, 0.7m),
            new("pixtral-12b-2409", Agent.With(Vision), 128_000, 128_000, 0.15m, 0.15m),
            new("pixtral-large-2411", Agent.With(Vision), 128_000, 128_000, 2m, 6m) { Aliases = ["pixtral-large-latest"] },
            ModelRow.Embedding("codestral-embed", 8_192, 1_536, 0.15m) with { Aliases = ["codestral-embed-2505"] },
            ModelRow.Embedding("mistral-embed", 8_192, 1_024, 0.1m),
        ],
    };
}
