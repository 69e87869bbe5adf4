using RouterGen.Generator.Model;
using static RouterGen.Generator.Model.ModelTraits;

namespace RouterGen.Generator.Catalog.Providers;

/// <summary>Mistral and its models: https://docs.mistral.ai/getting-started/models.</summary>
internal static class MistralModels
{
    private const ModelTraits ToolUse = Tools | ParallelToolCalls;

    // A parameter that the API does not know is refused with a 422. Usage comes at the end of each stream, unasked.
    private const ModelTraits Text = Sampling | Penalties | Stop | Seed | RandomSeed;
    private const ModelTraits Schema = Text | JsonSchema;
    private const ModelTraits Agent = Schema | ToolUse;

    public static readonly ProviderRow Provider = new("mistral", Dialect.OpenAIChat, "https://api.mistral.ai/v1")
    {
        EndpointVariable = "MISTRAL_API_BASE",
        KeyVariable = "MISTRAL_API_KEY",
        UnlistedTraits = Agent | Vision,
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
            new("magistral-medium-2506", Agent, 40_000, 40_000, 2m, 5m),
            new("magistral-medium-2509", Agent, 40_000, 40_000, 2m, 5m) { Aliases = ["magistral-medium-latest", "magistral-medium-1-2-2509"] },
            new("magistral-small-1-2-2509", Agent, 40_000, 40_000, 0.5m, 1.5m),
            new("magistral-small-2506", Agent, 40_000, 40_000, 0.5m, 1.5m) { Aliases = ["magistral-small-latest"] },
            new("ministral-3-14b-2512", Agent | Vision, 262_144, 262_144, 0.2m, 0.2m),
            new("ministral-3-3b-2512", Agent | Vision, 131_072, 131_072, 0.1m, 0.1m),
            new("ministral-3-8b-2512", Agent | Vision, 262_144, 262_144, 0.15m, 0.15m) { Aliases = ["ministral-8b-2512", "ministral-8b-latest"] },
            new("mistral-large-2402", Agent, 32_000, 8_191, 4m, 12m),
            new("mistral-large-2407", Agent, 128_000, 128_000, 3m, 9m),
            new("mistral-large-2411", Agent, 128_000, 128_000, 2m, 6m),
            new("mistral-large-2512", Agent | Vision, 262_144, 262_144, 0.5m, 1.5m) { Aliases = ["mistral-large-latest", "mistral-large-3"] },
            new("mistral-medium", Schema, 32_000, 8_191, 2.7m, 8.1m) { Aliases = ["mistral-medium-2312"] },
            new("mistral-medium-2505", Agent, 131_072, 8_191, 0.4m, 2m),
            new("mistral-medium-3-1-2508", Agent | Vision, 131_072, 131_072, 0.4m, 2m) { Aliases = ["mistral-medium-latest"] },
            new("mistral-medium-3-5", Agent | Vision, 262_144, 262_144, 1.5m, 7.5m),
            new("mistral-small", Agent, 32_000, 8_191, 0.1m, 0.3m),
            new("mistral-small-3-2-2506", Agent | Vision, 131_072, 131_072, 0.06m, 0.18m) { Aliases = ["mistral-small-latest"] },
            new("mistral-tiny", Schema, 32_000, 8_191, 0.25m, 0.25m),
            new("open-codestral-mamba", Text, 256_000, 256_000, 0.25m, 0.25m),
            new("open-mistral-7b", Schema, 32_000, 8_191, 0.25m, 0.25m),
            new("open-mistral-nemo", Schema, 128_000, 128_000, 0.3m, 0.3m) { Aliases = ["open-mistral-nemo-2407"] },
            new("open-mixtral-8x22b", Agent, 65_336, 8_191, 2m, 6m),
            new("open-mixtral-8x7b", Agent, 32_000, 8_191, 0.7m, 0.7m),
            new("pixtral-12b-2409", Agent | Vision, 128_000, 128_000, 0.15m, 0.15m),
            new("pixtral-large-2411", Agent | Vision, 128_000, 128_000, 2m, 6m) { Aliases = ["pixtral-large-latest"] },
            ModelRow.Embedding("codestral-embed", 8_192, 1_536, 0.15m) with { Aliases = ["codestral-embed-2505"] },
            ModelRow.Embedding("mistral-embed", 8_192, 1_024, 0.1m),
        ],
    };
}
