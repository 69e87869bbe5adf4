using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Microsoft.Extensions.AI;
using OllamaSharp;
using OpenAI;

namespace RouterGen.Sdks.Tests;

/// <summary>Groups whose deployments are asked through SDKs, and one that the router asks itself.</summary>
[ModelGroup("by-openai"), Deployment("openai/gpt-6-luna", Client = typeof(OpenAISdk), Group = "by-openai")]
[ModelGroup("by-anthropic"), Deployment("anthropic/claude-haiku-5-5", Client = typeof(AnthropicSdk), Group = "by-anthropic")]
[ModelGroup("by-ollama"), Deployment("local/tiny", Client = typeof(OllamaSdk), Group = "by-ollama")]
[ModelGroup("mixed"), Deployment("openai/gpt-6-luna", Client = typeof(OpenAISdk), Group = "mixed"), Deployment("anthropic/claude-haiku-5-5", Group = "mixed", Order = 1)]
internal sealed partial class Fleet
{
    /// <summary>Gets or sets where the providers are: a factory has no more than a constructor without parameters.</summary>
    public static Uri Root { get; set; } = new("http://127.0.0.1:1/");

    /// <summary>Gets or sets where Ollama is.</summary>
    public static Uri OllamaRoot { get; set; } = new("http://127.0.0.1:1/");

    private sealed class OpenAISdk : IChatClientFactory
    {
        public IChatClient Create(ChatClientContext context)
        {
            var options = new OpenAIClientOptions { Endpoint = new Uri(Root, "openai/v1"), RetryPolicy = new ClientRetryPolicy(maxRetries: 0) };
            return new OpenAIClient(new ApiKeyCredential(context.ApiKey!), options).GetChatClient(context.Model).AsIChatClient();
        }
    }

    private sealed class AnthropicSdk : IChatClientFactory
    {
        public IChatClient Create(ChatClientContext context) =>
            new AnthropicClient { ApiKey = context.ApiKey, BaseUrl = new Uri(Root, "anthropic").ToString(), MaxRetries = 0 }.AsIChatClient(context.Model, 1024);
    }

    private sealed class OllamaSdk : IChatClientFactory
    {
        public IChatClient Create(ChatClientContext context) => new OllamaApiClient(OllamaRoot, context.Model);
    }
}
