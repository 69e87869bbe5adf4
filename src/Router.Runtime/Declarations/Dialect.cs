// The generator, which cannot refer to this library, compiles this file too.
#if ROUTERGEN_DECLARATIONS
namespace RouterGen.Declarations.Model;
#else
namespace RouterGen;
#endif

/// <summary>A wire format that providers speak.</summary>
public enum Dialect
{
    /// <summary>OpenAI's Chat Completions: <c>POST {endpoint}/chat/completions</c>. Most other providers and local servers speak it too.</summary>
    OpenAIChat = 1,

    /// <summary>Anthropic's Messages: <c>POST {endpoint}/v1/messages</c>.</summary>
    AnthropicMessages = 2,

    /// <summary>OpenAI's Responses: <c>POST {endpoint}/responses</c>. By default without a conversation at the provider.</summary>
    OpenAIResponses = 3,

    /// <summary>Google's Gemini: <c>POST {endpoint}/models/{model}:generateContent</c>.</summary>
    Gemini = 4,

    /// <summary>Amazon Bedrock's Converse: <c>POST {endpoint}/model/{model}/converse</c>, and <c>/converse-stream</c> for streams.</summary>
    BedrockConverse = 5,

    /// <summary>Cohere's Chat, version 2: <c>POST {endpoint}/chat</c>.</summary>
    CohereChat = 6,

    /// <summary>Ollama's own chat: <c>POST {endpoint}/api/chat</c>.</summary>
    OllamaChat = 7,
}
