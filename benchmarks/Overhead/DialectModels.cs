namespace RouterGen.Benchmarks.Overhead;

/// <summary>Two deployments in each wire format, so that each call selects, and both send the same bytes.</summary>
[Provider("chat", Dialect.OpenAIChat, Endpoint = "https://chat.example", ApiKeyEnv = "CHAT_KEY")]
[ModelGroup("chat")]
[Deployment("chat/m", Name = "east", EndpointEnv = "EAST", InputPrice = 1, OutputPrice = 5)]
[Deployment("chat/m", Name = "west", EndpointEnv = "WEST", InputPrice = 1, OutputPrice = 5)]
public sealed partial class DialectModels;

[Provider("responses", Dialect.OpenAIResponses, Endpoint = "https://responses.example", ApiKeyEnv = "RESPONSES_KEY")]
[ModelGroup("responses")]
[Deployment("responses/m", Name = "east", EndpointEnv = "EAST", InputPrice = 1, OutputPrice = 5)]
[Deployment("responses/m", Name = "west", EndpointEnv = "WEST", InputPrice = 1, OutputPrice = 5)]
public sealed partial class DialectModels;

[Provider("messages", Dialect.AnthropicMessages, Endpoint = "https://messages.example", ApiKeyEnv = "MESSAGES_KEY")]
[ModelGroup("messages")]
[Deployment("messages/m", Name = "east", EndpointEnv = "EAST", InputPrice = 1, OutputPrice = 5)]
[Deployment("messages/m", Name = "west", EndpointEnv = "WEST", InputPrice = 1, OutputPrice = 5)]
public sealed partial class DialectModels;

[Provider("gemini", Dialect.Gemini, Endpoint = "https://gemini.example", ApiKeyEnv = "GEMINI_KEY")]
[ModelGroup("gemini")]
[Deployment("gemini/m", Name = "east", EndpointEnv = "EAST", InputPrice = 1, OutputPrice = 5)]
[Deployment("gemini/m", Name = "west", EndpointEnv = "WEST", InputPrice = 1, OutputPrice = 5)]
public sealed partial class DialectModels;

[Provider("converse", Dialect.BedrockConverse, Endpoint = "https://converse.example", ApiKeyEnv = "CONVERSE_KEY")]
[ModelGroup("converse")]
[Deployment("converse/m", Name = "east", EndpointEnv = "EAST", InputPrice = 1, OutputPrice = 5)]
[Deployment("converse/m", Name = "west", EndpointEnv = "WEST", InputPrice = 1, OutputPrice = 5)]
public sealed partial class DialectModels;

[Provider("cohere", Dialect.CohereChat, Endpoint = "https://cohere.example", ApiKeyEnv = "COHERE_KEY")]
[ModelGroup("cohere")]
[Deployment("cohere/m", Name = "east", EndpointEnv = "EAST", InputPrice = 1, OutputPrice = 5)]
[Deployment("cohere/m", Name = "west", EndpointEnv = "WEST", InputPrice = 1, OutputPrice = 5)]
public sealed partial class DialectModels;

[Provider("ollama", Dialect.OllamaChat, Endpoint = "https://ollama.example", ApiKeyEnv = "OLLAMA_KEY")]
[ModelGroup("ollama")]
[Deployment("ollama/m", Name = "east", EndpointEnv = "EAST", InputPrice = 1, OutputPrice = 5)]
[Deployment("ollama/m", Name = "west", EndpointEnv = "WEST", InputPrice = 1, OutputPrice = 5)]
public sealed partial class DialectModels;
