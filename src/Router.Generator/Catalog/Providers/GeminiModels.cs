using RouterGen.Generator.Model;
using static RouterGen.Generator.Model.ModelTraits;

namespace RouterGen.Generator.Catalog.Providers;

/// <summary>Gemini through its OpenAI-compatible endpoint: https://ai.google.dev/gemini-api/docs/openai.</summary>
internal static class GeminiModels
{
    // The endpoint knows a part of the parameters, and refuses a field that it does not know with a 400: seed, penalties, parallel_tool_calls.
    private const ModelTraits Chat = Sampling | Stop | Tools | Vision | Audio | JsonSchema | StreamUsageOption;
    private const ModelTraits Thinking = Chat | ReasoningEffort;
    private const ModelTraits Gemma = Sampling | Stop | Vision | StreamUsageOption;

    public static readonly ProviderRow Provider = new("gemini", Dialect.OpenAIChat, "https://generativelanguage.googleapis.com/v1beta/openai")
    {
        KeyVariable = "GEMINI_API_KEY",
        UnlistedTraits = Thinking,
        Models =
        [
            new("gemini-1.5-flash", Chat, 1_048_576, 8_192, 0.075m, 0.3m, 0.01875m) { Retires = "2025-09-29", Successor = "gemini-2.5-flash" },
            new("gemini-1.5-flash-8b", Chat, 1_048_576, 8_192, 0.0375m, 0.15m, 0.01m) { Retires = "2025-09-29", Successor = "gemini-2.5-flash-lite" },
            new("gemini-1.5-pro", Chat, 2_097_152, 8_192, 1.25m, 5m, 0.3125m) { Retires = "2025-09-29", Successor = "gemini-2.5-pro" },
            new("gemini-2.0-flash", Chat, 1_048_576, 8_192, 0.1m, 0.4m, 0.025m) { Aliases = ["gemini-2.0-flash-001"], Retires = "2026-06-01", Successor = "gemini-3.5-flash" },
            new("gemini-2.0-flash-lite", Chat, 1_048_576, 8_192, 0.075m, 0.3m, 0.01875m) { Aliases = ["gemini-2.0-flash-lite-001"], Retires = "2026-06-01", Successor = "gemini-3.1-flash-lite" },
            new("gemini-2.5-flash", Thinking, 1_048_576, 65_535, 0.3m, 2.5m, 0.03m),
            new("gemini-2.5-flash-lite", Thinking, 1_048_576, 65_535, 0.1m, 0.4m, 0.01m),
            new("gemini-2.5-flash-lite-preview-06-17", Thinking, 1_048_576, 65_535, 0.1m, 0.4m, 0.025m) { Retires = "2025-11-18", Successor = "gemini-2.5-flash-lite" },
            new("gemini-2.5-flash-lite-preview-09-2025", Thinking, 1_048_576, 65_535, 0.1m, 0.4m, 0.01m),
            new("gemini-2.5-flash-preview-09-2025", Thinking, 1_048_576, 65_535, 0.3m, 2.5m, 0.075m),
            new("gemini-2.5-pro", Thinking, 1_048_576, 65_535, 1.25m, 10m, 0.125m),
            new("gemini-3-flash-preview", Thinking, 1_048_576, 65_535, 0.5m, 3m, 0.05m),
            new("gemini-3-pro-preview", Thinking, 1_048_576, 65_535, 2m, 12m, 0.2m) { Retires = "2026-03-09", Successor = "gemini-3.1-pro-preview" },
            new("gemini-3.1-flash-lite", Thinking, 1_048_576, 65_536, 0.25m, 1.5m, 0.025m),
            new("gemini-3.1-flash-lite-preview", Thinking, 1_048_576, 65_536, 0.25m, 1.5m, 0.025m),
            new("gemini-3.1-pro-preview", Thinking, 1_048_576, 65_536, 2m, 12m, 0.2m),
            new("gemini-3.1-pro-preview-customtools", Thinking, 1_048_576, 65_536, 2m, 12m, 0.2m),
            new("gemini-3.5-flash", Thinking, 1_048_576, 65_535, 1.5m, 9m, 0.15m),
            new("gemini-flash-latest", Thinking, 1_048_576, 65_535, 0.3m, 2.5m, 0.03m),
            new("gemini-flash-lite-latest", Thinking, 1_048_576, 65_535, 0.1m, 0.4m, 0.01m),
            new("gemini-pro-latest", Thinking, 1_048_576, 65_535, 1.25m, 10m, 0.125m),
            new("gemini-robotics-er-1.5-preview", Thinking, 1_048_576, 65_535, 0.3m, 2.5m),
            new("gemma-3-27b-it", Gemma, 131_072, 8_192, 0m, 0m),
            ModelRow.Embedding("gemini-embedding-001", 2_048, 3_072, 0.15m),
            ModelRow.Embedding("gemini-embedding-2", 8_192, 3_072, 0.2m),
            ModelRow.Embedding("gemini-embedding-2-preview", 8_192, 3_072, 0.2m),
        ],
    };
}
