using RouterGen.Codecs;
using RouterGen.Infrastructure;

namespace RouterGen.Benchmarks.Overhead;

/// <summary>A wire format that is measured.</summary>
/// <param name="Name">Its name, which is also its provider's.</param>
/// <param name="BasePath">What follows the provider's name in the address that deployments have.</param>
/// <param name="Group">The group with its deployments.</param>
/// <param name="Codec">The codec of these deployments, for the contender that has no router.</param>
internal sealed record MeasuredDialect(string Name, string BasePath, Func<DialectModels, ChatGroup> Group, ChatCodec Codec)
{
    public static readonly MeasuredDialect[] All =
    [
        new("chat", "/v1", static models => models.Chat, new OpenAIChatCodec<Constants>()),
        new("responses", "/v1", static models => models.Responses, new OpenAIResponsesCodec<Constants>()),
        new("messages", "", static models => models.Messages, new AnthropicMessagesCodec<Constants>()),
        new("gemini", "/v1beta", static models => models.Gemini, new GeminiChatCodec<Constants>()),
        new("converse", "", static models => models.Converse, new BedrockConverseCodec<Constants>()),
        new("cohere", "/v2", static models => models.Cohere, new CohereChatCodec<Constants>()),
        new("ollama", "", static models => models.Ollama, new OllamaChatCodec<Constants>()),
    ];

    public string Model => Name + "/m";

    public Uri AddressOn(Uri server) => new(server, Name + BasePath);

    internal readonly struct Constants : IDeploymentConstants
    {
        public ReadOnlySpan<byte> RequestPrefix => "{\"model\":\"m\""u8;

        public ModelProfile Profile => Model;

        private static readonly ModelProfile Model = new("test", "m");
    }
}
