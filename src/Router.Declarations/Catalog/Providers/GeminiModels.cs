using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelEfforts;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>
/// Gemini through its OpenAI-compatible endpoint: https://ai.google.dev/gemini-api/docs/openai, as of 2026-11-28.
/// Prices are those for up to 200,000 input tokens.
/// </summary>
internal static class GeminiModels
{
    // The endpoint knows a part of the parameters, and refuses a field that it does not know with a 400: seed, penalties, parallel_tool_calls.
    private static readonly ModelTraits Chat = new ModelTraits(Tools | Vision | Audio | JsonSchema, Sampling | Stop | RequiredToolChoice).WithQuirks(StreamUsageOption);

    // Signatures of thoughts come in extra_content, and from Gemini 3 on a call without one is refused.
    private static readonly ModelTraits Thinking = Chat.With(Reasoning).WithQuirks(ReturnsExtraContent);
    private static readonly ModelTraits Signing = Thinking.WithQuirks(SignatureWithCalls);
    private static readonly ModelTraits Fixed = Signing.Without(Sampling);
    private static readonly ModelTraits Gemma = new ModelTraits(Vision, Sampling | Stop).WithQuirks(StreamUsageOption);

    // An effort is the model's thinking level, or a budget on 2.5. https://ai.google.dev/gemini-api/docs/openai#thinking
    private static readonly EffortSpec FromNone = new(ModelEfforts.None | Minimal | Low | Medium | High);
    private static readonly EffortSpec FromMinimal = new(Minimal | Low | Medium | High);
    private static readonly EffortSpec FromLow = new(Low | Medium | High);

    public static readonly ProviderRow Provider = new("gemini", Dialect.OpenAIChat, "https://generativelanguage.googleapis.com/v1beta/openai")
    {
        KeyVariable = "GEMINI_API_KEY",
        KeyPrefixes = ["AIza", "AQ."],
        UnlistedTraits = Signing,
        Families =
        [
            new("gemma-", "gemma-3-27b-it"),
            new("gemini-1", "gemini-1.5-pro"),
            new("gemini-2.0", "gemini-2.0-flash"),
            new("gemini-2", "gemini-2.5-pro"),
            new("gemini-3*lite", "gemini-3.5-flash-lite"),
            new("gemini-3*pro", "gemini-3.1-pro-preview"),
            new("gemini-3", "gemini-3.8-flash"),
            new("gemini-", "gemini-4-hydrogen"),
        ],
        Models =
        [
            new("gemini-1.5-flash", Chat, 1_048_576, 8_192, 0.075m, 0.3m, 0.01875m) { Retires = "2025-09-29", Successor = "gemini-3.5-flash-lite" },
            new("gemini-1.5-flash-8b", Chat, 1_048_576, 8_192, 0.0375m, 0.15m, 0.01m) { Retires = "2025-09-29", Successor = "gemini-2.5-flash-lite" },
            new("gemini-1.5-pro", Chat, 2_097_152, 8_192, 1.25m, 5m, 0.3125m) { Retires = "2025-09-29", Successor = "gemini-3.8-flash" },
            new("gemini-2.0-flash", Chat, 1_048_576, 8_192, 0.1m, 0.4m, 0.025m) { Aliases = ["gemini-2.0-flash-001"], Retires = "2026-06-01", Successor = "gemini-3.5-flash" },
            new("gemini-2.0-flash-lite", Chat, 1_048_576, 8_192, 0.075m, 0.3m, 0.01875m) { Aliases = ["gemini-2.0-flash-lite-001"], Retires = "2026-06-01", Successor = "gemini-3.1-flash-lite" },
            new("gemini-2.5-flash", Thinking, 1_048_576, 65_535, 0.3m, 2.5m, 0.03m) { Efforts = FromNone, Retires = "2026-12-01", Successor = "gemini-3.5-flash-lite" },
            new("gemini-2.5-flash-lite", Thinking, 1_048_576, 65_535, 0.1m, 0.4m, 0.01m) { Efforts = FromNone },
            new("gemini-2.5-flash-lite-preview-06-17", Thinking, 1_048_576, 65_535, 0.1m, 0.4m, 0.025m) { Efforts = FromNone, Retires = "2025-11-18", Successor = "gemini-2.5-flash-lite" },
            new("gemini-2.5-flash-lite-preview-09-2025", Thinking, 1_048_576, 65_535, 0.1m, 0.4m, 0.01m) { Efforts = FromNone },
            new("gemini-2.5-flash-preview-09-2025", Thinking, 1_048_576, 65_535, 0.3m, 2.5m, 0.075m) { Efforts = FromNone },
            new("gemini-2.5-pro", Thinking, 1_048_576, 65_535, 1.25m, 10m, 0.125m) { Efforts = FromMinimal, Retires = "2026-12-01", Successor = "gemini-3.8-flash" },
            new("gemini-3-flash-preview", Signing, 1_048_576, 65_535, 0.5m, 3m, 0.05m) { Efforts = FromMinimal },
            new("gemini-3-pro-preview", Signing, 1_048_576, 65_535, 2m, 12m, 0.2m) { Efforts = new(Low | High), Retires = "2026-03-09", Successor = "gemini-3.1-pro-preview" },
            new("gemini-3.1-flash-lite", Signing, 1_048_576, 65_536, 0.25m, 1.5m, 0.025m) { Efforts = FromMinimal },
            new("gemini-3.1-flash-lite-preview", Signing, 1_048_576, 65_536, 0.25m, 1.5m, 0.025m) { Efforts = FromMinimal },
            new("gemini-3.1-pro-preview", Signing, 1_048_576, 65_536, 2m, 12m, 0.2m) { Efforts = FromLow },
            new("gemini-3.1-pro-preview-customtools", Signing, 1_048_576, 65_536, 2m, 12m, 0.2m) { Efforts = FromLow },
            new("gemini-3.5-flash", Signing, 1_048_576, 65_535, 1.5m, 9m, 0.15m) { Efforts = FromMinimal },

            // Pays no attention to a temperature or top_p.
            new("gemini-3.5-flash-lite", Fixed, 1_048_576, 65_536, 0.3m, 2.5m, 0.03m) { Efforts = FromMinimal },

            // Twice as much from 2027-01-01 on.
            new("gemini-3.6-flash", Signing, 1_048_576, 65_536, 0.75m, 3.75m, 0.075m) { Efforts = FromMinimal },
            new("gemini-3.7-flash", Signing, 1_048_576, 65_536, 0.75m, 3.75m, 0.075m) { Efforts = FromLow },
            new("gemini-3.8-flash", Signing, 1_048_576, 65_536, 0.75m, 3.75m, 0.075m) { Efforts = FromLow },

            // Twice as much from 2026-12-01 on.
            new("gemini-4-argon", Signing, 1_048_576, 1_048_576, 2m, 10m, 0.1m) { Efforts = FromLow },
            new("gemini-4-carbon", Signing, 1_048_576, 1_048_576, 2m, 10m, 0.1m) { Efforts = FromLow },

            // Wants no temperature and no top_p.
            new("gemini-4-hydrogen", Fixed, 1_048_576, 65_536, 1.5m, 7.5m, 0.075m) { Efforts = new(Low | Medium | High | ExtraHigh) },

            // What these stand for changes, and with it the price.
            new("gemini-flash-latest", Signing, 1_048_576, 65_536, 0m, 0m) { Efforts = FromLow, IsPriced = false },
            new("gemini-flash-lite-latest", Fixed, 1_048_576, 65_536, 0m, 0m) { Efforts = FromMinimal, IsPriced = false },
            new("gemini-pro-latest", Signing, 1_048_576, 65_536, 0m, 0m) { Efforts = FromLow, IsPriced = false },
            new("gemini-robotics-er-1.5-preview", Thinking, 1_048_576, 65_535, 0.3m, 2.5m) { Efforts = FromNone },
            new("gemma-3-27b-it", Gemma, 131_072, 8_192, 0m, 0m),
            ModelRow.Embedding("gemini-embedding-001", 2_048, 3_072, 0.15m),
            ModelRow.Embedding("gemini-embedding-2", 8_192, 3_072, 0.2m),
            ModelRow.Embedding("gemini-embedding-2-preview", 8_192, 3_072, 0.2m),
        ],
    };
}
