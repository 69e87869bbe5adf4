using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelEfforts;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>
/// OpenAI and its models: https://developers.openai.com/api/docs/models and …/deprecations, as of 2026-11-28.
/// Prices are those of the standard tier for up to 272,000 input tokens; longer prompts cost twice as much.
/// </summary>
internal static class OpenAIModels
{
    private static readonly ModelTraits Text = ModelTraits.None.WithQuirks(MaxCompletionTokens | StreamUsageOption | MessageNames);

    private static readonly ModelTraits Gpt4 = Text.With(Tools).With(Sampling | Penalties | Stop | Seed | ParallelToolCalls | RequiredToolChoice);
    private static readonly ModelTraits Gpt4Vision = Gpt4.With(Vision);
    private static readonly ModelTraits Gpt4Audio = Gpt4.With(Audio);
    private static readonly ModelTraits Gpt4o = Gpt4.With(Vision | Documents | JsonSchema);

    // The models behind ChatGPT do not reason, so they take sampling parameters and no effort.
    private static readonly ModelTraits ChatGpt = Gpt4.With(Vision | JsonSchema);

    // A search model decides itself what to look up: it refuses sampling parameters and tools of the caller.
    private static readonly ModelTraits Search = Text.With(JsonSchema | WebSearch);

    // Reasoning models refuse sampling parameters, penalties and stop sequences.
    private static readonly ModelTraits Reasoner =
        Text.With(Tools | Vision | Documents | JsonSchema).With(Reasoning | Seed | ParallelToolCalls | RequiredToolChoice).WithQuirks(DeveloperRole);

    private static readonly ModelTraits OSeries = Reasoner.Without(ParallelToolCalls);

    // From GPT-5.1 on reasoning can be switched off, and then temperature and top_p are taken.
    private static readonly ModelTraits Optional = Reasoner.With(Sampling).WithQuirks(SamplingWithoutReasoning);

    // These always reason, and call tools through the Responses API only.
    private static readonly ModelTraits ResponsesTools = Reasoner.Without(Tools);

    // From GPT-5 on, the window keeps room for the longest answer, and a prompt has the rest: 400,000 tokens are 272,000 and 128,000.
    private const int Gpt5Window = 400_000;
    private const int Gpt54Window = 1_050_000;
    private const int Gpt5Output = 128_000;
    private const int Gpt5Input = Gpt5Window - Gpt5Output;
    private const int Gpt54Input = Gpt54Window - Gpt5Output;

    private static readonly EffortSpec OEfforts = new(Low | Medium | High);
    private static readonly EffortSpec Gpt5Efforts = new(Minimal | Low | Medium | High);
    private static readonly EffortSpec Gpt51Efforts = new(ModelEfforts.None | Low | Medium | High);

    // Beside tools, an effort is refused from GPT-5.2 on; from GPT-5.6 on it must be said to be none. https://github.com/livekit/agents/pull/7169
    private static readonly EffortSpec Gpt52Efforts = new(ModelEfforts.None | Low | Medium | High | ExtraHigh, NotTaken);
    private static readonly EffortSpec Gpt56Efforts = new(ModelEfforts.None | Low | Medium | High | ExtraHigh, ModelEfforts.None);
    private static readonly EffortSpec AstraEfforts = new(Low | Medium | High | ExtraHigh);

    public static readonly ProviderRow Provider = new("openai", Dialect.OpenAIChat, "https://api.openai.com/v1")
    {
        EndpointVariable = "OPENAI_BASE_URL",
        KeyVariable = "OPENAI_API_KEY",
        KeyPrefixes = ["sk-"],
        UnlistedTraits = Gpt4o.With(Audio),
        Families =
        [
            new("gpt-*chat", "gpt-5.3-chat-latest"),
            new("chatgpt-", "gpt-5.3-chat-latest"),
            new("gpt-*search", "gpt-5-search-api"),
            new("gpt-audio", "gpt-audio-1.5"),
            new("gpt-*audio", "gpt-audio-1.5"),
            new("gpt-3", "gpt-3.5-turbo"),
            new("gpt-4", "gpt-4.1"),
            new("gpt-5", "gpt-5.6-sol"),
            new("gpt-#", "gpt-6.2-sol") { EffortsWithTools = ModelEfforts.None },
            new("o#", "o4-mini"),
        ],
        Models =
        [
            new("chatgpt-4o-latest", Gpt4Vision.Without(Tools), 128_000, 4_096, 5m, 15m) { Retires = "2026-02-17", Successor = "gpt-5.6-sol" },
            new("ft:gpt-3.5-turbo", Gpt4.Without(Tools), 16_385, 4_096, 3m, 6m) { Retires = "2026-10-23", Successor = "gpt-5.6-terra" },
            new("ft:gpt-3.5-turbo-0125", Gpt4.Without(Tools), 16_385, 4_096, 3m, 6m) { Retires = "2026-10-23", Successor = "gpt-5.6-terra" },
            new("ft:gpt-3.5-turbo-0613", Gpt4.Without(Tools), 4_096, 4_096, 3m, 6m) { Retires = "2024-09-13", Successor = "gpt-5.6-terra" },
            new("ft:gpt-3.5-turbo-1106", Gpt4.Without(Tools), 16_385, 4_096, 3m, 6m) { Retires = "2026-09-28", Successor = "gpt-5.6-terra" },
            new("ft:gpt-4-0613", Gpt4, 8_192, 4_096, 30m, 60m) { Retires = "2026-10-23", Successor = "gpt-5.6-sol" },
            new("ft:gpt-4.1-2025-04-14", Gpt4o, 1_047_576, 32_768, 3m, 12m, 0.75m) { Retires = "2027-01-14", Successor = "gpt-6-luna" },
            new("ft:gpt-4.1-mini-2025-04-14", Gpt4o, 1_047_576, 32_768, 0.8m, 3.2m, 0.2m) { Retires = "2027-01-14", Successor = "gpt-6-luna" },
            new("ft:gpt-4.1-nano-2025-04-14", Gpt4o, 1_047_576, 32_768, 0.2m, 0.8m, 0.05m) { Retires = "2026-10-23", Successor = "gpt-6-luna" },
            new("ft:gpt-4o-2024-08-06", Gpt4o, 128_000, 16_384, 3.75m, 15m, 1.875m) { Retires = "2027-01-14", Successor = "gpt-6-luna" },
            new("ft:gpt-4o-2024-11-20", Gpt4o, 128_000, 16_384, 3.75m, 15m, 1.875m) { Retires = "2027-01-14", Successor = "gpt-6-luna" },
            new("ft:gpt-4o-mini-2024-07-18", Gpt4o, 128_000, 16_384, 0.3m, 1.2m, 0.15m) { Retires = "2027-01-14", Successor = "gpt-6-luna" },
            new("ft:o4-mini-2025-04-16", OSeries, 200_000, 100_000, 4m, 16m, 1m) { Efforts = OEfforts, Retires = "2026-10-23", Successor = "gpt-5.6-terra" },
            new("gpt-3.5-turbo", Gpt4, 16_385, 4_096, 0.5m, 1.5m) { Aliases = ["gpt-3.5-turbo-0125"], Retires = "2026-10-23", Successor = "gpt-5.6-terra" },
            new("gpt-3.5-turbo-0301", Gpt4.Without(Tools), 4_096, 4_096, 1.5m, 2m) { Retires = "2024-09-13", Successor = "gpt-5.6-terra" },
            new("gpt-3.5-turbo-0613", Gpt4, 4_096, 4_096, 1.5m, 2m) { Retires = "2024-09-13", Successor = "gpt-5.6-terra" },
            new("gpt-3.5-turbo-1106", Gpt4, 16_385, 4_096, 1m, 2m) { Retires = "2026-09-28", Successor = "gpt-5.6-terra" },
            new("gpt-3.5-turbo-16k", Gpt4.Without(Tools), 16_385, 4_096, 3m, 4m) { Retires = "2024-09-13", Successor = "gpt-5.6-terra" },
            new("gpt-3.5-turbo-16k-0613", Gpt4, 16_385, 4_096, 3m, 4m) { Retires = "2024-09-13", Successor = "gpt-5.6-terra" },
            new("gpt-4", Gpt4, 8_192, 4_096, 30m, 60m) { Aliases = ["gpt-4-0613"], Retires = "2026-10-23", Successor = "gpt-5.6-sol" },
            new("gpt-4-0125-preview", Gpt4, 128_000, 4_096, 10m, 30m) { Aliases = ["gpt-4-turbo-preview"], Retires = "2026-03-26", Successor = "gpt-5.6-sol" },
            new("gpt-4-0314", Gpt4.Without(Tools), 8_192, 4_096, 30m, 60m) { Retires = "2026-03-26", Successor = "gpt-5.6-sol" },
            new("gpt-4-1106-preview", Gpt4, 128_000, 4_096, 10m, 30m) { Retires = "2026-03-26", Successor = "gpt-5.6-sol" },
            new("gpt-4-32k", Gpt4, 32_768, 4_096, 60m, 120m) { Aliases = ["gpt-4-32k-0613"], Retires = "2025-06-06", Successor = "gpt-5.6-sol" },
            new("gpt-4-32k-0314", Gpt4.Without(Tools), 32_768, 4_096, 60m, 120m) { Retires = "2025-06-06", Successor = "gpt-5.6-sol" },
            new("gpt-4-turbo", Gpt4Vision, 128_000, 4_096, 10m, 30m) { Aliases = ["gpt-4-turbo-2024-04-09"], Retires = "2026-10-23", Successor = "gpt-5.6-sol" },
            new("gpt-4-vision-preview", Gpt4Vision.Without(Tools), 128_000, 4_096, 10m, 30m) { Aliases = ["gpt-4-1106-vision-preview"], Retires = "2024-12-06", Successor = "gpt-5.6-sol" },
            new("gpt-4.1", Gpt4o, 1_047_576, 32_768, 2m, 8m, 0.5m) { Aliases = ["gpt-4.1-2025-04-14"], Retires = "2027-01-14", Successor = "gpt-6-luna" },
            new("gpt-4.1-mini", Gpt4o, 1_047_576, 32_768, 0.4m, 1.6m, 0.1m) { Aliases = ["gpt-4.1-mini-2025-04-14"], Retires = "2027-01-14", Successor = "gpt-6-luna" },
            new("gpt-4.1-nano", Gpt4o, 1_047_576, 32_768, 0.1m, 0.4m, 0.025m) { Aliases = ["gpt-4.1-nano-2025-04-14"], Retires = "2026-10-23", Successor = "gpt-6-luna" },
            new("gpt-4.5-preview", Gpt4o, 128_000, 16_384, 75m, 150m, 37.5m) { Aliases = ["gpt-4.5-preview-2025-02-27"], Retires = "2025-07-14", Successor = "gpt-5.6-sol" },
            new("gpt-4o", Gpt4o, 128_000, 16_384, 2.5m, 10m, 1.25m) { Aliases = ["gpt-4o-2024-08-06", "gpt-4o-2024-11-20"], Retires = "2027-01-14", Successor = "gpt-6-luna" },
            new("gpt-4o-2024-05-13", Gpt4Vision, 128_000, 4_096, 5m, 15m) { Retires = "2026-10-23", Successor = "gpt-5.6-sol" },
            new("gpt-4o-audio-preview", Gpt4Audio, 128_000, 16_384, 2.5m, 10m) { Aliases = ["gpt-4o-audio-preview-2024-12-17", "gpt-4o-audio-preview-2025-06-03"], Retires = "2027-01-20", Successor = "gpt-audio-1.5" },
            new("gpt-4o-mini", Gpt4o, 128_000, 16_384, 0.15m, 0.6m, 0.075m) { Aliases = ["gpt-4o-mini-2024-07-18"], Retires = "2027-01-14", Successor = "gpt-6-luna" },
            new("gpt-4o-mini-audio-preview", Gpt4Audio, 128_000, 16_384, 0.15m, 0.6m) { Aliases = ["gpt-4o-mini-audio-preview-2024-12-17"], Retires = "2027-01-20", Successor = "gpt-audio-1.5" },
            new("gpt-4o-mini-search-preview", Search, 128_000, 16_384, 0.15m, 0.6m, 0.075m) { Aliases = ["gpt-4o-mini-search-preview-2025-03-11"] },
            new("gpt-4o-search-preview", Search, 128_000, 16_384, 2.5m, 10m, 1.25m) { Aliases = ["gpt-4o-search-preview-2025-03-11"] },
            new("gpt-5", Reasoner, Gpt5Window, Gpt5Output, 1.25m, 10m, 0.125m) { InputLimit = Gpt5Input, Efforts = Gpt5Efforts, Aliases = ["gpt-5-2025-08-07"], Retires = "2026-12-11", Successor = "gpt-6.1-sol" },
            new("gpt-5-chat", ChatGpt.Without(Tools), 128_000, 16_384, 1.25m, 10m, 0.125m) { Aliases = ["gpt-5-chat-latest"] },
            new("gpt-5-mini", Reasoner, Gpt5Window, Gpt5Output, 0.25m, 2m, 0.025m) { InputLimit = Gpt5Input, Efforts = Gpt5Efforts, Aliases = ["gpt-5-mini-2025-08-07"], Retires = "2026-12-11", Successor = "gpt-6.1-terra" },
            new("gpt-5-nano", Reasoner, Gpt5Window, Gpt5Output, 0.05m, 0.4m, 0.005m) { InputLimit = Gpt5Input, Efforts = Gpt5Efforts, Aliases = ["gpt-5-nano-2025-08-07"], Retires = "2026-12-11", Successor = "gpt-6-luna" },
            new("gpt-5-search-api", Search, Gpt5Window, Gpt5Output, 1.25m, 10m, 0.125m) { InputLimit = Gpt5Input, Aliases = ["gpt-5-search-api-2025-10-14"] },
            new("gpt-5.1", Optional, Gpt5Window, Gpt5Output, 1.25m, 10m, 0.125m) { InputLimit = Gpt5Input, Efforts = Gpt51Efforts, Aliases = ["gpt-5.1-2025-11-13"], Retires = "2027-04-01", Successor = "gpt-6.1-sol" },
            new("gpt-5.1-chat-latest", ChatGpt.Without(Tools), 128_000, 16_384, 1.25m, 10m, 0.125m),
            new("gpt-5.2", Optional, Gpt5Window, Gpt5Output, 1.75m, 14m, 0.175m) { InputLimit = Gpt5Input, Efforts = Gpt52Efforts, Aliases = ["gpt-5.2-2025-12-11"] },
            new("gpt-5.2-chat-latest", ChatGpt, 128_000, 16_384, 1.75m, 14m, 0.175m) { Retires = "2026-08-10", Successor = "gpt-5.6-sol" },
            new("gpt-5.3-chat-latest", ChatGpt, 128_000, 16_384, 1.75m, 14m, 0.175m) { Retires = "2026-08-10", Successor = "gpt-5.6-sol" },
            new("gpt-5.4", Optional, Gpt54Window, Gpt5Output, 2.5m, 15m, 0.25m) { InputLimit = Gpt54Input, Efforts = Gpt52Efforts, Aliases = ["gpt-5.4-2026-03-05"] },
            new("gpt-5.4-mini", Optional, Gpt5Window, Gpt5Output, 0.75m, 4.5m, 0.075m) { InputLimit = Gpt5Input, Efforts = Gpt52Efforts, Aliases = ["gpt-5.4-mini-2026-03-17"] },
            new("gpt-5.4-nano", Optional, Gpt5Window, Gpt5Output, 0.2m, 1.25m, 0.02m) { InputLimit = Gpt5Input, Efforts = Gpt52Efforts, Aliases = ["gpt-5.4-nano-2026-03-17"], Retires = "2027-04-01", Successor = "gpt-6-luna" },
            new("gpt-5.5", Optional, Gpt54Window, Gpt5Output, 5m, 30m, 0.5m) { InputLimit = Gpt54Input, Efforts = Gpt52Efforts, Aliases = ["gpt-5.5-2026-04-23"] },
            new("gpt-5.6-luna", Optional, Gpt54Window, Gpt5Output, 0.2m, 1.2m, 0.02m, 0.25m) { InputLimit = Gpt54Input, Efforts = Gpt56Efforts },
            new("gpt-5.6-sol", Optional, Gpt54Window, Gpt5Output, 4m, 20m, 0.4m, 5m) { InputLimit = Gpt54Input, Efforts = Gpt56Efforts, Aliases = ["gpt-5.6"] },
            new("gpt-5.6-terra", Optional, Gpt54Window, Gpt5Output, 2m, 12m, 0.2m, 2.5m) { InputLimit = Gpt54Input, Efforts = Gpt56Efforts },
            new("gpt-6-astra", ResponsesTools, Gpt54Window, Gpt5Output, 10m, 50m, 1m, 12.5m) { InputLimit = Gpt54Input, Efforts = AstraEfforts },
            new("gpt-6-luna", Optional, Gpt54Window, Gpt5Output, 0.1m, 0.5m, 0.01m, 0.125m) { InputLimit = Gpt54Input, Efforts = Gpt56Efforts },
            new("gpt-6-sol", Optional, Gpt54Window, Gpt5Output, 2m, 10m, 0.2m, 2.5m) { InputLimit = Gpt54Input, Efforts = Gpt56Efforts },
            new("gpt-6.1-sol", ResponsesTools, Gpt54Window, Gpt5Output, 2m, 10m, 0.1m, 2.5m) { InputLimit = Gpt54Input, Efforts = AstraEfforts },
            new("gpt-6.1-terra", Optional.Without(Tools), Gpt54Window, Gpt5Output, 1m, 5m, 0.05m, 1.25m) { InputLimit = Gpt54Input, Efforts = new(ModelEfforts.None | Low | Medium | High | ExtraHigh) },
            new("gpt-6.2-astra", ResponsesTools, Gpt54Window, Gpt5Output, 8m, 40m, 0.4m, 10m) { InputLimit = Gpt54Input, Efforts = AstraEfforts },
            new("gpt-6.2-sol", ResponsesTools, Gpt54Window, Gpt5Output, 2m, 10m, 0.1m, 2.5m) { InputLimit = Gpt54Input, Efforts = AstraEfforts },
            new("gpt-audio", Gpt4Audio, 128_000, 16_384, 2.5m, 10m) { Aliases = ["gpt-audio-2025-08-28"], Retires = "2027-01-20", Successor = "gpt-audio-1.5" },
            new("gpt-audio-1.5", Gpt4Audio, 128_000, 16_384, 2.5m, 10m),
            new("gpt-audio-mini", Gpt4Audio, 128_000, 16_384, 0.6m, 2.4m) { Aliases = ["gpt-audio-mini-2025-10-06", "gpt-audio-mini-2025-12-15"], Retires = "2027-01-20", Successor = "gpt-audio-1.5" },
            new("o1", OSeries, 200_000, 100_000, 15m, 60m, 7.5m) { Efforts = OEfforts, Aliases = ["o1-2024-12-17"], Retires = "2026-10-23", Successor = "gpt-5.6-sol" },
            new("o1-mini", Text, 128_000, 65_536, 1.1m, 4.4m, 0.55m) { Aliases = ["o1-mini-2024-09-12"], Retires = "2025-10-27", Successor = "gpt-5.6-terra" },
            new("o1-preview", Text, 128_000, 32_768, 15m, 60m, 7.5m) { Aliases = ["o1-preview-2024-09-12"], Retires = "2025-07-28", Successor = "gpt-5.6-sol" },
            new("o3", OSeries, 200_000, 100_000, 2m, 8m, 0.5m) { Efforts = OEfforts, Aliases = ["o3-2025-04-16"], Retires = "2026-12-11", Successor = "gpt-6.1-sol" },
            new("o3-mini", OSeries.Without(Vision | Documents), 200_000, 100_000, 1.1m, 4.4m, 0.55m) { Efforts = OEfforts, Aliases = ["o3-mini-2025-01-31"], Retires = "2026-10-23", Successor = "gpt-5.6-sol" },
            new("o4-mini", OSeries, 200_000, 100_000, 1.1m, 4.4m, 0.275m) { Efforts = OEfforts, Aliases = ["o4-mini-2025-04-16"], Retires = "2026-10-23", Successor = "gpt-5.6-terra" },
            ModelRow.Embedding("text-embedding-3-large", 8_191, 3_072, 0.13m),
            ModelRow.Embedding("text-embedding-3-small", 8_191, 1_536, 0.02m),
            ModelRow.Embedding("text-embedding-ada-002", 8_191, 1_536, 0.1m) with { Aliases = ["text-embedding-ada-002-v2"] },
        ],
    };
}
