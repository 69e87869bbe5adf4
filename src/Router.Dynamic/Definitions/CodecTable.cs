using RouterGen.Codecs;
using RouterGen.Infrastructure;

namespace RouterGen.Dynamic.Definitions;

/// <summary>All codecs, by the names that the tables of dialects and platforms call them.</summary>
internal static class CodecTable
{
    private static readonly Dictionary<string, Func<DeclaredConstants, Codec>> All = new(StringComparer.Ordinal)
    {
        ["OpenAIChatCodec"] = static constants => new OpenAIChatCodec<DeclaredConstants>(constants),
        ["OpenAIResponsesCodec"] = static constants => new OpenAIResponsesCodec<DeclaredConstants>(constants),
        ["OpenAIEmbeddingsCodec"] = static constants => new OpenAIEmbeddingsCodec<DeclaredConstants>(constants),
        ["OpenAICompletionsCodec"] = static constants => new OpenAICompletionsCodec<DeclaredConstants>(constants),
        ["OpenAIRerankCodec"] = static constants => new OpenAIRerankCodec<DeclaredConstants>(constants),
        ["OpenAIModerationCodec"] = static constants => new OpenAIModerationCodec<DeclaredConstants>(constants),
        ["OpenAIImagesCodec"] = static constants => new OpenAIImagesCodec<DeclaredConstants>(constants),
        ["OpenAITranscriptionCodec"] = static constants => new OpenAITranscriptionCodec<DeclaredConstants>(constants),
        ["OpenAISpeechCodec"] = static constants => new OpenAISpeechCodec<DeclaredConstants>(constants),
        ["AnthropicMessagesCodec"] = static constants => new AnthropicMessagesCodec<DeclaredConstants>(constants),
        ["GeminiChatCodec"] = static constants => new GeminiChatCodec<DeclaredConstants>(constants),
        ["GeminiEmbeddingsCodec"] = static constants => new GeminiEmbeddingsCodec<DeclaredConstants>(constants),
        ["GeminiImagesCodec"] = static constants => new GeminiImagesCodec<DeclaredConstants>(constants),
        ["VertexGeminiCodec"] = static constants => new VertexGeminiCodec<DeclaredConstants>(constants),
        ["VertexEmbeddingsCodec"] = static constants => new VertexEmbeddingsCodec<DeclaredConstants>(constants),
        ["BedrockConverseCodec"] = static constants => new BedrockConverseCodec<DeclaredConstants>(constants),
        ["BedrockAnthropicCodec"] = static constants => new BedrockAnthropicCodec<DeclaredConstants>(constants),
        ["BedrockEmbeddingsCodec"] = static constants => new BedrockEmbeddingsCodec<DeclaredConstants>(constants),
        ["BedrockRerankCodec"] = static constants => new BedrockRerankCodec<DeclaredConstants>(constants),
        ["BedrockImagesCodec"] = static constants => new BedrockImagesCodec<DeclaredConstants>(constants),
        ["CohereChatCodec"] = static constants => new CohereChatCodec<DeclaredConstants>(constants),
        ["CohereEmbeddingsCodec"] = static constants => new CohereEmbeddingsCodec<DeclaredConstants>(constants),
        ["CohereRerankCodec"] = static constants => new CohereRerankCodec<DeclaredConstants>(constants),
        ["OllamaChatCodec"] = static constants => new OllamaChatCodec<DeclaredConstants>(constants),
        ["OllamaCompletionsCodec"] = static constants => new OllamaCompletionsCodec<DeclaredConstants>(constants),
        ["OllamaEmbeddingsCodec"] = static constants => new OllamaEmbeddingsCodec<DeclaredConstants>(constants),
    };

    /// <summary>Returns a codec.</summary>
    /// <param name="name">The name of its generic type.</param>
    /// <param name="constants">What specialises it.</param>
    public static Codec Make(string name, DeclaredConstants constants) => All[name](constants);
}
