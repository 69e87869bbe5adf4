using RouterGen.Declarations.Model;
using static RouterGen.Codecs.OpenAIQuirks;
using static RouterGen.Declarations.Model.ModelCapabilities;
using static RouterGen.Declarations.Model.ModelParameters;

namespace RouterGen.Declarations.Catalog.Providers;

/// <summary>Groq and its models: https://console.groq.com/docs/models.</summary>
internal static class GroqModels
{
    // A name on a message is refused with a 400, and penalties have no effect. Usage of a stream comes in x_groq, unasked.
    private static readonly ModelTraits Text = new ModelTraits(ModelCapabilities.None, Sampling | Stop | Seed).WithQuirks(MaxCompletionTokens);
    private static readonly ModelTraits Agent = Text.With(Tools).With(ParallelToolCalls | RequiredToolChoice);
    private static readonly ModelTraits GptOss = Agent.With(JsonSchema | WebSearch | CodeInterpreter).With(Reasoning).WithQuirks(ReturnsReasoning | BrowserSearchTool);

    public static readonly ProviderRow Provider = new("groq", Dialect.OpenAIChat, "https://api.groq.com/openai/v1")
    {
        EndpointVariable = "GROQ_API_BASE",
        KeyVariable = "GROQ_API_KEY",
        KeyPrefixes = ["gsk_"],
        UnlistedTraits = Agent.With(JsonSchema | Vision),
        Families = [new("openai/gpt-oss", "openai/gpt-oss-120b"), new("moonshotai/kimi", "moonshotai/kimi-k2-instruct-0905"), new("meta-llama/llama-4", "meta-llama/llama-4-scout-17b-16e-instruct")],
        Models =
        [
            new("gemma-7b-it", Agent, 8_192, 8_192, 0.05m, 0.08m),
            new("llama-3.1-8b-instant", Agent, 128_000, 8_192, 0.05m, 0.08m),
            new("llama-3.3-70b-versatile", Agent, 128_000, 32_768, 0.59m, 0.79m),
            new("meta-llama/llama-4-maverick-17b-128e-instruct", Agent.With(Vision | JsonSchema), 131_072, 8_192, 0.2m, 0.6m),
            new("meta-llama/llama-4-scout-17b-16e-instruct", Agent.With(Vision | JsonSchema), 131_072, 8_192, 0.11m, 0.34m),
            new("meta-llama/llama-guard-4-12b", Text, 8_192, 8_192, 0.2m, 0.2m),
            new("moonshotai/kimi-k2-instruct-0905", Agent.With(JsonSchema), 262_144, 16_384, 1m, 3m, 0.5m),
            new("openai/gpt-oss-120b", GptOss, 131_072, 32_766, 0.15m, 0.6m, 0.075m),
            new("openai/gpt-oss-20b", GptOss, 131_072, 32_768, 0.075m, 0.3m, 0.0375m),
            new("openai/gpt-oss-safeguard-20b", GptOss, 131_072, 65_536, 0.075m, 0.3m, 0.037m),
            new("qwen/qwen3-32b", Agent, 131_000, 131_000, 0.29m, 0.59m),
        ],
    };
}
