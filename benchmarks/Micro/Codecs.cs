using RouterGen.Codecs;
using RouterGen.Infrastructure;

namespace RouterGen.Benchmarks.Micro;

/// <summary>The codecs, specialised as the generator does it.</summary>
internal static class Codecs
{
    private const ModelCapabilities Capabilities = ModelCapabilities.Tools | ModelCapabilities.JsonSchema | ModelCapabilities.Vision;
    private const ModelParameters Parameters = ModelParameters.Sampling | ModelParameters.Stop | ModelParameters.RequiredToolChoice;

    public static readonly ChatCodec OpenAI = new OpenAIChatCodec<Gpt4oMini>();
    public static readonly ChatCodec Anthropic = new AnthropicMessagesCodec<ClaudeHaiku45>();

    private readonly struct Gpt4oMini : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"gpt-4o-mini\""u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("test", "gpt-4o-mini")
        {
            Capabilities = Capabilities,
            Parameters = Parameters,
            Quirks = (int)(OpenAIQuirks.MaxCompletionTokens | OpenAIQuirks.StreamUsageOption),
        };
    }

    private readonly struct ClaudeHaiku45 : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"claude-haiku-4-5\""u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("test", "claude-haiku-4-5")
        {
            Capabilities = Capabilities,
            Parameters = Parameters | ModelParameters.TopK | ModelParameters.Reasoning,
            Quirks = (int)AnthropicQuirks.ThinkingBudget,
            DefaultMaxOutputTokens = 16384,
        };
    }
}
