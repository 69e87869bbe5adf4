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

    /// <summary>Cohere's Chat, version 2: <c>POST {endpoint}/chat</c>.</summary>
    CohereChat = 6,

    /// <summary>Ollama's own chat: <c>POST {endpoint}/api/chat</c>.</summary>
    OllamaChat = 7,
}
